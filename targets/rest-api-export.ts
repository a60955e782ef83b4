import { isObject, parseJson } from "./json";
import type { JsonSchema } from "./target-kind";

export interface RestApiMethod {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  /** Whether they are required, by names such as `method.request.path.petId`. */
  readonly requestParameters: Readonly<Record<string, string>>;
  /** Names of models, by media type. */
  readonly requestModels: Readonly<Record<string, string>>;
}

interface RestApi {
  readonly declaration: { readonly name: string };
  /** By the ids of their resources. */
  readonly paths: ReadonlyMap<string, string>;
  readonly methods: readonly RestApiMethod[];
  /** JSON Schema, by the names of models. */
  readonly models: ReadonlyMap<string, string>;
}

/** The schemes that an export names: API Gateway developer guide, "api-gateway-export-api". */
const SECURITY_SCHEMES = {
  api_key: { type: "apiKey", name: "x-api-key", in: "header" },
  sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
};

const PLACES: Readonly<Record<string, string>> = { path: "path", querystring: "query", header: "header" };

/** An API of resources and methods as OpenAPI. */
export function exportedApi({ declaration, paths, methods, models }: RestApi): JsonSchema {
  const items: Record<string, Record<string, unknown>> = {};
  for (const method of methods.filter(({ httpMethod }) => httpMethod !== "ANY")) {
    const path = paths.get(method.resourceId) ?? "/";
    (items[path] ??= {})[method.httpMethod.toLowerCase()] = exportedMethod(path, method);
  }
  const schemas = Object.fromEntries([...models].map(([name, schema]) => [name, modelSchema(schema)]));
  return {
    openapi: "3.0.1",
    info: { title: declaration.name, version: "1.0" },
    paths: items,
    components: { schemas, securitySchemes: SECURITY_SCHEMES },
  };
}

function exportedMethod(path: string, method: RestApiMethod): JsonSchema {
  const { operationName, authorization, apiKeyRequired } = method;
  const parameters = parametersOf(path, method.requestParameters);
  const content = Object.entries(method.requestModels).map(([type, model]) => [
    type,
    { schema: { $ref: `#/components/schemas/${model}` } },
  ]);
  const security = { ...(apiKeyRequired && { api_key: [] }), ...(authorization === "AWS_IAM" && { sigv4: [] }) };
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    ...(parameters.length > 0 && { parameters }),
    ...(content.length > 0 && { requestBody: { content: Object.fromEntries(content) as object, required: true } }),
    ...(Object.keys(security).length > 0 && { security: [security] }),
  };
}

/** Those that the method names, and those that stand in the path. */
function parametersOf(path: string, requestParameters: Readonly<Record<string, string>>): object[] {
  const named = Object.entries(requestParameters).map(([key, required]) => {
    const [, , place = "", ...name] = key.split(".");
    return { name: name.join("."), in: PLACES[place], required: place === "path" || required === "true" };
  });
  const inPath = Array.from(path.matchAll(/\{([^}+]+)\}/g), ([, name]) => ({ name, in: "path", required: true }));
  const others = inPath.filter(({ name }) => !named.some((each) => each.in === "path" && each.name === name));
  return [...named, ...others].map((parameter) => ({ ...parameter, schema: { type: "string" } }));
}

/** Models are written in draft 4 of JSON Schema, of which OpenAPI takes no `$schema`. */
function modelSchema(text: string): JsonSchema {
  const schema = parseJson(text);
  return isObject(schema) ? Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$schema")) : {};
}
