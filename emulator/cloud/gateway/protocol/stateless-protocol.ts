import { STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";
import { z } from "zod";

import { isObject } from "../../../../targets/json";
import { encode } from "../../../../topology";
import { type DeclaredCapabilities, declaredCapabilities } from "./declared-capabilities";
import { jsonObject, type JsonRpcRequest } from "./json-rpc";
import { capabilityMissing, MetadataError } from "./json-rpc-errors";

// MCP 2026-07-28: https://modelcontextprotocol.io/specification/2026-07-28/basic

const PREFIX = "io.modelcontextprotocol/";
const VERSION_KEY = `${PREFIX}protocolVersion`;
const CAPABILITIES_KEY = `${PREFIX}clientCapabilities`;
const CLIENT_KEY = `${PREFIX}clientInfo`;
const LOG_LEVEL_KEY = `${PREFIX}logLevel`;

/** What `initialize` said once, each request says of itself. */
const METADATA = z.looseObject({
  [VERSION_KEY]: z.string(),
  [CAPABILITIES_KEY]: jsonObject,
  [CLIENT_KEY]: z.looseObject({ name: z.string(), version: z.string() }).optional(),
});

/** The parameter that the header `Mcp-Name` repeats, by method. */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ["tools/call", "name"],
  ["prompts/get", "name"],
  ["resources/read", "uri"],
]);

/** Results that tell how long they hold. A gateway's catalogue may change at any time, and is its caller's: a guess. */
const CACHEABLE: readonly string[] = [
  "server/discover",
  "tools/list",
  "prompts/list",
  "resources/list",
  "resources/templates/list",
  "resources/read",
];
const CACHE = { ttlMs: 0, cacheScope: "private" };

export type Fields = Pick<Headers, "get">;

/** What the caller has to do before the request can be answered. */
export interface Elicitation {
  readonly mode: "url";
  readonly elicitationId: string;
  readonly url: string;
  readonly message: string;
}

/** Whether a message is one of 2026-07-28 or later: it says so in `_meta`, or the header does for it. */
export function isStateless({ params }: JsonRpcRequest, headers: Fields): boolean {
  const stated = headers.get("mcp-protocol-version") ?? "";
  // Versions are dates, so that texts compare as they do.
  return metaOf(params)[VERSION_KEY] !== undefined || (/^\d{4}-\d\d-\d\d$/.test(stated) && stated >= STATELESS_VERSION);
}

/** @throws MetadataError with the HTTP status of the specification, "basic/transports/streamable-http" */
export function checkMetadata({ method, params }: JsonRpcRequest, headers: Fields): void {
  const metadata = METADATA.safeParse(metaOf(params));
  if (!metadata.success) {
    const [issue] = metadata.error.issues;
    const what = `_meta of ${STATELESS_VERSION}: ${issue?.path.join(".")}: ${issue?.message}`;
    throw MetadataError.missing(what);
  }
  const version = metadata.data[VERSION_KEY];
  const repeated = repeatedIn(method, params);
  const expected = { "MCP-Protocol-Version": version, "Mcp-Method": method, ...(repeated && { "Mcp-Name": repeated }) };
  for (const [name, value] of Object.entries(expected)) {
    if (decode(headers.get(name.toLowerCase())) === value) continue;
    throw MetadataError.mismatch(`${name} must be ${value}, as in the body`);
  }
  if (version !== STATELESS_VERSION) throw MetadataError.unsupported(version);
}

/** What a client of 2026-07-28 asks first. */
export function discover(capabilities: object, instructions: string | undefined): object {
  return {
    supportedVersions: [STATELESS_VERSION],
    capabilities,
    ...(instructions !== undefined && { instructions }),
  };
}

/** A result with what the version adds to each. */
export function completeResult(method: string, result: object, serverInfo: object): object {
  const meta = "_meta" in result ? (result._meta as object) : {};
  return {
    resultType: "complete",
    ...result,
    ...(CACHEABLE.includes(method) && CACHE),
    _meta: { ...meta, [`${PREFIX}serverInfo`]: serverInfo },
  };
}

