import { AsyncLocalStorage } from "node:async_hooks";

import type { Clock } from "../cloud/clock";

/** One decision of a hop: what it wanted and what it got. Secrets and tokens never appear in it. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  readonly expected?: string;
  readonly actual?: string;
}

/** One station of a call, for example the gateway's authorizer or the token vault. */
export interface Hop {
  readonly name: string;
  readonly checks: Check[];
  /** Why the hop refused or failed. */
  failure?: string;
}

/** A request from outside with all the hops that it caused, in the order in which they began. */
export interface Call {
  readonly id: number;
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly hops: Hop[];
}

export interface HopRecorder {
  /** Records a check and hands its verdict back. */
  check(name: string, passed: boolean, evidence?: { expected?: string; actual?: string }): boolean;
  /** Marks a refusal that is answered rather than thrown. */
  fail(reason: string): void;
}

const KEPT_CALLS = 500;

/** Keeps the latest calls; a hop finds its call through the asynchronous context, so no signature carries it. */
export class Tracer {
  private readonly current = new AsyncLocalStorage<Call>();
  private readonly kept: Call[] = [];
  private lastId = 0;

  constructor(private readonly clock: Clock) {}

  call<T>(label: string, run: () => Promise<T>): Promise<T> {
    const call: Call = { id: ++this.lastId, label, startedAt: this.clock.now(), hops: [] };
    this.kept.push(call);
    if (this.kept.length > KEPT_CALLS) this.kept.shift();
    return this.current.run(call, run);
  }

  /** Runs one hop of the current call; outside any call the hop is a call of its own. */
  async hop<T>(name: string, run: (recorder: HopRecorder) => Promise<T>): Promise<T> {
    const call = this.current.getStore();
    if (!call) return this.call(name, () => this.hop(name, run));

    const hop: Hop = { name, checks: [] };
    call.hops.push(hop);
    try {
      return await run({
        check(checkName, passed, evidence = {}) {
          hop.checks.push({ name: checkName, passed, ...evidence });
          return passed;
        },
        fail(reason) {
          hop.failure = reason;
        },
      });
    } catch (error) {
      hop.failure ??= error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  /** The latest calls, oldest first. */
  calls(): readonly Call[] {
    return this.kept;
  }
}
