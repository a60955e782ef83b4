import type { Call, CallEvent, CallHead, TracedAnswer, TracedRequest } from "./call";
import { HopRecord, valueOf, type Deferred, type HopRecorder, type HopRunner, type HopStart, type Trace } from "./hop-record";
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

/** What a call needs of its tracer. */
export interface Recording {
  readonly id: number;
  /** Milliseconds since the epoch, by the account's clock. */
  readonly startedAt: number;
  /** Milliseconds of real time. */
  readonly stopwatch: () => number;
  /** Tells whoever listens; the event is made if anybody does. */
  readonly tell: (event: () => CallEvent) => void;
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
    return untilSettled(
      () => run(this),
      () => {
        this.duration = this.since(this.beganAt);
        this.tell();
      },
    );
  }

  answer(answer: TracedAnswer): void {
    this.answered = answer;
  }

  hop<T>(start: HopStart, run: (recorder: HopRecorder) => T): T {
    return this.runHop(0, start, run);
  }

  runHop<T>(depth: number, start: HopStart, run: (recorder: HopRecorder) => T): T {
    const hop = new HopRecord(start, depth, this.since(this.beganAt), this);
    const index = this.hops.push(hop) - 1;
    this.tellHop(index, hop);
    return untilSettled(
      () => run(hop),
      (error) => {
        if (error !== undefined) hop.thrown(error);
        hop.end(this.since(this.beganAt + hop.offset));
        if (hop.isRefused) this.refusedAt ??= index;
        this.tellHop(index, hop);
      },
    );
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
    this.recording.tell(() => ({ type: "call", call: this.head() }));
  }

  private tellHop(index: number, hop: HopRecord): void {
    this.recording.tell(() => ({ type: "hop", callId: this.recording.id, index, hop: hop.view() }));
  }

  private since(beganAt: number): number {
    return Math.round((this.recording.stopwatch() - beganAt) * 1_000) / 1_000;
  }
}

/** Runs at once or in time, and tells when it has ended: with what was thrown, if anything was. */
function untilSettled<T>(run: () => T, end: (error?: unknown) => void): T {
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
