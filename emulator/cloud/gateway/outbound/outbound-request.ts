import type { Eventual } from "../../../eventual";

/** What a gateway sends to a target. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
}

/** What requests are signed with. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary ones. */
  readonly sessionToken?: string;
}

/** Adds the outbound credential to a request, or makes another one with it. */
export type Authorize = (request: OutboundRequest) => Eventual<OutboundRequest>;
