import type { ToolLimits } from "../calls/tool-limits";

/** What one client may take of the server. */
export interface Limits extends ToolLimits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Bytes of a request's headers. */
  readonly headerBytes: number;
  /** Messages in one JSON-RPC batch. */
  readonly batchMessages: number;
  /** JSON-RPC requests that hold a slot at once; the next one is answered 503. */
  readonly concurrency: number;
  /** Bytes of bodies and answers in memory at once; what would exceed them is answered 503. */
  readonly bytesInFlight: number;
  /** Bytes of each body and of each answer that are granted whatever else is in flight. */
  readonly grantedBytes: number;
  /** Open connections; the next one is closed. */
  readonly connections: number;
  /** Milliseconds a client has to send the headers, and the whole request. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** Milliseconds in which a client must take something of its answer. */
  readonly writeTimeout: number;
  /** Milliseconds an idle connection stays open. */
  readonly keepAliveTimeout: number;
  /** Sessions kept at once; the one unused for longest makes room for the next. */
  readonly sessions: number;
  /** Milliseconds an unused session is kept. */
  readonly sessionTimeout: number;
}

export const DEFAULT_LIMITS: Limits = {
  // AgentCore Runtime ends a request after 15 minutes.
  toolTimeout: 14 * 60_000,
  resultBytes: 16 * 1024 * 1024,
  // The SDK's default (DEFAULT_MAX_REQUEST_BODY_SIZE). AgentCore itself passes up to 100 MB.
  bodyBytes: 4 * 1024 * 1024,
  // AgentCore sends the workload access token under three names, and `baggage` of up to 8,192 bytes; Node allows 16 KiB.
  headerBytes: 64 * 1024,
  // The SDK's MAX_BATCH_SIZE.
  batchMessages: 100,
  // One microVM serves one session; 256 is far above what one conversation sends, and bounds what a flood can hold.
  concurrency: 256,
  // Twice the largest answer. A body or an answer is in memory up to three times: as bytes, as text and as a value.
  bytesInFlight: 32 * 1024 * 1024,
  // An ordinary call is smaller, so that it passes while giants wait; times `connections` it is 16 MiB.
  grantedBytes: 16 * 1024,
  connections: 1024,
  // Requests come from AgentCore's own network, and one that stalls holds memory.
  headersTimeout: 6_000,
  requestTimeout: 6_000,
  writeTimeout: 5_000,
  // Longer than the 60 s that load balancers keep idle connections by default, so that this side never closes first.
  keepAliveTimeout: 65_000,
  sessions: 256,
  // AgentCore Runtime's own default for idle sessions (idleRuntimeSessionTimeout).
  sessionTimeout: 15 * 60_000,
};
