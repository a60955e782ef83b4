import { spawnSync } from "node:child_process";
import { onceARunSync } from "./once-a-run";

/** Why a command cannot be used, or undefined when it can. It is tried once in a run of the tests. */
export function missing(command: string, args: readonly string[] = ["--version"]): string | undefined {
  const line = [command, ...args].join(" ");
  return onceARunSync(`tried-${line.replace(/\W+/g, "-")}`, () => {
    const { status } = spawnSync(command, args, { stdio: "ignore", timeout: 20_000 });
    return status === 0 ? undefined : `"${line}" does not work on this machine`;
  });
}

export const missingAwsCli = () => missing("aws");

export const missingBoto3 = () => missing("python3", ["-c", "import boto3"]);

/** Whether `terraform` is on the PATH. */
export const terraformAvailable = () => missing("terraform", ["-help"]) === undefined;

/** `test`, or, for a reason not to run, a test that is skipped by name and says why. */
export function testUnless(reason: string | undefined): jest.It {
  if (reason === undefined) return test;
  console.warn(`Tests of ${expect.getState().testPath ?? "this file"} are skipped: ${reason}`);
  return test.skip;
}

/**
 * A `describe` that says by name, in its title and on standard error, that it is skipped and why.
 *
 * @param available - whether what the tests need is there
 * @param need - what is missing otherwise, e.g. `curl 7.75 or later on the PATH`
 */
export function describeWhen(available: boolean, need: string, name: string, tests: () => void): void {
  if (available) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`SKIPPED ${name}: needs ${need}\n`);
  describe.skip(`${name} [needs ${need}]`, tests);
}

export function describeWithTerraform(name: string, tests: () => void): void {
  describeWhen(terraformAvailable(), "terraform on the PATH", name, tests);
}
