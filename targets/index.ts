// targets/: what a gateway can call, a file for each kind.
import { agentcoreRuntime } from "./agentcore-runtime";
import { apiGateway } from "./api-gateway";
import { lambda } from "./lambda";
import { mcpServer } from "./mcp-server";
import { openApiSchema } from "./open-api-schema";
import { smithyModel } from "./smithy-model";
import { type Backend, type Documents, type TargetKind, TargetDocumentError } from "./target-kind";

export {
  columnOf,
  CREDENTIAL_KINDS,
  credentialLabel,
  describeCredential,
  type OutboundCredential,
  readCredential,
} from "./credentials";
export { selectedOperations } from "./api-gateway";
export type { ApiGatewaySettings } from "./api-gateway-settings";
export { CONNECTION_HEADERS } from "./http-values";
export { isObject, parseJson } from "./json";
export { encode, headersOfArguments, parameterHeaders, repeatedText } from "./mcp-headers";
export { parseMcpTools } from "./mcp-server";
export { parseOpenApi } from "./open-api/document";
export { exportedApi, type RestApiAuthorizer, type RestApiMethod } from "./rest-api-export";
export type * from "./target-kind";
export { TargetDocumentError } from "./target-kind";

/** Every kind that is imitated, by the API's name. */
export const TARGET_KINDS: Readonly<Record<string, TargetKind>> = {
  agentcoreRuntime,
  apiGateway,
  lambda,
  mcpServer,
  openApiSchema,
  smithyModel,
};

/** A target's kind by the name that the API has for it, and its settings; none for a kind that is not imitated. */
export interface TargetSettings {
  readonly targetKind: string;
  readonly settings: object;
}

/** As the API calls what Terraform calls by this name: `mcpServer`. */
export function memberName(block: string): string {
  return block.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The kind that the API calls by this name. */
export function findTargetKind(member: string): TargetKind | undefined {
  return Object.hasOwn(TARGET_KINDS, member) ? TARGET_KINDS[member] : undefined;
}

/** What the kind of this name stands in, in a target's configuration. */
export function groupOf(member: string): string {
  return findTargetKind(member)?.group ?? "mcp";
}

/** What stands for the settings of a target that is left out: nothing is behind it, whatever its kind. */
export const LEFT_OUT_SETTINGS: object = Object.freeze({});

const backends = new WeakMap<object, Backend>();

/** Before a target is created, nothing outside of its settings is read. */
const UNREAD: Documents = { object: unread, apiExport: unread, location: unread };

function unread(): never {
  throw new TargetDocumentError("The document is read when the target is created.", true);
}

/**
 * What stands behind a target. The documents that its settings name are read once, as the service does.
 *
 * @returns undefined for a kind that is not imitated, and for a target that is left out
 * @throws TargetDocumentError
 */
export function backendOf({ targetKind, settings }: TargetSettings, documents = UNREAD): Backend | undefined {
  if (settings === LEFT_OUT_SETTINGS) return undefined;
  const known = backends.get(settings) ?? findTargetKind(targetKind)?.backend(settings, documents);
  if (known) backends.set(settings, known);
  return known;
}
