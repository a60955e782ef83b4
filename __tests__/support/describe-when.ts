/**
 * A `describe` that says in its own name why it is skipped.
 *
 * @param available - whether what the tests need is there
 * @param need - what is missing otherwise, e.g. `terraform on the PATH`
 */
export function describeWhen(available: boolean, need: string, name: string, tests: () => void): void {
  if (available) describe(name, tests);
  else describe.skip(`${name} [skipped: needs ${need}]`, tests);
}
