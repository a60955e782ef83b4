import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plansOf } from "../../../review/kept-plan";
import { Command, REPOSITORY, startUpApart } from "../../../support/command";
import { cdktfAgentcore, cdktfAgentcoreReading } from "../../../support/command-here";
import { type Ended } from "../../../support/program";
import { startScriptedServer } from "../../../support/scripted-server";
import { describeWithTerraform } from "../../../support/skip";
import { temporaryFolder } from "../../../support/temporary-folder";

const ARTICLE = join(__dirname, "../../../review/article");
const PLAN = join(ARTICLE, "plan.json");
const folder = temporaryFolder();

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** `cdktf-agentcore up` with something on its standard input. */
function upWithInput(input: string, ...parameters: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["dist/cli/main.js", "up", ...parameters, "--port", "0"],
      { cwd: REPOSITORY },
      (_, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
    // The command may end before it has read everything.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

describe("up, given a plan", () => {
  test("says in one line each what it takes for a hidden text, deploys, and makes the article's calls", async () => {
    const { status, stdout } = await cdktfAgentcore("up", PLAN, "--once", "--walk", "--port", "0");
    expect(status).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.includes("The plan hides the text of"))).toHaveLength(6);
    expect(lines).toContain(
      "! The plan hides the text of aws_bedrockagentcore_gateway_target.mcp_server target_configuration.mcp.mcp_server.endpoint; taken as the invocation URL of aws_bedrockagentcore_agent_runtime.mcp_server.",
    );
    expect(stdout).toContain("✓ Deployed 18 resources to the emulator");
    expect(stdout).toContain('"text": "Hello, Alice! Nice to meet you."');
  });

  test("has nothing to take for anything beside the source, and makes the article's calls", async () => {
    const { status, stdout } = await cdktfAgentcore("up", PLAN, "--source", ARTICLE, "--once", "--walk", "--port", "0");
    expect(status).toBe(0);
    expect(stdout).not.toContain("The plan hides the text of");
    expect(stdout).toContain('"text": "Hello, Alice! Nice to meet you."');
  });

  test("reads it from standard input", async () => {
    const { status, stdout } = await upWithInput(readFileSync(PLAN, "utf8"), "-", "--once");
    expect([status, stdout]).toEqual([0, expect.stringContaining("✓ Deployed 18 resources to the emulator")]);
  });

  test("reads it from a pipe with a name, such as a shell's <(terraform show -json tfplan)", async () => {
    const command = new Command("bash", [
      "-c",
      `exec "$0" dist/cli/main.js up <(cat ${PLAN}) --once --port 0`,
      process.execPath,
    ]);
    expect(await command.end()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("✓ Deployed 18 resources") as string,
    });
  });

  test("keeps ids with --state, watches the server, and gives the plan's outputs", async () => {
    const state = join(folder, "state.json");
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      const { command, port } = await startUpApart(PLAN, "--state", state, "--watch");
      await command.says(/Watching .*: a change starts the server anew/);
      const { stdout } = await cdktfAgentcore("output", "-raw", "inbound_user_pool_id", "--port", port);
      ids.push(stdout);
      command.interrupt();
      expect(await command.end()).toMatchObject({ status: 0 });
    }
    expect(ids[0]).toMatch(/^us-east-1_\w{9}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  describe("with a write-only argument", () => {
    const weather = join(__dirname, "write-only-key");

    test.each([
      ["the variable's value", "k3y-of-the-weather", 0, "sends     the API key of weather"],
      ["another key", "other", 1, "Authorization error when sending message"],
    ])("sends an outside host the variable's value: to one that demands %s", async (_, value, status, text) => {
      const server = await startScriptedServer({ header: "x-api-key", value });
      const host = `tools.example.com=${server.url}`;
      const plan = join(weather, "plan.json");
      const ended = await cdktfAgentcore("up", plan, "--host", host, "--once", "--port", "0");
      const said = ended.stdout + ended.stderr;
      expect([ended.status, said]).toEqual([status, expect.stringContaining(text)]);
      expect(said).toContain("api_key_wo; taken as var.weather_key.");
      expect(said).not.toContain("k3y-of-the-weather");
    });

    describeWithTerraform("planned by terraform", () => {
      test("is the plan that is kept", async () => {
        const { planned, kept } = await plansOf(weather);
        expect(planned).toEqual(kept);
      });
    });
  });

  const bent = (bend: (plan: Record<string, unknown>) => void): string => {
    const plan = JSON.parse(readFileSync(PLAN, "utf8")) as Record<string, unknown>;
    bend(plan);
    return JSON.stringify(plan);
  };

  test.each([
    [
      "that ended with an error",
      () => bent((plan) => Object.assign(plan, { errored: true })),
      "is a plan that terraform ended with an error",
    ],
    [
      "that hides which pool is meant",
      () =>
        bent(() => undefined).replace(
          /"user_pool_id":\{"references":\[[^\]]*\]\}/,
          '"user_pool_id":{"references":["local.pool"]}',
        ),
      "the plan hides the text of user_pool_id, and it can name any of 2 resources of the kind aws_cognito_user_pool, made of local\\.pool; .*",
    ],
    [
      "that is empty, as a failed terraform show leaves it",
      () => "\n",
      "is not a Terraform configuration: it is empty",
    ],
    [
      "in Terraform's binary form",
      () => "PK\u0003\u0004plan",
      'a plan in Terraform\'s binary form; make a plan with "terraform plan -out=tfplan"',
    ],
    [
      "that is a state",
      () => '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}',
      "a state, not a plan",
    ],
    [
      "of a later format",
      () => '{"format_version":"2.0","planned_values":{}}',
      "a plan of format 2\\.0; format 1 is read",
    ],
  ])("fails with 2 and one sentence for one %s", async (_, text, sentence) => {
    const wanted = {
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`^cdktf-agentcore: [^\\n]*${sentence}[^\\n]*\\.\\n$`)) as string,
    };
    expect(await cdktfAgentcoreReading(text(), "up", "-", "--once", "--port", "0")).toEqual(wanted);
    expect(await cdktfAgentcore("up", file("plan.json", text()), "--once", "--port", "0")).toEqual(wanted);
  });
});
