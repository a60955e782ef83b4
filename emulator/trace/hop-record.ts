import { isRefused, type Check, type Hop, type TracedAnswer, type TracedRequest } from "./call";
import { fixFor, type CheckName, type HopName } from "./fixes";
import { isSecretName, MASK, maskSecrets } from "./masking";

/** A value, or how to make it once somebody looks: a call passes a dozen hops, and few calls are ever looked at. */
export type Deferred<T> = T | (() => T);

export interface Evidence {
  readonly expected?: string;
  readonly actual?: string;
}

export interface HopStart<Name extends HopName = HopName> {
  readonly name: Name;
  /** Where it happens: an id of `stations.ts`. */
  readonly station?: string;
  readonly request?: Deferred<TracedRequest>;
}

/** A call or a hop, as what happens next is part of it. */
export interface Trace {
  /** Runs a hop, at once or in time as `run` does. */
  hop<Name extends HopName, T>(start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T;
}

/** Runs the hops of a call; the depth says in how many others a hop lies. */
export interface HopRunner {
  runHop<Name extends HopName, T>(depth: number, start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T;
  hopEnded(hop: HopRecord): void;
}

/** Where in its call a hop stands. */
export interface HopPlace {
  readonly index: number;
  readonly depth: number;
  /** Milliseconds from the beginning of the call. */
  readonly offset: number;
}

/** What a hop tells of itself; secrets and tokens are taken out of every text. */
export type HopRecorder<Name extends HopName = HopName> = RecorderOf<CheckName<Name>>;

/** What records checks of these names. A method, so that who records more of them is one who records fewer. */
export interface CheckRecorder<Name extends CheckName> {
  /** Records a check and hands its verdict back. */
  check(name: Name, passed: boolean, evidence?: Deferred<Evidence>): boolean;
}

interface RecorderOf<Name extends CheckName> extends Trace, CheckRecorder<Name> {
  /** Records the decoded claims of the token that was presented. */
  claims(claims: Readonly<Record<string, unknown>>): void;
  answer(answer: Deferred<TracedAnswer>): void;
  /** Marks a refusal that is answered rather than thrown. */
  fail(reason: string): void;
}

/** Each knows the one before it, which takes less room than an array for each hop of every call. */
interface RecordedCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly evidence: Deferred<Evidence>;
  readonly previous: RecordedCheck | undefined;
}

const NO_EVIDENCE: Evidence = {};

/** One hop as it is recorded, and the view of it for whoever looks. */
export class HopRecord implements HopRecorder {
  /** Milliseconds; undefined while the hop is under way. */
  duration?: number;
  private lastCheck?: RecordedCheck;
  private hasRefused = false;
  private presented?: Readonly<Record<string, unknown>>;
  private answered?: Deferred<TracedAnswer>;
  private failure?: string;
  private finished?: Hop;

  constructor(
    private readonly start: HopStart,
    readonly place: HopPlace,
    private readonly call: HopRunner,
  ) {}

  hop<Name extends HopName, T>(start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T {
    return this.call.runHop(this.place.depth + 1, start, run);
  }

  check(name: string, passed: boolean, evidence: Deferred<Evidence> = NO_EVIDENCE): boolean {
    this.lastCheck = { name, passed, evidence, previous: this.lastCheck };
    if (!passed) this.hasRefused = true;
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
  ended(error?: unknown): void {
    if (error !== undefined) this.failure ??= messageOf(error);
    this.call.hopEnded(this);
  }

  get isRefused(): boolean {
    return this.failure !== undefined || this.hasRefused;
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
      depth: this.place.depth,
      offset: this.place.offset,
      ...(request && { request: valueOf(request) }),
      checks: describeChecks(this.lastCheck),
      ...(this.presented && { claims: describeClaims(this.presented) }),
      ...(this.answered && { answer: valueOf(this.answered) }),
      ...(this.failure !== undefined && { failure: maskSecrets(this.failure) }),
      ...(this.duration !== undefined && { duration: this.duration }),
    };
    const fix = isRefused(hop) ? fixFor(hop) : undefined;
    return fix === undefined ? hop : { ...hop, fix };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function valueOf<T extends object>(deferred: Deferred<T>): T {
  return typeof deferred === "function" ? deferred() : deferred;
}

/** Deeper than claims ever are, and less deep than a forged token would have to be for no JSON writer to follow it. */
const DEEPEST_CLAIM = 16;

function describeClaims(claims: Readonly<Record<string, unknown>>, depth = DEEPEST_CLAIM): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, claim]) => [name, isSecretName(name) ? MASK : describeClaim(claim, depth)]),
  );
}

function describeClaim(claim: unknown, depth: number): unknown {
  if (typeof claim === "string") return maskSecrets(claim);
  if (typeof claim !== "object" || claim === null) return claim;
  if (depth === 0) return "…";
  return Array.isArray(claim)
    ? claim.map((entry) => describeClaim(entry, depth - 1))
    : describeClaims(claim as Record<string, unknown>, depth - 1);
}

function describeChecks(last: RecordedCheck | undefined): Check[] {
  const checks: Check[] = [];
  for (let check = last; check; check = check.previous) checks.unshift(describeCheck(check));
  return checks;
}

function describeCheck({ name, passed, evidence }: RecordedCheck): Check {
  const { expected, actual } = valueOf(evidence);
  return {
    name,
    passed,
    ...(expected !== undefined && { expected: maskSecrets(expected) }),
    ...(actual !== undefined && { actual: maskSecrets(actual) }),
  };
}
