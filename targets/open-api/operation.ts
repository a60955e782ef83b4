import { encode, headerText, refuseDots, texts } from "../http-values";
import { isObject } from "../json";
import { type HttpCall, type HttpTool, type JsonSchema, TargetDocumentError } from "../target-kind";
import { type Body, readBody } from "./body";
import type { References } from "./references";

export interface OperationPlace {
  readonly method: string;
  readonly path: string;
  /** For people: `GET /pets/{petId}`. */
  readonly place: string;
  /** Of the path. */
  readonly item: JsonSchema;
  readonly operation: JsonSchema;
  /** Without a slash at its end. */
  readonly server: string;
  readonly references: References;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

type Arguments = Readonly<Record<string, unknown>>;

/** @throws TargetDocumentError */
export function readOperation({ method, path, place, item, operation, server, references }: OperationPlace): HttpTool {
  const { operationId: name, description, summary } = operation;
  if (typeof name !== "string" || name === "") {
    throw new TargetDocumentError(
      `The OpenAPI specification must include operationId fields for all operations: ${place} has none.`,
    );
  }
  const parameters = readParameters(item, operation, place, references);
  const body = readBody(operation["requestBody"], place, references);
  const text = [description, summary].find((each) => typeof each === "string" && each !== "") as string | undefined;
  return {
    name,
    ...(text !== undefined && { description: text }),
    inputSchema: inputSchema(parameters, body),
    request: (toolArguments) => request(`${server}${path}`, method.toUpperCase(), parameters, body, toolArguments),
  };
}

/** Those of the operation come before those of its path. */
function readParameters(item: JsonSchema, operation: JsonSchema, place: string, references: References): Parameter[] {
  const given = [item["parameters"], operation["parameters"]].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const parameters = given.map((each) => readParameter(references.follow(each, place), place, references));
  return [...new Map(parameters.map((each) => [`${each.in} ${each.name}`, each])).values()];
}

/** How values stand where no style is given: OpenAPI 3.1, Parameter Object. */
const STYLES = { path: "simple", query: "form", header: "simple" } as const;

function readParameter(parameter: JsonSchema, place: string, references: References): Parameter {
  const { name, in: where, style, explode, content, required, description } = parameter;
  const what = `${place}: the parameter ${JSON.stringify(name)}`;
  if (typeof name !== "string") throw new TargetDocumentError(`${place}: a parameter has no name.`);
  if (where === "cookie") {
    throw new TargetDocumentError(`${what} is a cookie, and cookie parameters are not supported.`);
  }
  if (where !== "path" && where !== "query" && where !== "header") {
    throw new TargetDocumentError(`${what} is in ${JSON.stringify(where)}, and not in path, query or header.`);
  }
  const schema = references.schema(parameter["schema"], what);
  const isList = schema["type"] === "array";
  const isPlain = schema["type"] !== "object" && !(isList && where !== "query") && !holdsLists(schema);
  const isUsual = style === undefined || style === STYLES[where];
  if (!isPlain || !isUsual || content !== undefined || (isList && explode === false)) {
    throw new TargetDocumentError(
      `${what} needs a serializer, and parameter serializers for path, query and header parameters are not supported.`,
    );
  }
  const told = typeof description === "string" && schema["description"] === undefined;
  return {
    name,
    in: where,
    required: where === "path" || required === true,
    schema: told ? { ...schema, description } : schema,
  };
}

function holdsLists({ items }: JsonSchema): boolean {
  return isObject(items) && (items["type"] === "array" || items["type"] === "object");
}

/** All of them by their names, wherever the request has them. */
function inputSchema(parameters: readonly Parameter[], body: Body | undefined): JsonSchema {
  const required = [...parameters.flatMap((each) => (each.required ? [each.name] : [])), ...(body?.required ?? [])];
  return {
    type: "object",
    properties: {
      ...body?.properties,
      ...Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    },
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function request(
  template: string,
  method: string,
  parameters: readonly Parameter[],
  body: Body | undefined,
  toolArguments: Arguments,
): HttpCall {
  const valueOf = (name: string) => (Object.hasOwn(toolArguments, name) ? toolArguments[name] : undefined);
  const given = parameters.flatMap(({ name, in: where }) => {
    const value = valueOf(name);
    return value === undefined ? [] : [{ name, where, value }];
  });
  const inPath = new Map(
    given.filter(({ where }) => where === "path").map(({ name, value }) => [name, texts(value).join(",")]),
  );
  const path = template.replace(/\{([^}]*)\}/g, (whole, name: string) => {
    const value = inPath.get(name);
    return value === undefined ? whole : encode(value);
  });
  refuseDots(path);
  const query = given
    .filter(({ where }) => where === "query")
    .flatMap(({ name, value }) => texts(value).map((text) => `${encode(name)}=${encode(text)}`));
  const headers = given
    .filter(({ where }) => where === "header")
    .map(({ name, value }): [string, string] => [name.toLowerCase(), headerText(texts(value).join(","))]);
  const sent = body?.write(valueOf);
  return {
    method,
    url: query.length > 0 ? `${path}?${query.join("&")}` : path,
    headers: { accept: "application/json", ...Object.fromEntries(headers), ...(sent && { "content-type": sent.type }) },
    ...(sent && { body: sent.text }),
  };
}