/**
 * The result that asks the caller to open a URL and then to call again: MCP 2026-07-28, "basic/patterns/mrtr".
 *
 * @throws JsonRpcError for a client that opens none
 */
export function inputRequired(elicitation: Elicitation, params: JsonRpcRequest["params"], serverInfo: object): object {
  const capabilities = jsonObject.safeParse(metaOf(params)[CAPABILITIES_KEY]).data ?? {};
  if (jsonObject.safeParse(capabilities["elicitation"]).data?.["url"] === undefined) {
    throw capabilityMissing("elicitation.url", { elicitation: { url: {} } });
  }
  const { elicitationId } = elicitation;
  return {
    resultType: "input_required",
    inputRequests: { [elicitationId]: { method: "elicitation/create", params: elicitation } },
    _meta: { [`${PREFIX}serverInfo`]: serverInfo },
  };
}

/** The metadata of a request that a client makes. */
export function metadataOf(client: { name: string; version: string }, capabilities: object = {}): object {
  return { [VERSION_KEY]: STATELESS_VERSION, [CLIENT_KEY]: client, [CAPABILITIES_KEY]: capabilities };
}

/** The level from which on a caller wants logs, as it says it. */
export function logLevelOf(params: { readonly _meta?: unknown }): object {
  const level = metaOf(params)[LOG_LEVEL_KEY];
  return level === undefined ? {} : { [LOG_LEVEL_KEY]: level };
}

/** Logs go to those alone who said from which level on; progress has its token, which its target was not given otherwise. */
export function unlessUnasked({ params }: JsonRpcRequest, tell: (notification: object) => void): typeof tell {
  const wantsLogs = metaOf(params)[LOG_LEVEL_KEY] !== undefined;
  return (notification) => {
    const isLog = "method" in notification && notification.method === "notifications/message";
    if (wantsLogs || !isLog) tell(notification);
  };
}

/** What a caller can be asked, as far as gateways carry questions. */
export function capabilitiesOf({ params }: JsonRpcRequest): DeclaredCapabilities {
  return declaredCapabilities(metaOf(params)[CAPABILITIES_KEY], STATELESS_VERSION);
}

/** The caller's metadata without what is the gateway's to say to a target: a guess, as AWS tells nothing of `_meta`. */
export function metadataPassedOn(params: { readonly _meta?: unknown }): Readonly<Record<string, unknown>> {
  const isPassedOn = ([key]: [string, unknown]) => key !== "progressToken" && !key.startsWith(PREFIX);
  return Object.fromEntries(Object.entries(metaOf(params)).filter(isPassedOn));
}

/** The headers of a request of this version, which repeat its body. */
export function headersOf(method: string, params: Readonly<Record<string, unknown>>): Record<string, string> {
  const repeated = repeatedIn(method, params);
  return { "mcp-method": method, ...(repeated !== undefined && { "mcp-name": encode(repeated) }) };
}

export function metaOf(params: { readonly _meta?: unknown } | null | undefined): Readonly<Record<string, unknown>> {
  const meta = params?._meta;
  return isObject(meta) ? meta : {};
}

function repeatedIn(method: string, params: JsonRpcRequest["params"]): string | undefined {
  const value = params?.[NAMED_BY.get(method) ?? ""];
  return typeof value === "string" ? value : undefined;
}

/** What no header can hold as it is comes as `=?base64?…?=`. @returns null for what is no base64 there */
export function decode(field: string | null): string | null {
  const encoded = /^=\?base64\?(.*)\?=$/.exec(field ?? "")?.[1];
  if (encoded === undefined) return field;
  const text = Buffer.from(encoded, "base64");
  return text.toString("base64") === encoded ? text.toString() : null;
}
