// targets/open-api/: the operations of an OpenAPI document as tools, as AgentCore Gateway makes them.
import { createRequire } from "node:module";
import { isObject, parseJson } from "../json";
import { type HttpTool, type JsonSchema, TargetDocumentError } from "../target-kind";
import { readOperation } from "./operation";
import { References } from "./references";

/** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-schema-openapi.html "HTTP Methods" */
const METHODS = ["get", "post", "put", "delete", "patch", "head", "options"];

export interface OpenApi {
  /** The URL of the first server. */
  readonly endpoint: string;
  readonly tools: readonly HttpTool[];
}

/** @throws TargetDocumentError for what AWS does not take, and what is not imitated */
export function readOpenApi(payload: string): OpenApi {
  return openApiOf(parseOpenApi(payload));
}

/** @throws TargetDocumentError */
export function openApiOf(document: JsonSchema): OpenApi {
  const { openapi, paths } = document;
  if (typeof openapi !== "string" || !/^3\.[01](\.|$)/.test(openapi)) {
    const given = openapi ?? document["swagger"];
    const found = given === undefined ? "names none" : `is of version ${JSON.stringify(given)}`;
    throw new TargetDocumentError(`OpenAPI versions 3.0 and 3.1 are supported, and the schema ${found}.`);
  }
  if (!isObject(paths)) throw new TargetDocumentError("The OpenAPI schema has no paths.");
  const endpoint = serverUrl(document, "The OpenAPI schema");
  const references = new References(document);
  // What does not begin with a slash is an extension: OpenAPI 3.1, Paths Object.
  const own = Object.entries(paths).filter(([path]) => path.startsWith("/"));
  const tools = own.flatMap(([path, item]) => readPath(path, item, references, endpoint));
  refuseTwins(tools);
  return { endpoint, tools };
}

function readPath(path: string, given: unknown, references: References, endpoint: string): HttpTool[] {
  const item = references.follow(given, path);
  return METHODS.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) return [];
    const place = `${method.toUpperCase()} ${path}`;
    const own = references.follow(operation, place);
    const base = own["servers"] === undefined && item["servers"] === undefined;
    const server = base ? endpoint : serverUrl(own["servers"] === undefined ? item : own, place);
    return [readOperation({ method, path, place, item, operation: own, server, references })];
  });
}

/** Each variable with its default. */
function serverUrl({ servers }: JsonSchema, place: string): string {
  const [server] = Array.isArray(servers) ? (servers as unknown[]) : [];
  const { url, variables } = isObject(server) ? server : {};
  const text =
    typeof url === "string" ? url.replace(/\{([^}]*)\}/g, (_, name: string) => defaultOf(variables, name)) : "";
  // Paths are appended to it.
  const isWhole = !/[?#]/.test(text);
  if (isWhole && URL.canParse(text) && new URL(text).protocol === "https:") return text.replace(/\/+$/, "");
  throw new TargetDocumentError(
    `The server attribute needs to have a valid URL of the actual endpoint: ${place} has ${JSON.stringify(url) ?? "none"}, and https:// is what a gateway calls.`,
  );
}

function defaultOf(variables: unknown, name: string): string {
  const variable = isObject(variables) ? variables[name] : undefined;
  const value = isObject(variable) ? variable["default"] : undefined;
  if (typeof value === "string") return value;
  throw new TargetDocumentError(`The server variable ${name} has no default.`);
}

function refuseTwins(tools: readonly HttpTool[]): void {
  const names = new Set<string>();
  for (const { name } of tools) {
    if (names.has(name)) throw new TargetDocumentError(`The operationId ${name} stands twice.`);
    names.add(name);
  }
}

/** @throws TargetDocumentError */
export function parseOpenApi(payload: string): JsonSchema {
  const document = parseJson(payload) ?? parseYaml(payload);
  if (isObject(document)) return document;
  throw new TargetDocumentError("The payload is no OpenAPI schema in JSON or YAML.");
}

/** Loaded where it is needed: most programs that read Terraform see no YAML. */
function parseYaml(text: string): unknown {
  const { parseDocument } = createRequire(__filename)("yaml") as typeof import("yaml");
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch {
    // Aliases that multiply.
    return undefined;
  }
}
