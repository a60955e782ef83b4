import type { Clock } from "../clock";
import type { Call } from "./call";
import { CallRecord, type CallListener, type CallRecorder, type CallStart } from "./call-record";
import type { HopName } from "./fixes";
import type { HopRecorder, HopStart, Trace } from "./hop-record";

/** How many calls are kept. */
export const KEPT_CALLS = 80;

/** Keeps the latest calls. A hop outside any call is a call of its own. */
export class Tracer implements Trace {
  private readonly kept: CallRecord[] = [];
  private readonly listeners = new Set<CallListener>();
  private lastId = 0;

  /** @param stopwatch milliseconds of real time, since durations are measured while the account's clock may stand still */
  constructor(
    private readonly clock: Clock,
    private readonly stopwatch: () => number = () => performance.now(),
  ) {}

  /** Runs a call, at once or in time as `run` does. */
  call<T>(start: CallStart, run: (recorder: CallRecorder) => T): T {
    const { stopwatch, listeners } = this;
    const call = new CallRecord(start, { id: ++this.lastId, startedAt: this.clock.now(), stopwatch, listeners });
    this.kept.push(call);
    if (this.kept.length > KEPT_CALLS) this.kept.shift();
    return call.run(run);
  }

  hop<Name extends HopName, T>(start: HopStart<Name>, run: (recorder: HopRecorder<Name>) => T): T {
    return this.call({ label: start.name }, (call) => call.hop(start, run));
  }

  /** The latest calls, oldest first. */
  calls(): readonly Call[] {
    return this.kept.map((call) => call.view());
  }

  /**
   * Tells a listener of every call and hop as it begins and ends, in the course of the call: it must return at once.
   *
   * @returns ends the subscription
   */
  subscribe(listener: CallListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
