import { INVOKE_API } from "../aws/agentcore/actions";
import { REST_API_METHODS } from "../aws/agentcore/values";
import { type ApiGatewaySettings, readApiGateway, type ToolFilter, type ToolOverride } from "./api-gateway-settings";
import { isObject } from "./json";
import { openApiOf } from "./open-api/document";
import { pathParameters } from "./open-api/path-parameters";
import { type HttpTool, type JsonSchema, targetKind, TargetDocumentError } from "./target-kind";

interface Operation {
  /** With the names of parameters in braces. */
  readonly path: string;
  /** In capitals. */
  readonly method: string;
  readonly operation: JsonSchema;
}

interface SelectedOperation extends Operation {
  /** Whether callers need IAM's permission. */
  readonly isSigned: boolean;
  readonly wantsKey: boolean;
  readonly identityHeader: string | undefined;
}

/** A stage of a REST API in API Gateway: developer guide, "gateway-target-api-gateway". */
export const apiGateway = targetKind<ApiGatewaySettings>({
  block: "api_gateway",
  members({ structure, text, oneOf, list, optional }) {
    const method = oneOf(REST_API_METHODS);
    const override = { path: text(Infinity), method, name: text(Infinity), description: optional(text(Infinity)) };
    return structure({
      restApiId: text(Infinity),
      stage: text(Infinity),
      apiGatewayToolConfiguration: structure({
        toolFilters: list(structure({ filterPath: text(Infinity), methods: list(method) })),
        toolOverrides: optional(list(structure(override))),
      }),
    });
  },
  read: readApiGateway,
  source: (block) => ({ apiGateway: readApiGateway(block) }),
  backend({ restApiId, stage, apiGatewayToolConfiguration: configuration }, documents) {
    const document = documents.apiExport(restApiId, stage);
    const operations = selectedOperations(document, configuration);
    const selected = new Map(operations.map((each) => [nameOf(each), each]));
    const permission: HttpTool["permission"] = ({ method, url }) => ({
      action: INVOKE_API,
      resource: `${restApiId}/${stage}/${method}${new URL(url).pathname.slice(stage.length + 1)}`,
    });
    const { endpoint, tools } = openApiOf({ ...document, paths: pathsOf(document, operations) });
    return {
      speaks: "HTTP",
      endpoint,
      signingName: "execute-api",
      tools: tools.map((tool): HttpTool => {
        const { isSigned = false, wantsKey = false, identityHeader } = selected.get(tool.name) ?? {};
        const admission = { apiId: restApiId, stage, wantsKey, identityHeader };
        return { ...tool, admission, ...(isSigned && { permission }) };
      }),
    };
  },
});

/**
 * The operations of an API that are tools of a target.
 *
 * @throws TargetDocumentError for a filter or an override that is for no operation
 */
export function selectedOperations(
  document: JsonSchema,
  { toolFilters, toolOverrides = [] }: ApiGatewaySettings["apiGatewayToolConfiguration"],
): readonly SelectedOperation[] {
  const all = operationsOf(document).filter((each) => isSupported(document, each));
  for (const { filterPath, methods } of toolFilters) {
    if (!all.some((each) => matches({ filterPath, methods }, each))) {
      throw new TargetDocumentError(
        `The tool filter ${methods.join(", ")} ${filterPath} matches no operation of the API that targets support.`,
      );
    }
  }
  const operations = all.filter((each) => toolFilters.some((filter) => matches(filter, each)));
  const isFor = (override: ToolOverride) => (each: Operation) =>
    each.path === override.path && each.method === override.method;
  const idle = toolOverrides.find((override) => !operations.some(isFor(override)));
  if (idle) {
    throw new TargetDocumentError(
      `The tool override ${idle.method} ${idle.path} is for no operation that a filter selects.`,
    );
  }
  return operations.map((each) => {
    const override = toolOverrides.find((override) => isFor(override)(each));
    return {
      ...overridden(each, override),
      isSigned: isSigned(document, each),
      wantsKey: document["x-amazon-apigateway-api-key-source"] !== "AUTHORIZER" && wantsKey(document, each),
      identityHeader: identityHeader(document, each),
    };
  });
}

