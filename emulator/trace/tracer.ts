import { AsyncLocalStorage } from "node:async_hooks";

import type { Clock } from "../cloud/clock";
import type { Call, CallEvent, CallHead, TracedAnswer, TracedRequest } from "./call";
import { HopRecord, valueOf, type Deferred, type HopRecorder, type HopStart } from "./hop-record";
import { maskSecrets } from "./masking";

export interface CallStart {
  /** @default - method and URL of the request */
  readonly label?: string;
  /** @default - the emulator itself begins the call */
  readonly request?: Deferred<TracedRequest>;
}

export interface CallRecorder {
  answer(answer: TracedAnswer): void;
}

const KEPT_CALLS = 500;

/** Keeps the latest calls; a hop finds its call through the asynchronous context, so no signature carries it. */
export class Tracer {
  private readonly current = new AsyncLocalStorage<{ call: CallRecord; depth: number }>();
  private readonly kept: CallRecord[] = [];
  private readonly listeners = new Set<(event: CallEvent) => void>();
  private lastId = 0;

  /** @param stopwatch milliseconds of real time, since durations are measured while the account's clock may stand still */
  constructor(
    private readonly clock: Clock,
    private readonly stopwatch: () => number = () => performance.now(),
  ) {}

  call<T>(start: string | CallStart, run: (recorder: CallRecorder) => T): T {
    const call = new CallRecord(++this.lastId, typeof start === "string" ? { label: start } : start, this.clock.now(), this.stopwatch());
    this.kept.push(call);
    if (this.kept.length > KEPT_CALLS) this.kept.shift();
    this.publishCall(call);
    return settled(
      () => this.current.run({ call, depth: 0 }, () => run(call)),
      () => {
        call.duration = this.since(call.beganAt);
        this.publishCall(call);
      },
    );
  }

  /** Runs one hop of the current call; outside any call the hop is a call of its own. */
  hop<T>(start: string | HopStart, run: (recorder: HopRecorder) => T): T {
    const details = typeof start === "string" ? { name: start } : start;
    const context = this.current.getStore();
    if (!context) return this.call(details.name, () => this.hop(details, run));

    const { call, depth } = context;
    const hop = new HopRecord(details, depth, this.since(call.beganAt));
    const index = call.hops.push(hop) - 1;
    this.publishHop(call, index, hop);
    return settled(
      () => this.current.run({ call, depth: depth + 1 }, () => run(hop)),
      (error) => {
        if (error !== undefined) hop.thrown(error);
        hop.end(this.since(call.beganAt + hop.offset));
        if (hop.isRefused) call.refusedAt ??= index;
        this.publishHop(call, index, hop);
      },
    );
  }

  /** The latest calls, oldest first. */
  calls(): readonly Call[] {
    return this.kept.map((call) => ({ ...call.head(), hops: call.hops.map((hop) => hop.view()) }));
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

  private publishCall(call: CallRecord): void {
    if (this.listeners.size > 0) this.publish({ type: "call", call: call.head() });
  }

  private publishHop({ id: callId }: CallRecord, index: number, hop: HopRecord): void {
    if (this.listeners.size > 0) this.publish({ type: "hop", callId, index, hop: hop.view() });
  }

  private publish(event: CallEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private since(beganAt: number): number {
    return Math.round((this.stopwatch() - beganAt) * 1_000) / 1_000;
  }
}

/** A call as it is recorded. */
class CallRecord implements CallRecorder {
  readonly hops: HopRecord[] = [];
  refusedAt?: number;
  duration?: number;
  private answered?: TracedAnswer;

  constructor(
    readonly id: number,
    private readonly start: CallStart,
    private readonly startedAt: number,
    /** By the stopwatch. */
    readonly beganAt: number,
  ) {}

  answer(answer: TracedAnswer): void {
    this.answered = answer;
  }

  head(): CallHead {
    const { id, startedAt, refusedAt, duration, answered } = this;
    const request = this.start.request && valueOf(this.start.request);
    const label = this.start.label ?? `${request?.method} ${request?.url}`;
    return { id, label: maskSecrets(label), startedAt, request, answer: answered, refusedAt, duration };
  }
}

/** Runs at once or in time, and tells when it has ended: with what was thrown, if anything was. */
function settled<T>(run: () => T, end: (error?: unknown) => void): T {
  let result: T;
  try {
    result = run();
  } catch (error) {
    end(error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    end();
    return result;
  }
  return result.then(
    (value: unknown) => {
      end();
      return value;
    },
    (error: unknown) => {
      end(error);
      throw error;
    },
  ) as T;
}
