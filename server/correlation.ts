import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { LogFields } from "./log";

/** Longest header value copied into the log; AgentCore's ids and trace headers are shorter (512 for `tracestate`). */
const MAX_LENGTH = 512;

/** Request headers that AgentCore Runtime adds, and the log field each one fills. */
const LOGGED_HEADERS = [
  ["x-amzn-bedrock-agentcore-runtime-session-id", "sessionId"],
  ["mcp-session-id", "mcpSessionId"],
  ["traceparent", "traceparent"],
  ["tracestate", "tracestate"],
  ["x-amzn-trace-id", "xrayTraceId"],
] as const;

/** What ties the log lines of one HTTP request to each other and to AgentCore's own traces. */
export interface Correlation extends LogFields {
  readonly requestId: string;
}

export function correlate(headers: IncomingHttpHeaders): Correlation {
  const given = headers["x-amzn-bedrock-agentcore-runtime-request-id"];
  const fields: Correlation & Record<string, string> = {
    requestId: typeof given === "string" ? given.slice(0, MAX_LENGTH) : randomUUID(),
  };
  for (const [header, field] of LOGGED_HEADERS) {
    const value = headers[header];
    if (typeof value === "string") fields[field] = value.slice(0, MAX_LENGTH);
  }
  return fields;
}