function overridden(operation: Operation, override: ToolOverride | undefined): Operation {
  if (!override) return operation;
  const { name, description } = override;
  const changes = { operationId: name, ...(description !== undefined && { description }) };
  return { ...operation, operation: { ...operation.operation, ...changes } };
}

/** `/pets/*` is for what is below `/pets`, not for `/pets`. */
function matches({ filterPath, methods }: ToolFilter, { path, method }: Operation): boolean {
  const prefix = filterPath.endsWith("/*") ? filterPath.slice(0, -1) : undefined;
  const isOnPath = prefix === undefined ? path === filterPath : path.startsWith(prefix) && path !== prefix;
  return isOnPath && methods.includes(method);
}

function operationsOf({ paths }: JsonSchema): Operation[] {
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, item]) =>
    REST_API_METHODS.flatMap((method) => {
      const operation = isObject(item) ? item[method.toLowerCase()] : undefined;
      return isObject(operation) ? [{ path, method, operation }] : [];
    }),
  );
}

/** The operations as paths of OpenAPI, each with the parameters that its path has for all, declared or not: a guess. */
function pathsOf({ paths }: JsonSchema, operations: readonly Operation[]): JsonSchema {
  const selection = new Map<string, JsonSchema>();
  for (const { path, method, operation } of operations) {
    const item = isObject(paths) ? paths[path] : undefined;
    const { parameters } = isObject(item) ? item : {};
    const declared: readonly unknown[] = Array.isArray(parameters) ? parameters : [];
    const selected = selection.get(path) ?? { parameters: [...inPath(path), ...declared] };
    selection.set(path, { ...selected, [method.toLowerCase()]: operation });
  }
  return Object.fromEntries(selection);
}

function inPath(path: string): object[] {
  return pathParameters(path).map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
}

/** No proxy resources, and no methods that want a signature and a key of API Gateway's at once. */
function isSupported(document: JsonSchema, operation: Operation): boolean {
  const isProxy = /\{[^}]*\+\}/.test(operation.path);
  return !isProxy && !(wantsKey(document, operation) && isSigned(document, operation));
}

function wantsKey(document: JsonSchema, operation: Operation): boolean {
  return schemesOf(document, operation).some(
    ({ name, in: place }) => place === "header" && String(name).toLowerCase() === "x-api-key",
  );
}

/** Where an authorizer looks first for who calls; `Unused` is the name of one that looks elsewhere. */
function identityHeader(document: JsonSchema, operation: Operation): string | undefined {
  const scheme = schemesOf(document, operation).find((each) => {
    const type = each["x-amazon-apigateway-authtype"];
    return typeof type === "string" && type !== "awsSigv4" && each["in"] === "header" && each["name"] !== "Unused";
  });
  return scheme && String(scheme["name"]);
}

function isSigned(document: JsonSchema, { operation, ...rest }: Operation): boolean {
  const auth = operation["x-amazon-apigateway-auth"];
  const isNamed = isObject(auth) && String(auth["type"]).toUpperCase() === "AWS_IAM";
  const schemes = schemesOf(document, { operation, ...rest });
  return isNamed || schemes.some((scheme) => scheme["x-amazon-apigateway-authtype"] === "awsSigv4");
}

function schemesOf({ components, security }: JsonSchema, { operation }: Operation): readonly JsonSchema[] {
  const schemes = isObject(components) ? components["securitySchemes"] : undefined;
  const demands = operation["security"] ?? security;
  const names = (Array.isArray(demands) ? (demands as unknown[]) : []).flatMap((demand) =>
    isObject(demand) ? Object.keys(demand) : [],
  );
  return names.map((name) => (isObject(schemes) ? schemes[name] : undefined)).filter(isObject);
}

function nameOf({ operation }: Operation): unknown {
  return operation["operationId"];
}
