/** What one client may take of the server. */
export interface Limits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Bytes of a request's headers. */
  readonly headerBytes: number;
  /** Messages in one JSON-RPC batch. */
  readonly batchMessages: number;
  /** JSON-RPC requests in flight at once; the next one is answered 503. */
  readonly concurrency: number;
  /** Open connections; the next one is closed. */
  readonly connections: number;
  /** Milliseconds a client has to send the headers, and the whole request. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** Milliseconds an idle connection stays open. */
  readonly keepAliveTimeout: number;
}

export const DEFAULT_LIMITS: Limits = {
  // The SDK's default (DEFAULT_MAX_REQUEST_BODY_SIZE). AgentCore itself passes up to 100 MB.
  bodyBytes: 4 * 1024 * 1024,
  // AgentCore sends the workload access token under three names, and `baggage` of up to 8,192 bytes; Node allows 16 KiB.
  headerBytes: 64 * 1024,
  // The SDK's MAX_BATCH_SIZE.
  batchMessages: 100,
  // One microVM serves one session; 256 is far above what one conversation sends, and bounds what a flood can hold.
  concurrency: 256,
  connections: 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than the 60 s that load balancers keep idle connections by default, so that this side never closes first.
  keepAliveTimeout: 65_000,
};
