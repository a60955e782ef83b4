/**
 * Headers of a request that reach a runtime's container without being on its allowlist: botocore
 * `bedrock-agentcore/2024-02-28`, `InvokeAgentRuntime`.
 */
export const FORWARDED_HEADERS: ReadonlySet<string> = new Set([
  "content-type",
  "accept",
  "mcp-session-id",
  "mcp-protocol-version",
  "mcp-method",
  "mcp-name",
  "x-amzn-bedrock-agentcore-runtime-session-id",
  "x-amzn-bedrock-agentcore-runtime-user-id",
  "x-amzn-trace-id",
  "traceparent",
  "tracestate",
  "baggage",
]);
