/** One decision of a hop: what it wanted and what it got. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  readonly expected?: string;
  readonly actual?: string;
}

/** What was asked, without its secrets and tokens. */
export interface TracedRequest {
  readonly method: string;
  readonly url: string;
  /** The JSON-RPC method or the operation of an AWS API. */
  readonly operation?: string;
  /** The tool that a `tools/call` names. */
  readonly tool?: string;
  /** The prompt that a `prompts/get` names. */
  readonly prompt?: string;
  /** The URI of a `resources/read`. */
  readonly resource?: string;
  /** The kind of credential that was presented, and whose it is where that is no secret. */
  readonly authorization?: string;
  /** Shortened. */
  readonly body?: string;
}

/** What was answered, without its secrets and tokens. */
export interface TracedAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Shortened. */
  readonly body?: string;
}

/** One station's part in a call, for example the gateway's authorizer or the token vault. */
export interface Hop {
  readonly name: string;
  /** Where in the system it happens: an id of `stations.ts`. Left out where no station is reached. */
  readonly station?: string;
  /** How many other hops it is part of: the token endpoint is asked inside the token vault. */
  readonly depth: number;
  /** Milliseconds from the beginning of the call. */
  readonly offset: number;
  readonly request?: TracedRequest;
  readonly checks: Check[];
  /** The claims of the token that was presented. Nobody has verified them unless the checks say so. */
  claims?: Readonly<Record<string, unknown>>;
  answer?: TracedAnswer;
  /** Why the hop refused or failed. */
  failure?: string;
  /** What to change, where the hop refused or failed and the reason is a known one. */
  fix?: string;
  /** Milliseconds; left out while the hop is under way. */
  duration?: number;
}

/** A call without its hops, which have events of their own. */
export interface CallHead {
  readonly id: number;
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Left out where the emulator itself began the call. */
  readonly request?: TracedRequest;
  answer?: TracedAnswer;
  /** The index of the hop that refused or failed first: what went wrong later followed from it. */
  refusedAt?: number;
  /** Milliseconds; left out while the call is under way. */
  duration?: number;
}

/** A request from outside, or a step of the deployment, with all the hops that it caused in the order of their beginning. */
export interface Call extends CallHead {
  readonly hops: Hop[];
}

/** What happens to a call, as it happens; each event holds all that is known by then. */
export type CallEvent =
  | { readonly type: "call"; readonly call: CallHead }
  | { readonly type: "hop"; readonly callId: number; readonly index: number; readonly hop: Hop };

export function isRefused({ checks, failure }: Hop): boolean {
  return failure !== undefined || checks.some(({ passed }) => !passed);
}
