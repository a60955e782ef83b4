import {
  exportedApi,
  type Instance,
  type Inventory,
  isObject,
  type JsonSchema,
  parseOpenApi,
  type RestApiMethod,
  selectedOperations,
  type Target,
  TargetDocumentError,
  type Text,
  Unknown,
} from "../../topology";
import { shown, sole } from "../evidence/certainty";
import { type ApiOperation, OPEN_WORD, sampleText } from "./needed-resources";

/** What an API Gateway target has of an API that the configuration makes. */
interface StageTools {
  readonly restApi: Instance;
  /** Tools whose callers need IAM's permission. */
  readonly signed: readonly ApiOperation[];
  /** Why the target has no tools. */
  readonly fault?: string;
}

/** @returns undefined for other targets, and where the source does not show enough of the API */
export function stageTools(target: Target, inventory: Inventory): StageTools | undefined {
  const restApi = sole(target.restApi);
  const { apiGateway: settings } = target;
  if (!restApi || typeof settings?.stage !== "string") return undefined;
  const stages = partsOf(restApi, "aws_api_gateway_stage", inventory);
  const names = stages.map(({ arguments: block }) => block.text("stage_name"));
  const stage = stages[names.indexOf(settings.stage)];
  if (!stage) {
    const others = names.filter((name) => typeof name === "string");
    if (others.length === 0 || others.length < names.length) return undefined;
    return {
      restApi,
      signed: [],
      fault: `${restApi.address} has no stage ${settings.stage}, but ${others.join(", ")}.`,
    };
  }
  const document = exportOf(restApi, inventory);
  const configuration = knownTools(settings.apiGatewayToolConfiguration);
  if (!document || !configuration) return undefined;
  try {
    const operations = selectedOperations(document, configuration);
    const signed = operations.filter(({ isSigned }) => isSigned).map((each) => ({ ...each, restApi, stage }));
    const unnamed = operations.find(({ operation }) => typeof operation["operationId"] !== "string");
    const fault =
      unnamed && `The operation ${unnamed.method} ${unnamed.path} has no name, and no tool override has one.`;
    return { restApi, signed, ...(fault !== undefined && { fault }) };
  } catch (error) {
    if (!(error instanceof TargetDocumentError)) throw error;
    return { restApi, signed: [], fault: error.message };
  }
}

type Selection = Parameters<typeof selectedOperations>[1];
type ShownSelection = NonNullable<Target["apiGateway"]>["apiGatewayToolConfiguration"];

/** @returns undefined where something of it is known only at apply */
function knownTools({ toolFilters, toolOverrides = [] }: ShownSelection): Selection | undefined {
  const filters = toolFilters.map(({ filterPath, methods }) => ({
    filterPath,
    methods: methods instanceof Unknown ? [methods] : shown(methods),
  }));
  const texts = [
    ...filters.flatMap(({ filterPath, methods }) => [filterPath, ...methods]),
    ...toolOverrides.flatMap(({ path, method, name }) => [path, method, name]),
  ];
  const isKnown = texts.every((text) => typeof text === "string");
  return isKnown ? ({ toolFilters: filters, toolOverrides } as Selection) : undefined;
}

/** The OpenAPI of an API that is shown as a whole. */
function exportOf(restApi: Instance, inventory: Inventory): JsonSchema | undefined {
  const body = restApi.arguments.text("body");
  if (body === undefined) return exportOfMethods(restApi, inventory);
  try {
    const document = parseOpenApi(sampleText(body));
    // A path that is known only at apply may be any.
    return Object.keys(isObject(document["paths"]) ? document["paths"] : {}).some((path) => path.includes(OPEN_WORD))
      ? undefined
      : document;
  } catch (error) {
    if (error instanceof TargetDocumentError) return undefined;
    throw error;
  }
}

function exportOfMethods(restApi: Instance, inventory: Inventory): JsonSchema | undefined {
  const methods = partsOf(restApi, "aws_api_gateway_method", inventory).map((method) =>
    readMethod(method, restApi, inventory),
  );
  if (methods.length === 0 || methods.includes(undefined)) return undefined;
  const known = methods.filter((method) => method !== undefined);
  return exportedApi("", known, {});
}

function readMethod(
  { arguments: block }: Instance,
  restApi: Instance,
  inventory: Inventory,
): RestApiMethod | undefined {
  const path = pathOf(block.text("resource_id"), restApi, inventory);
  const [httpMethod, authorizationType] = [block.text("http_method"), block.text("authorization")];
  const operationName = block.text("operation_name");
  const apiKeyRequired = block.optionalBoolean("api_key_required") ?? false;
  if (path === undefined || typeof httpMethod !== "string" || typeof authorizationType !== "string") return undefined;
  if (typeof apiKeyRequired !== "boolean") return undefined;
  return {
    path: path === "" ? "/" : path,
    httpMethod,
    authorizationType,
    apiKeyRequired,
    ...(operationName !== undefined && { operationName: sampleText(operationName) }),
    requestParameters: {},
    requestModels: {},
  };
}

/** Up to the root, whose path is empty. */
function pathOf(
  id: Text | undefined,
  restApi: Instance,
  inventory: Inventory,
  below: readonly Instance[] = [],
): string | undefined {
  if (refersTo(id, restApi)) return "";
  const resource = partsOf(restApi, "aws_api_gateway_resource", inventory).find((each) => refersTo(id, each));
  if (!resource || below.includes(resource)) return undefined;
  const parent = pathOf(resource.arguments.text("parent_id"), restApi, inventory, [...below, resource]);
  const part = resource.arguments.text("path_part");
  return parent === undefined || typeof part !== "string" ? undefined : `${parent}/${part}`;
}

function partsOf(restApi: Instance, type: string, { instances }: Inventory): readonly Instance[] {
  return instances.filter((part) => part.type === type && refersTo(part.arguments.text("rest_api_id"), restApi));
}

function refersTo(id: Text | undefined, { address }: Instance): boolean {
  return id instanceof Unknown && id.references.length === 1 && id.references[0]?.address === address;
}
