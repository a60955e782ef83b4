import { SPOKEN_VERSIONS, STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";

/** The protocol errors of gateways: their codes, words and HTTP statuses. */

/** JSON-RPC 2.0, section 5.1. */
const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const SERVER_FAILURE = -32603;

/** Seen with "Missing Bearer token"; runtimes have it too. */
export const AUTHENTICATION_ERROR = -32001;
/** MCP 2025-11-25, server/resources; 2026-07-28 has the code of invalid parameters for it. */
const RESOURCE_NOT_FOUND = -32002;
/** Developer guide, "gateway-rate-limits-enforcement", throttled responses. */
export const RATE_LIMITED = -32003;
/** Asks the caller to visit a URL and to call again: MCP 2025-11-25, client/elicitation. */
export const URL_ELICITATION_REQUIRED = -32042;
/** Seen once, though it is the code of what a caller has to visit. */
const VERSION_NOT_OF_GATEWAY = URL_ELICITATION_REQUIRED;

/** MCP 2026-07-28, basic/transports/streamable-http and basic. */
const HEADER_MISMATCH = -32020;
const MISSING_CAPABILITY = -32021;
const UNSUPPORTED_VERSION = -32022;

/** What a caller learns of a failure unless the gateway's exception level is DEBUG. */
export const UNTOLD_FAILURE = "An internal error occurred. Please retry later.";

export type JsonRpcId = string | number;

/** A protocol error, as opposed to a tool error. */
export class JsonRpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** The request's id, as far as it could be read. */
    readonly requestId: JsonRpcId | null = null,
    /** The HTTP status and the error's `data`, where the protocol says them. */
    readonly answer: { readonly status?: number; readonly data?: unknown } = {},
  ) {
    super(message);
    this.name = "JsonRpcError";
  }
}

export const notJson = () => new JsonRpcError(PARSE_ERROR, "Parse error - Invalid JSON format");
export const notUtf8 = () => new JsonRpcError(PARSE_ERROR, "Parse error - The JSON is not encoded in UTF-8");
export const nestedTooDeep = (levels: number) =>
  new JsonRpcError(PARSE_ERROR, `Parse error - The JSON nests more than ${levels} levels deep`);
export const notJsonRpc = (id: JsonRpcId | null) => new JsonRpcError(INVALID_REQUEST, "Invalid JSON-RPC request", id);
export const nothingAsked = (id: JsonRpcId) =>
  new JsonRpcError(
    INVALID_REQUEST,
    "Invalid Request: no matching elicitation or sampling request is pending in this session",
    id,
    { status: 400 },
  );

const invalidParameters = (what: string) => new JsonRpcError(INVALID_PARAMS, `Invalid params: ${what}`);
export const notAText = (parameter: string) => invalidParameters(`'${parameter}' must be a string`);
export const unknownCursor = () => invalidParameters("unknown cursor");
export const unknownTool = (name: string) => new JsonRpcError(INVALID_PARAMS, `Unknown tool: ${name}`);
export const unknownPrompt = (name: string) => new JsonRpcError(INVALID_PARAMS, `Unknown prompt: ${name}`);

/** A guess: what callers see of an interceptor that fails is documented nowhere. Targets that fail say the same. */
export const interceptorFailed = (message: string) => new JsonRpcError(SERVER_FAILURE, message);

/** A client of 2026-07-28 that lacks what an answer needs of it. */
export const capabilityMissing = (name: string, requiredCapabilities: object) =>
  new JsonRpcError(MISSING_CAPABILITY, `Missing required client capability: ${name}`, null, {
    status: 400,
    data: { requiredCapabilities },
  });

/** A method that the gateway does not have. */
export class UnknownMethod extends JsonRpcError {
  constructor(method: string) {
    super(METHOD_NOT_FOUND, `Method not found: ${method}`);
  }
}

/** What no target has that is listed. */
export class UnknownResource extends JsonRpcError {
  constructor(uri: string) {
    super(RESOURCE_NOT_FOUND, `Resource not found: ${uri}`, null, { data: { uri } });
  }
}

/** The caller has taken its request back, and waits for no answer. */
export class CancelledRequest extends JsonRpcError {
  constructor() {
    super(SERVER_FAILURE, "Request cancelled");
  }
}

/** What the gateway was asked for, and what it asked in turn refused or could not do: another hop says why. */
export class FailedBeyond extends JsonRpcError {}

/** The caller has to consent first, in a browser: code, text and members as published answers have them. */
export class ConsentRequired extends FailedBeyond {
  constructor(
    readonly authorizationUrl: string,
    readonly sessionUri: string,
    readonly elicitationId: string,
    /** Of an administrator, where he is asked. */
    readonly userId?: string,
  ) {
    super(URL_ELICITATION_REQUIRED, "This request requires more information.");
  }
}

/** A version that the gateway does not support, in the words of published answers. */
export class UnsupportedVersion extends JsonRpcError {
  /** Those of the gateway, oldest first. */
  readonly supported: string;

  constructor(
    versions: readonly string[],
    readonly version: string,
  ) {
    const supported = SPOKEN_VERSIONS.filter((spoken) => versions.includes(spoken)).join(", ");
    const message = `Unsupported MCP protocol version: ${version}. Supported versions: [${supported}]`;
    super(VERSION_NOT_OF_GATEWAY, message, null, { status: 400 });
    this.supported = supported;
  }
}

/** A request without the metadata that 2026-07-28 asks for, or with such as contradicts itself. */
export class MetadataError extends JsonRpcError {
  private constructor(code: number, message: string, data?: object) {
    super(code, message, null, { status: 400, data });
  }

  static missing(what: string): MetadataError {
    return new MetadataError(INVALID_PARAMS, `Invalid params: ${what}`);
  }

  /** @param what the header has to be */
  static mismatch(what: string): MetadataError {
    return new MetadataError(HEADER_MISMATCH, `Header mismatch: ${what}`);
  }

  static unsupported(requested: string): MetadataError {
    const data = { supported: [STATELESS_VERSION], requested };
    return new MetadataError(UNSUPPORTED_VERSION, "Unsupported protocol version", data);
  }
}

/** A request without the session that its gateway asks for. */
export class SessionError extends JsonRpcError {
  private constructor(message: string, status: number) {
    super(INVALID_REQUEST, message, null, { status });
  }

  static missing(): SessionError {
    return new SessionError("Missing Mcp-Session-Id header", 400);
  }

  static unknown(): SessionError {
    return new SessionError("Session not found", 404);
  }
}
