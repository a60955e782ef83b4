import { CONNECTION_HEADERS, encode, FIELD_NAME, headerText, refuseDots, texts } from "../http-values";
import { isObject } from "../json";
import { type HttpCall, type HttpTool, type JsonSchema, TargetDocumentError, type ToolArguments } from "../target-kind";
import { type Body, readBody } from "./body";
import { PATH_PARAMETER, pathParameters } from "./path-parameters";
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

/** @throws TargetDocumentError */
export function readOperation({ method, path, place, item, operation, server, references }: OperationPlace): HttpTool {
  const { operationId: name, description, summary } = operation;
  if (typeof name !== "string" || name === "") {
    throw new TargetDocumentError(
      `The OpenAPI specification must include operationId fields for all operations: ${place} has none.`,
    );
  }
  const parameters = readParameters(item, operation, place, references);
  refuseUndeclared(path, parameters, place);
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
  const parameters = given
    .map((each) => references.follow(each, place))
    .filter((each) => !isOfTheRequest(each))
    .map((each) => readParameter(each, place, references));
  return [...new Map(parameters.map((each) => [`${each.in} ${each.name}`, each])).values()];
}

/** Headers that OpenAPI says in other ways (3.1, "Parameter Object"), and those that nobody else sets. */
const HEADERS_OF_REQUESTS = ["accept", "content-type", "authorization", ...CONNECTION_HEADERS];

function isOfTheRequest({ in: where, name }: JsonSchema): boolean {
  return where === "header" && typeof name === "string" && HEADERS_OF_REQUESTS.includes(name.toLowerCase());
}

function refuseUndeclared(path: string, parameters: readonly Parameter[], place: string): void {
  for (const name of pathParameters(path)) {
    if (parameters.some((each) => each.in === "path" && each.name === name)) continue;
    throw new TargetDocumentError(`${place}: the path parameter ${JSON.stringify(name)} is not declared.`);
  }
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
  if (where === "header" && !FIELD_NAME.test(name)) {
    throw new TargetDocumentError(`${what} is in the header, and no header can be called so.`);
  }
  const schema = references.schema(parameter["schema"], what);
  const isList = isOfType(schema, "array");
  const isPlain = !isOfType(schema, "object") && !(isList && where !== "query") && !holdsLists(schema);
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
  return isObject(items) && (isOfType(items, "array") || isOfType(items, "object"));
}

/** Whether a value may be of a type: 3.1 has lists of them, and an object may be one by its properties alone. */
function isOfType({ type, properties }: JsonSchema, wanted: "array" | "object"): boolean {
  if (type === undefined) return wanted === "object" && properties !== undefined;
  return Array.isArray(type) ? type.includes(wanted) : type === wanted;
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
    ...(body?.others !== undefined && { additionalProperties: body.others }),
  };
}

function request(
  template: string,
  method: string,
  parameters: readonly Parameter[],
  body: Body | undefined,
  toolArguments: ToolArguments,
): HttpCall {
  const valueOf = (name: string) => (Object.hasOwn(toolArguments, name) ? toolArguments[name] : undefined);
  const given = parameters.flatMap(({ name, in: where }) => {
    const value = valueOf(name);
    // A parameter has no way to say null.
    return value === undefined || value === null ? [] : [{ name, where, value }];
  });
  const inPath = new Map(
    given.filter(({ where }) => where === "path").map(({ name, value }) => [name, texts(value).join(",")]),
  );
  const path = template.replace(PATH_PARAMETER, (_, name: string) => {
    const value = inPath.get(name) ?? "";
    if (value === "") throw new TargetDocumentError(`The path parameter ${name} has no value.`);
    return encode(value);
  });
  refuseDots(path);
  const query = given
    .filter(({ where }) => where === "query")
    .flatMap(({ name, value }) => texts(value).map((text) => `${encode(name)}=${encode(text)}`));
  const headers = given
    .filter(({ where }) => where === "header")
    .map(({ name, value }): [string, string] => [name.toLowerCase(), headerText(texts(value).join(","))]);
  const isParameter = (name: string) => parameters.some((each) => each.name === name);
  const sent = body?.write(
    Object.entries(toolArguments).filter(([name]) => !isParameter(name)),
    valueOf,
  );
  return {
    method,
    url: query.length > 0 ? `${path}${path.includes("?") ? "&" : "?"}${query.join("&")}` : path,
    headers: { accept: "application/json", ...Object.fromEntries(headers), ...(sent && { "content-type": sent.type }) },
    ...(sent && { body: sent.text }),
  };
}
