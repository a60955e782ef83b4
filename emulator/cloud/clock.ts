/** The only source of time in the emulated account, so that expiry can be tested in milliseconds. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** Seconds since the epoch, the unit of JWT claims and of the timestamps of Cognito and AgentCore Identity. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
