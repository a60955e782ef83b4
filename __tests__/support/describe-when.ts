/**
 * A `describe` that says by name, in its title and on standard error, that it is skipped and why.
 *
 * @param available - whether what the tests need is there
 * @param need - what is missing otherwise, e.g. `terraform on the PATH`
 */
export function describeWhen(available: boolean, need: string, name: string, tests: () => void): void {
  if (available) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`SKIPPED ${name}: needs ${need}\n`);
  describe.skip(`${name} [needs ${need}]`, tests);
}
