import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Synthesizes and reviews the stacks of consumer/stacks.cjs in a project, and says what is remarkable of them. */
export async function makesStacks(framework: "cdktf" | "cdktn", project: string, program: string): Promise<void> {
  const context = { targetVersions: { terraform: ">=1.11.0" } };
  const env = {
    ...process.env,
    FRAMEWORK: framework,
    CHECKPOINT_DISABLE: "1",
    CDKTF_OUTDIR: "cdktf.out.stacks",
    CDKTF_CONTEXT_JSON: JSON.stringify(context),
  };
  await run(program, ["stacks.cjs"], { cwd: project, env });
  const folder = (name: string): string => join(project, "cdktf.out.stacks/stacks", name);
  const stack = (name: string): Stack => JSON.parse(readFileSync(join(folder(name), "cdk.tf.json"), "utf8")) as Stack;

  // AWS asks no runtime for the tools that the package's own server has.
  const [target] = Object.values(stack("existing").resource.aws_bedrockagentcore_gateway_target ?? {});
  expect(JSON.stringify(target)).toMatch(/"mcp_tool_schema":.*greet_user/);
  const addresses = (name: string) =>
    Object.entries(stack(name).resource).flatMap(([type, made]) => Object.keys(made).map((each) => `${type}.${each}`));
  expect(addresses("two-one").sort()).toEqual(addresses("one-two").sort());
  const [policy] = Object.values(stack("okta").resource.aws_bedrockagentcore_policy ?? {});
  expect(JSON.stringify(policy)).toContain("tools___look_up");

  const command = join(project, "node_modules/cdktf-agentcore/dist/cli/main.js");
  for (const name of ["existing", "one-two", "two-one", "okta"]) {
    const { stdout } = await run(program, [command, "review", folder(name)], { cwd: project, env });
    expect(stdout).toContain("0 errors, 0 warnings");
  }
}
