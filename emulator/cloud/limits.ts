/** How long and how much the services wait and take; milliseconds and bytes. */
export interface Limits {
  /** From the start of a runtime's server until it listens. */
  readonly runtimeInitialization: number;
  /** One call of a runtime, a Lambda function or another server behind a gateway. */
  readonly invocation: number;
  /** What a runtime takes as a request and gives as an answer. */
  readonly runtimePayload: number;
  /** What a gateway takes as a request, and as the answer of a target. */
  readonly gatewayPayload: number;
  /** What the other AWS APIs take as a request. */
  readonly apiPayload: number;
  /** One answer of an authorization server: a discovery document, its keys or a token. */
  readonly authorizationServer: number;
  readonly authorizationServerAnswer: number;
  /** Reading the input schemas of a target's tools, during which nobody else is served. */
  readonly toolSchemas: number;
}

/** The developer guide, "bedrock-agentcore-limits", unless another source stands beside a value. */
export const SERVICE_LIMITS: Limits = {
  runtimeInitialization: 30_000,
  invocation: 15 * 60_000,
  // Botocore `bedrock-agentcore/2024-02-28`, length of the payload of `InvokeAgentRuntime`.
  runtimePayload: 100_000_000,
  gatewayPayload: 6 * 1024 * 1024,
  // Not documented as one number; the largest request of the emulated APIs is an inline tool schema of 1 MB.
  apiPayload: 2 * 1024 * 1024,
  // Not documented; believed to be short, as a gateway's caller waits meanwhile.
  authorizationServer: 10_000,
  authorizationServerAnswer: 1024 * 1024,
  // Our own: a thousand tools take less.
  toolSchemas: 5_000,
};
