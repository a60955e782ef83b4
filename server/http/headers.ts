import type { IncomingHttpHeaders } from "node:http";
import { isJsonContentType } from "@modelcontextprotocol/sdk/shared/mediaType.js";
import { Refusal } from "../refusal";
import { VERSIONS } from "../versions";

/** What the SDKs send; comparing spares taking it apart. */
const USUAL_ACCEPT = "application/json, text/event-stream";

const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** @throws Refusal for what the Streamable HTTP transport forbids; MCP 2025-11-25, basic/transports. */
export function checkHeaders(headers: IncomingHttpHeaders): void {
  // No browser calls a server in AgentCore. On a developer's machine this stops DNS rebinding.
  if (headers.origin !== undefined && !LOOPBACK_ORIGIN.test(headers.origin)) throw Refusal.origin();
  if (!acceptsBoth(headers.accept ?? "")) throw Refusal.notAcceptable();
  if (!isJsonContentType(headers["content-type"])) throw Refusal.mediaType();
  if ((headers["content-encoding"] ?? "identity") !== "identity") throw Refusal.contentEncoding();
}

/** @throws Refusal for a version that is not spoken here. Without the header the oldest with Streamable HTTP is meant. */
export function checkProtocolVersion(headers: IncomingHttpHeaders): void {
  const version = headers["mcp-protocol-version"];
  if (version !== undefined && !VERSIONS.includes(String(version))) throw Refusal.protocolVersion();
}

/** The transport requires both to be listed; like the SDK, it takes no wildcard for them. */
function acceptsBoth(accept: string): boolean {
  if (accept === USUAL_ACCEPT) return true;
  const ranges = accept.split(",").map((range) => range.split(";", 1).join("").trim().toLowerCase());
  return ranges.includes("application/json") && ranges.includes("text/event-stream");
}
