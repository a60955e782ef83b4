import type { Eventual } from "../../eventual";
import type { DeclaredCapabilities } from "./protocol/declared-capabilities";
import type { GatewaySession } from "./gateway-sessions";
import type { JsonRpcId } from "./protocol/json-rpc-errors";
import type { OnBehalf } from "./outbound/on-behalf";
import type { Incoming } from "./outbound/passed-on";

/** Who asks, as far as a target may notice. */
export interface TargetCaller {
  readonly onBehalf: OnBehalf;
  /** @default - the gateway keeps none */
  readonly session?: GatewaySession | undefined;
  /** Left out where the caller hears nothing before the result. */
  readonly listener?: Listener | undefined;
  /** What passes beside the arguments. */
  readonly incoming?: Incoming | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** What a caller of 2026-07-28 can be asked, which says so in each request. */
  readonly capabilities?: DeclaredCapabilities | undefined;
}

/** A caller who is told what a target says while it works. */
export interface Listener {
  /** Begins the answer, before there is anything to tell. */
  readonly begin: () => void;
  readonly tell: (message: object) => void;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

/** Answers a request for a caller who may go away, cancel it, or end his session before the answer is there. */
export function whileWanted<T>(
  caller: TargetCaller,
  requestId: JsonRpcId,
  answer: (caller: TargetCaller) => Eventual<T>,
): Eventual<T> {
  const { listener, session, signal } = caller;
  if (!listener && !session && !signal) return answer(caller);
  const request = session?.begin(requestId);
  const signals = [signal, listener?.signal, request?.signal].filter((one) => one !== undefined);
  const run = async () => answer({ ...caller, signal: AbortSignal.any(signals) });
  return run().finally(request?.finish);
}
