/** The only source of time in the emulated account, so that expiry can be tested in milliseconds. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A clock that can be moved from outside the account. */
export interface MovableClock extends Clock {
  /** @param time milliseconds since the epoch */
  moveTo(time: number): void;
  /** @param milliseconds less than nothing moves it back */
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements MovableClock {
  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  moveTo(time: number): void {
    this.time = time;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** The machine's time until it is moved; it runs on from there. */
export class RunningClock implements MovableClock {
  private offset = 0;

  now(): number {
    return Date.now() + this.offset;
  }

  moveTo(time: number): void {
    this.offset = time - Date.now();
  }

  advance(milliseconds: number): void {
    this.offset += milliseconds;
  }
}

/** Seconds since the epoch, the unit of JWT claims and of the timestamps of Cognito and AgentCore Identity. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
