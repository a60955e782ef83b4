import { isRefused, type Check, type Hop, type TracedAnswer, type TracedRequest } from "./call";
import { fixFor } from "./fixes";
import { maskSecrets } from "./masking";

/** A value, or how to make it once somebody looks: a call passes a dozen hops, and few calls are ever looked at. */
export type Deferred<T> = T | (() => T);

export interface Evidence {
  readonly expected?: string;
  readonly actual?: string;
}

export interface HopStart {
  readonly name: string;
  /** Where it happens: an id of `stations.ts`. */
  readonly station?: string;
  readonly request?: Deferred<TracedRequest>;
}

/** A call or a hop, as what happens next is part of it. */
export interface Trace {
  /** Runs a hop, at once or in time as `run` does. */
  hop<T>(start: HopStart, run: (recorder: HopRecorder) => T): T;
}

/** Runs the hops of a call; the depth says in how many others a hop lies. */
export interface HopRunner {
  runHop<T>(depth: number, start: HopStart, run: (recorder: HopRecorder) => T): T;
}

/** What a hop tells of itself; secrets and tokens are taken out of every text. */
export interface HopRecorder extends Trace {
  /** Records a check and hands its verdict back. */
  check(name: string, passed: boolean, evidence?: Deferred<Evidence>): boolean;
  /** Records the decoded claims of the token that was presented. */
  claims(claims: Readonly<Record<string, unknown>>): void;
  answer(answer: Deferred<TracedAnswer>): void;
  /** Marks a refusal that is answered rather than thrown. */
  fail(reason: string): void;
}

/** One hop as it is recorded, and the view of it for whoever looks. */
export class HopRecord implements HopRecorder {
  private readonly checks: { name: string; passed: boolean; evidence?: Deferred<Evidence> }[] = [];
  private presented?: Readonly<Record<string, unknown>>;
  private answered?: Deferred<TracedAnswer>;
  private failure?: string;
  private duration?: number;
  private finished?: Hop;

  constructor(
    private readonly start: HopStart,
    private readonly depth: number,
    readonly offset: number,
    private readonly call: HopRunner,
  ) {}

  hop<T>(start: HopStart, run: (recorder: HopRecorder) => T): T {
    return this.call.runHop(this.depth + 1, start, run);
  }

  check(name: string, passed: boolean, evidence?: Deferred<Evidence>): boolean {
    this.checks.push({ name, passed, evidence });
    return passed;
  }

  claims(claims: Readonly<Record<string, unknown>>): void {
    this.presented = claims;
  }

  answer(answer: Deferred<TracedAnswer>): void {
    this.answered = answer;
  }

  fail(reason: string): void {
    this.failure = reason;
  }

  /** What was thrown counts where the hop has not said itself why it failed. */
  thrown(error: unknown): void {
    this.failure ??= error instanceof Error ? error.message : String(error);
  }

  end(duration: number): void {
    this.duration = duration;
  }

  get isRefused(): boolean {
    return this.failure !== undefined || this.checks.some(({ passed }) => !passed);
  }

  view(): Hop {
    if (this.duration === undefined) return this.describe();
    this.finished ??= this.describe();
    return this.finished;
  }

  private describe(): Hop {
    const { name, station, request } = this.start;
    const hop: Hop = {
      name,
      ...(station !== undefined && { station }),
      depth: this.depth,
      offset: this.offset,
      ...(request && { request: valueOf(request) }),
      checks: this.checks.map(describeCheck),
      ...(this.presented && { claims: this.presented }),
      ...(this.answered && { answer: valueOf(this.answered) }),
      ...(this.failure !== undefined && { failure: maskSecrets(this.failure) }),
      ...(this.duration !== undefined && { duration: this.duration }),
    };
    const fix = isRefused(hop) ? fixFor(hop) : undefined;
    return fix === undefined ? hop : { ...hop, fix };
  }
}

export function valueOf<T extends object>(deferred: Deferred<T>): T {
  return typeof deferred === "function" ? deferred() : deferred;
}

function describeCheck({ name, passed, evidence = {} }: { name: string; passed: boolean; evidence?: Deferred<Evidence> }): Check {
  const { expected, actual } = valueOf(evidence);
  return {
    name,
    passed,
    ...(expected !== undefined && { expected: maskSecrets(expected) }),
    ...(actual !== undefined && { actual: maskSecrets(actual) }),
  };
}
