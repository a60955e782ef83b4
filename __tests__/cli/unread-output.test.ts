import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { REPOSITORY } from "../support/command";
import { describeWhen } from "../support/skip";

const PLAN = "__tests__/review/article/plan.json";
const COMMANDS = [["--help"], ["review", PLAN], ["review", "--format", "json", PLAN], ["output", "--port", "1"]];

/** In a shell, since a pipe whose reader is gone is made there. @returns the command's own status, and what it said */
function run(parameters: readonly string[], sink: string): { status: string; said: string } {
  const command = ["node", "dist/cli/main.js", ...parameters].join(" ");
  const { stdout, stderr } = spawnSync("bash", ["-c", `${command} ${sink}; echo "status \${PIPESTATUS[0]}" >&2`], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  const said = stdout + stderr;
  return { status: /status (\d+)/.exec(said)?.[1] ?? "", said: said.replace(/status \d+\n/, "") };
}

test.each(COMMANDS.map((command) => [command.join(" "), command] as const))(
  "ends with its own status when nobody reads: %s",
  (_, parameters) => {
    const { status } = run(parameters, ">/dev/null");
    expect(run(parameters, "| true")).toMatchObject({ status, said: expect.not.stringContaining("EPIPE") as string });
  },
);

describeWhen(existsSync("/dev/full"), "/dev/full", "a full disk", () => {
  test("fails with a sentence", () => {
    expect(run(["review", PLAN], ">/dev/full")).toEqual({
      status: "1",
      said: "cdktf-agentcore: The output cannot be written: ENOSPC.\n",
    });
  });
});
