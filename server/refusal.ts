import type { RequestId } from "@modelcontextprotocol/sdk/types.js";
import { ProtocolError } from "./errors";
import { errorAnswer, type Answer, type ErrorMember } from "./answer";
import { INTERNAL_ERROR, INVALID_REQUEST, PARSE_ERROR } from "./json-rpc";
import { VERSIONS } from "./versions";

/** JSON-RPC's code for errors of the implementation's own; the SDK's transport uses it for HTTP-level refusals. */
const SERVER_ERROR = -32000;

/** A request that no handler sees. It is answered with a JSON-RPC error, whose id is null where there is none to give. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    readonly error: ErrorMember,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly id: RequestId | null = null,
  ) {
    super(error.message);
  }

  /** The same for one request of several. */
  answer(): Answer {
    return errorAnswer(this.error, this);
  }

  static notFound(): Refusal {
    return refusal(404, "Not found: the server answers POST /mcp and GET /ping");
  }

  static methodNotAllowed(allow: string): Refusal {
    return refusal(405, `Method not allowed: use ${allow}`, { Allow: allow });
  }

  static origin(): Refusal {
    return refusal(403, "Forbidden: web pages of other hosts may not call this server");
  }

  static notAcceptable(): Refusal {
    return refusal(406, "Not acceptable: Accept must list both application/json and text/event-stream");
  }

  static mediaType(): Refusal {
    return refusal(415, "Unsupported media type: Content-Type must be application/json");
  }

  static contentEncoding(): Refusal {
    return refusal(415, "Unsupported media type: the body must not be compressed", { "Accept-Encoding": "identity" });
  }

  static bodyTooLarge(limit: number): Refusal {
    return refusal(413, `Payload too large: the body may have ${limit} bytes`);
  }

  static parseError(): Refusal {
    return new Refusal(400, {
      code: PARSE_ERROR,
      message: "Parse error: the body is not JSON in UTF-8",
    });
  }

  static invalidRequest(reason: string): Refusal {
    return new Refusal(400, { code: INVALID_REQUEST, message: `Invalid request: ${reason}` });
  }

  static protocolVersion(): Refusal {
    const versions = VERSIONS.join(", ");
    return refusal(400, `Unsupported protocol version: MCP-Protocol-Version must be one of ${versions}`);
  }

  static unknownSession(): Refusal {
    return refusal(404, "Session not found: it has ended, initialize a new one");
  }

  static busy(): Refusal {
    const { message, http } = ProtocolError.busy();
    return refusal(503, message, http?.headers);
  }

  static stopping(): Refusal {
    return refusal(503, "The server is stopping", { "Retry-After": "1" });
  }

  static internal(): Refusal {
    return new Refusal(500, { code: INTERNAL_ERROR, message: "Internal error" });
  }
}

function refusal(status: number, message: string, headers?: Readonly<Record<string, string>>): Refusal {
  return new Refusal(status, { code: SERVER_ERROR, message }, headers);
}
