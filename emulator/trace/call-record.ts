// emulator/trace/: every hop of every call, with what it checked and what would mend a refusal.
import type { Call, CallEvent, CallHead, TracedAnswer, TracedRequest } from "./call";
import type { HopName } from "./fixes";
import {
  HopRecord,
  valueOf,
  type Deferred,
  type HopRecorder,
  type HopRunner,
  type HopStart,
  type Trace,
} from "./hop-record";
import { maskSecrets } from "./masking";

export interface CallStart {
  /** @default - method and URL of the request */
  readonly label?: string;
  /** @default - the emulator itself begins the call */
  readonly request?: Deferred<TracedRequest>;
}

export interface CallRecorder extends Trace {
  answer(answer: TracedAnswer): void;
}

export type CallListener = (event: CallEvent) => void;

/** What a call needs of its tracer. */
export interface Recording {
  readonly id: number;
  /** Milliseconds since the epoch, by the account's clock. */
  readonly startedAt: number;
  /** Milliseconds of real time. */
  readonly stopwatch: () => number;
  readonly listeners: ReadonlySet<CallListener>;
}

/** A call as it is recorded, and the view of it for whoever looks. */
export class CallRecord implements CallRecorder, HopRunner {
  private readonly hops: HopRecord[] = [];
  private readonly beganAt: number;
  private answered?: TracedAnswer;
  private refusedAt?: number;
  private duration?: number;

  constructor(
    private readonly start: CallStart,
    private readonly recording: Recording,
  ) {
    this.beganAt = recording.stopwatch();
  }

  run<T>(run: (recorder: CallRecorder) => T): T {
    this.tell();
    return untilSettled(run, this);
  }

  ended(): void {
    this.duration = this.since(this.beganAt);
    this.tell();
  }

  answer(answer: TracedAnswer): void {
    this.answered = answer;
  }

  hop<Name extends HopName, T>(start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T {
    return this.runHop(0, start, run);
  }

  runHop<Name extends HopName, T>(depth: number, start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T {
    const hop = new HopRecord(start, { index: this.hops.length, depth, offset: this.since(this.beganAt) }, this);
    this.hops.push(hop);
    this.tellHop(hop);
    return untilSettled(run, hop);
  }

  hopEnded(hop: HopRecord): void {
    hop.duration = this.since(this.beganAt + hop.place.offset);
    if (hop.isRefused) this.refusedAt ??= hop.place.index;
    this.tellHop(hop);
  }

  view(): Call {
    return { ...this.head(), hops: this.hops.map((hop) => hop.view()) };
  }

  private head(): CallHead {
    const { refusedAt, duration, answered } = this;
    const { id, startedAt } = this.recording;
    const request = this.start.request && valueOf(this.start.request);
    const label = this.start.label ?? `${request?.method} ${request?.url}`;
    return { id, label: maskSecrets(label), startedAt, request, answer: answered, refusedAt, duration };
  }

  private tell(): void {
    for (const listener of this.recording.listeners) listener({ type: "call", call: this.head() });
  }

  private tellHop(hop: HopRecord): void {
    const { id: callId, listeners } = this.recording;
    for (const listener of listeners) listener({ type: "hop", callId, index: hop.place.index, hop: hop.view() });
  }

  private since(beganAt: number): number {
    return Math.round((this.recording.stopwatch() - beganAt) * 1_000) / 1_000;
  }
}

interface Ending {
  /** @param error what was thrown, if anything was */
  ended(error?: unknown): void;
}

/** Runs at once or in time, and tells the recorder when it has ended. */
function untilSettled<R extends Ending, T>(run: (recorder: R) => T, recorder: R): T {
  let result: T;
  try {
    result = run(recorder);
  } catch (error) {
    recorder.ended(error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    recorder.ended();
    return result;
  }
  return result.then(
    (value: unknown) => {
      recorder.ended();
      return value;
    },
    (error: unknown) => {
      recorder.ended(error);
      throw error;
    },
  ) as T;
}
