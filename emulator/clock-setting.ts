import type { MovableClock } from "./clock";

/** Milliseconds of a duration's units. */
const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

const DURATION = /^[+-](\d+(?:\.\d+)?(?:d|h|ms|m|s))+$/;
/** RFC 3339, or a date alone; a time without a zone would mean another moment on every machine. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** The last moment that a JavaScript date can hold. */
const END_OF_TIME = 8.64e15;

/**
 * Moves a clock to a moment (`2027-01-31T12:00:00Z`) or by a duration (`+1h30m`, `-2d`).
 *
 * @throws RangeError for any other text
 */
export function setClock(clock: MovableClock, setting: string): void {
  const time = DURATION.test(setting)
    ? clock.now() + duration(setting)
    : MOMENT.test(setting)
      ? Date.parse(setting)
      : NaN;
  if (!(Math.abs(time) <= END_OF_TIME)) {
    throw new RangeError(
      `The clock setting '${setting}' is neither a moment such as 2027-01-31T12:00:00Z nor a duration such as +1h30m.`,
    );
  }
  clock.moveTo(time);
}

function duration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(d|h|ms|m|s)/g)];
  const milliseconds = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? NaN), 0);
  return Math.round(text.startsWith("-") ? -milliseconds : milliseconds);
}
