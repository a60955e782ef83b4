import { spawnSync } from "node:child_process";

/** `test`, or, for a reason not to run, a test that is skipped by name and says why. */
export function testUnless(reason: string | undefined): jest.It {
  if (reason === undefined) {
    return test;
  }
  console.warn(`Tests of ${expect.getState().testPath ?? "this file"} are skipped: ${reason}`);
  return test.skip;
}

/** Why a command cannot be used, or undefined when it can. */
export function missing(command: string, args: readonly string[] = ["--version"]): string | undefined {
  const { status } = spawnSync(command, args, { stdio: "ignore" });
  return status === 0 ? undefined : `"${[command, ...args].join(" ")}" does not work on this machine`;
}
