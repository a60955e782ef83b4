import { ErrorCode, SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";

/** JSON-RPC's code for errors of the implementation's own; the SDK's transport uses it for HTTP-level refusals. */
const SERVER_ERROR = -32000;

/** A request that is answered by the HTTP layer alone, with a JSON-RPC error whose id is null. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  private constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  static notFound(): Refusal {
    return new Refusal(404, SERVER_ERROR, "Not found: the server answers POST /mcp and GET /ping");
  }

  static methodNotAllowed(allow: string): Refusal {
    return new Refusal(405, SERVER_ERROR, `Method not allowed: use ${allow}`, { Allow: allow });
  }

  static origin(): Refusal {
    return new Refusal(403, SERVER_ERROR, "Forbidden: web pages of other hosts may not call this server");
  }

  static notAcceptable(): Refusal {
    const message = "Not acceptable: Accept must list both application/json and text/event-stream";
    return new Refusal(406, SERVER_ERROR, message);
  }

  static mediaType(): Refusal {
    return new Refusal(415, SERVER_ERROR, "Unsupported media type: Content-Type must be application/json");
  }

  static contentEncoding(): Refusal {
    return new Refusal(415, SERVER_ERROR, "Unsupported media type: the body must not be compressed", {
      "Accept-Encoding": "identity",
    });
  }

  static bodyTooLarge(limit: number): Refusal {
    return new Refusal(413, SERVER_ERROR, `Payload too large: the body may have ${limit} bytes`, {
      Connection: "close",
    });
  }

  static parseError(): Refusal {
    return new Refusal(400, ErrorCode.ParseError, "Parse error: the body is not JSON in UTF-8");
  }

  static invalidRequest(reason: string): Refusal {
    return new Refusal(400, ErrorCode.InvalidRequest, `Invalid request: ${reason}`);
  }

  static protocolVersion(): Refusal {
    const versions = SUPPORTED_PROTOCOL_VERSIONS.join(", ");
    return new Refusal(
      400,
      SERVER_ERROR,
      `Unsupported protocol version: MCP-Protocol-Version must be one of ${versions}`,
    );
  }

  static busy(limit: number): Refusal {
    return new Refusal(503, SERVER_ERROR, `Busy: ${limit} requests are in flight, try again in a second`, {
      "Retry-After": "1",
    });
  }

  static internal(): Refusal {
    return new Refusal(500, ErrorCode.InternalError, "Internal error");
  }
}
