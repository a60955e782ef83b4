import type { Call } from "../../emulator";

const WORDS = expect.stringMatching(/\S/) as string;

/**
 * Expects the trace of a call to name the hop that refused, the check that did with what it expected and what it got,
 * and what would mend it.
 *
 * @param cause what the check got, after its name: `client_id: no such claim`
 */
export function expectCause(call: Call | undefined, hop: string, cause: string | RegExp): void {
  const refusal = call?.refusedAt === undefined ? undefined : call.hops[call.refusedAt];
  const failed = refusal?.checks.filter(({ passed }) => !passed) ?? [];
  const named = failed.map(({ name, actual }) => `${name}: ${actual}`).join("\n");
  expect([refusal?.name, named]).toEqual([
    hop,
    typeof cause === "string" ? expect.stringContaining(cause) : expect.stringMatching(cause),
  ]);
  for (const check of failed) expect(check).toEqual({ name: WORDS, passed: false, expected: WORDS, actual: WORDS });
  expect(refusal?.fix).toEqual(WORDS);
}
