import { isObject, parseJson } from "./json";
import type { JsonSchema } from "./target-kind";

export interface RestApiMethod {
  readonly path: string;
  readonly httpMethod: string;
  readonly authorizationType: string;
  /** Of one that is a function or a user pool. */
  readonly authorizerId?: string | undefined;
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  /** Whether they are required, by names such as `method.request.path.petId`. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Names of models, by media type. */
  readonly requestModels: Readonly<Record<string, string>>;
}

/** Who lets callers in whom neither IAM nor a key does. */
export interface RestApiAuthorizer {
  readonly name: string;
  /** `TOKEN`, `REQUEST` or `COGNITO_USER_POOLS`. */
  readonly type: string;
  /** What a caller has to show, such as `method.request.header.Authorization`. */
  readonly identitySource?: string | undefined;
}

type Authorizers = Readonly<Record<string, RestApiAuthorizer>>;

/** The schemes that an export names: API Gateway developer guide, "api-gateway-export-api". */
const SECURITY_SCHEMES = {
  api_key: { type: "apiKey", name: "x-api-key", in: "header" },
  sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
};

const PLACES: Readonly<Record<string, string>> = { path: "path", querystring: "query", header: "header" };

/**
 * An API of resources and methods as OpenAPI.
 *
 * @param models JSON Schema, by their names
 * @param authorizers by their ids
 */
export function exportedApi(
  title: string,
  methods: readonly RestApiMethod[],
  models: Readonly<Record<string, string>>,
  authorizers: Authorizers = {},
): JsonSchema {
  const items: Record<string, Record<string, unknown>> = {};
  for (const method of methods.filter(({ httpMethod }) => httpMethod !== "ANY")) {
    (items[method.path] ??= {})[method.httpMethod.toLowerCase()] = exportedMethod(method, authorizers);
  }
  const schemas = Object.fromEntries(Object.entries(models).map(([name, schema]) => [name, modelSchema(schema)]));
  return {
    openapi: "3.0.1",
    info: { title, version: "1.0" },
    paths: items,
    components: { schemas, securitySchemes: { ...SECURITY_SCHEMES, ...schemesOf(authorizers) } },
  };
}

function schemesOf(authorizers: Authorizers): JsonSchema {
  return Object.fromEntries(
    Object.values(authorizers).map(({ name, type, identitySource = "" }) => {
      const header = /^method\.request\.header\.([^,\s]+)/.exec(identitySource)?.[1];
      const authType = type === "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
      const scheme = { type: "apiKey", name: header ?? "Unused", in: "header" };
      return [name, { ...scheme, "x-amazon-apigateway-authtype": authType }];
    }),
  );
}

function exportedMethod(method: RestApiMethod, authorizers: Authorizers): JsonSchema {
  const { operationName, authorizationType, apiKeyRequired } = method;
  const parameters = parametersOf(method.requestParameters);
  const content = Object.entries(method.requestModels).map(([type, model]) => [
    type,
    { schema: { $ref: `#/components/schemas/${model}` } },
  ]);
  const authorizer = authorizers[method.authorizerId ?? ""];
  const security = {
    ...(apiKeyRequired && { api_key: [] }),
    ...(authorizationType === "AWS_IAM" && { sigv4: [] }),
    ...(authorizer && { [authorizer.name]: [] }),
  };
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    ...(parameters.length > 0 && { parameters }),
    ...(content.length > 0 && { requestBody: { content: Object.fromEntries(content) as object, required: true } }),
    ...(Object.keys(security).length > 0 && { security: [security] }),
  };
}

function parametersOf(requestParameters: RestApiMethod["requestParameters"]): object[] {
  return Object.entries(requestParameters).map(([key, isRequired]) => {
    const [, , place = "", ...name] = key.split(".");
    const required = place === "path" || isRequired;
    return { name: name.join("."), in: PLACES[place], required, schema: { type: "string" } };
  });
}

/** Models are written in draft 4 of JSON Schema, of which OpenAPI takes no `$schema`. */
function modelSchema(text: string): JsonSchema {
  const schema = parseJson(text);
  return isObject(schema) ? Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$schema")) : {};
}
