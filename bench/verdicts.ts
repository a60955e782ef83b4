export interface Verdict {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
}

/** Says of each target whether it is met. @returns whether all are */
export function report(verdicts: readonly Verdict[]): boolean {
  console.log();
  const met = verdicts.map(({ what, value, limit }) => {
    const kept = value <= limit;
    console.log(`${kept ? "met   " : "MISSED"} ${what}: ${value.toFixed(2)} (at most ${limit.toFixed(2)})`);
    return kept;
  });
  return met.every(Boolean);
}
