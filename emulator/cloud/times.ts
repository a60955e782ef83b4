import type { Clock } from "../clock";

/** When something came to be as it is, in milliseconds since the epoch. */
export interface Times {
  readonly createdAt: number;
  updatedAt: number;
}

/** Those of something new. */
export function timesNow(clock: Clock): Times {
  const now = clock.now();
  return { createdAt: now, updatedAt: now };
}
