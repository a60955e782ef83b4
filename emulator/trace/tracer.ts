import { AsyncLocalStorage } from "node:async_hooks";

import type { Clock } from "../cloud/clock";
import { isRefused, type Call, type CallEvent, type CallHead, type Hop, type TracedAnswer, type TracedRequest } from "./call";
import { fixFor } from "./fixes";
import { maskSecrets } from "./masking";

export interface CallStart {
  readonly label: string;
  /** @default - the emulator itself begins the call */
  readonly request?: TracedRequest;
}

export interface HopStart {
  readonly name: string;
  /** Where it happens: an id of `stations.ts`. */
  readonly station?: string;
  readonly request?: TracedRequest;
}

export interface CallRecorder {
  answer(answer: TracedAnswer): void;
}

/** What a hop tells of itself; secrets and tokens are taken out of every text. */
export interface HopRecorder {
  /** Records a check and hands its verdict back. */
  check(name: string, passed: boolean, evidence?: { expected?: string; actual?: string }): boolean;
  /** Records the decoded claims of the token that was presented. */
  claims(claims: Readonly<Record<string, unknown>>): void;
  answer(answer: TracedAnswer): void;
  /** Marks a refusal that is answered rather than thrown. */
  fail(reason: string): void;
}

const KEPT_CALLS = 500;

/** Keeps the latest calls; a hop finds its call through the asynchronous context, so no signature carries it. */
export class Tracer {
  private readonly current = new AsyncLocalStorage<{ call: Call; beganAt: number; depth: number }>();
  private readonly kept: Call[] = [];
  private readonly listeners = new Set<(event: CallEvent) => void>();
  private lastId = 0;

  /** @param stopwatch milliseconds of real time, since durations are measured while the account's clock may stand still */
  constructor(
    private readonly clock: Clock,
    private readonly stopwatch: () => number = () => performance.now(),
  ) {}

  async call<T>(start: string | CallStart, run: (recorder: CallRecorder) => Promise<T>): Promise<T> {
    const { label, request } = typeof start === "string" ? { label: start } : start;
    const call: Call = { id: ++this.lastId, label: maskSecrets(label), startedAt: this.clock.now(), hops: [], ...(request && { request }) };
    this.kept.push(call);
    if (this.kept.length > KEPT_CALLS) this.kept.shift();
    this.publishCall(call);
    const beganAt = this.stopwatch();
    const recorder: CallRecorder = { answer: (answer) => void (call.answer = answer) };
    try {
      return await this.current.run({ call, beganAt, depth: 0 }, () => run(recorder));
    } finally {
      call.duration = this.since(beganAt);
      this.publishCall(call);
    }
  }

  /** Runs one hop of the current call; outside any call the hop is a call of its own. */
  async hop<T>(start: string | HopStart, run: (recorder: HopRecorder) => Promise<T>): Promise<T> {
    const details = typeof start === "string" ? { name: start } : start;
    const context = this.current.getStore();
    if (!context) return this.call(details.name, () => this.hop(details, run));

    const { call, beganAt, depth } = context;
    const hop: Hop = { ...details, depth, offset: this.since(beganAt), checks: [] };
    const index = call.hops.push(hop) - 1;
    this.publish({ type: "hop", callId: call.id, index, hop });
    try {
      return await this.current.run({ call, beganAt, depth: depth + 1 }, () => run(recorderOf(hop)));
    } catch (error) {
      hop.failure ??= maskSecrets(error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      hop.duration = this.since(beganAt + hop.offset);
      this.judge(call, index, hop);
      this.publish({ type: "hop", callId: call.id, index, hop });
    }
  }

  /** The latest calls, oldest first. */
  calls(): readonly Call[] {
    return this.kept;
  }

  /**
   * Tells a listener of every call and hop as it begins and ends, in the course of the call: it must return at once.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (event: CallEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private judge(call: Call, index: number, hop: Hop): void {
    if (!isRefused(hop)) return;
    hop.fix = fixFor(hop);
    call.refusedAt ??= index;
  }

  private publishCall(call: Call): void {
    this.publish({ type: "call", call: headOf(call) });
  }

  private publish(event: CallEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private since(beganAt: number): number {
    return Math.round((this.stopwatch() - beganAt) * 1_000) / 1_000;
  }
}

function headOf({ id, label, startedAt, request, answer, refusedAt, duration }: Call): CallHead {
  return { id, label, startedAt, request, answer, refusedAt, duration };
}

function recorderOf(hop: Hop): HopRecorder {
  return {
    check(name, passed, { expected, actual } = {}) {
      hop.checks.push({
        name,
        passed,
        ...(expected !== undefined && { expected: maskSecrets(expected) }),
        ...(actual !== undefined && { actual: maskSecrets(actual) }),
      });
      return passed;
    },
    claims(claims) {
      hop.claims = claims;
    },
    answer(answer) {
      hop.answer = answer;
    },
    fail(reason) {
      hop.failure = maskSecrets(reason);
    },
  };
}
