import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Emulator } from "../../../emulator";
import { bentResources, emulate } from "../../support/article-stack";
import { cdktfAgentcore } from "../../support/command-here";
import { serveLocally } from "../../support/local-server";
import { describeWithTerraform } from "../../support/skip";
import { temporaryFolder } from "../../support/temporary-folder";

const run = promisify(execFile);

/** Every shape that an output can have, in Terraform JSON; `$${` and `%%{` are escapes of Terraform's templates. */
const OUTPUTS: Readonly<Record<string, unknown>> = {
  url: "http://127.0.0.1:4700/host/mcp?a=b&c=<d>",
  quoted: 'say "hi" \\ back\ttab $${literal} %%{x} é \u0001',
  lines: "one\ntwo\n",
  delimiter: "one\n  EOT\ntwo",
  count: 42,
  share: 1.5,
  flag: true,
  tuple: ["a", 1, true, null],
  object: { b: 1, a: "x", "k-y": { z: [1] }, lines: "a\nb" },
  empty: [[], {}],
};

let folder: string;
let emulator: Emulator;
let port: string;

beforeAll(async () => {
  folder = temporaryFolder();
  const output = Object.fromEntries(Object.entries(OUTPUTS).map(([name, value]) => [name, { value }]));
  const configuration = {
    output: { ...output, secret: { value: "s3cret", sensitive: true }, nothing: { value: null } },
  };
  await writeFile(join(folder, "outputs.tf.json"), JSON.stringify(configuration));
  emulator = await emulate(folder);
  ({ port } = new URL(emulator.url));
});
async function output(...parameters: string[]): Promise<string> {
  const { status, stdout, stderr } = await cdktfAgentcore("output", "--port", port, ...parameters);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

describeWithTerraform("output beside terraform output", () => {
  beforeAll(() => terraform("apply", "-auto-approve"));

  async function terraform(...parameters: string[]): Promise<string> {
    const env = { PATH: process.env["PATH"], HOME: folder, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    return (await run("terraform", parameters, { cwd: folder, env })).stdout;
  }

  test("prints the same list", async () => {
    expect(await output()).toBe(await terraform("output", "-no-color"));
  });

  test("prints the same JSON", async () => {
    expect(JSON.parse(await output("-json"))).toEqual(JSON.parse(await terraform("output", "-json")));
  });

  test.each(["quoted", "lines", "delimiter", "object", "secret"])("prints the same for %s alone", async (name) => {
    expect(await output(name)).toBe(await terraform("output", "-no-color", name));
  });

  test.each(["url", "lines", "share", "flag", "secret"])("prints the same for -raw %s", async (name) => {
    expect(await output("-raw", name)).toBe(await terraform("output", "-raw", name));
  });

  test("prints the same for -json with a name", async () => {
    expect(await output("-json", "tuple")).toBe(await terraform("output", "-json", "tuple"));
  });
});

describe("output, after a deployment that failed", () => {
  let failed: Emulator;

  beforeAll(async () => {
    const stack = await bentResources((resources) => {
      Object.assign(resources["aws_iam_role_policy"]?.["gateway_identity"] ?? {}, {
        policy: '{"Version":"2012-10-17","Statement":[]}',
      });
      resources["aws_bedrockagentcore_gateway"] = {
        main: { ...resources["aws_bedrockagentcore_gateway"]?.["main"], name: "not_allowed" },
      };
    });
    failed = await emulate(stack, { keepFailed: true });
  });

  afterAll(() => failed.stop());

  const ofFailed = (...parameters: string[]) =>
    cdktfAgentcore("output", "--port", new URL(failed.url).port, ...parameters);

  test("gives what is known, and names the rest", async () => {
    const { status, stdout, stderr } = await ofFailed();
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^Unknown, since the deployment failed before it knew them: .*gateway_url.*\.\n$/),
    ]);
    expect(stdout).toMatch(/^inbound_user_pool_id = "us-east-1_\w+"$/m);
    expect(stdout).not.toContain("gateway_url");
    expect(Object.keys(JSON.parse((await ofFailed("-json")).stdout) as object)).toContain("inbound_client_id");
  });

  test("fails with 1 and one sentence for one that is unknown", async () => {
    expect(await ofFailed("-raw", "gateway_url")).toEqual({
      status: 1,
      stdout: "",
      stderr: "cdktf-agentcore: The output 'gateway_url' is unknown: the deployment failed before it knew it.\n",
    });
    expect(await ofFailed("-raw", "inbound_client_id")).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("output, of what no deployment here comes to know", () => {
  const told: string[] = [];
  let deployed: Emulator;

  beforeAll(async () => {
    const stack = temporaryFolder({
      "main.tf": `resource "aws_sqs_queue" "orders" {
  name = "orders"
}
output "queue" {
  value = aws_sqs_queue.orders.url
}
output "name" {
  value = aws_sqs_queue.orders.name
}`,
    });
    deployed = await emulate(stack, { onAssumed: (sentence) => told.push(sentence) });
  });

  afterAll(() => deployed.stop());

  test("leaves it out, and says why", async () => {
    const reason = `it needs url of aws_sqs_queue.orders, with which it does not answer here; say what it answers with --data 'aws_sqs_queue.orders={"url": …}'.`;
    const { port: own } = new URL(deployed.url);
    expect(told).toContain(`output.queue is left out: ${reason}`);
    expect(await cdktfAgentcore("output", "--port", own)).toEqual({
      status: 0,
      stdout: 'name = "orders"\n',
      stderr: `queue is left out: ${reason}\n`,
    });
    expect(await cdktfAgentcore("output", "--port", own, "-raw", "queue")).toEqual({
      status: 1,
      stdout: "",
      stderr: `cdktf-agentcore: The output 'queue' is left out: ${reason}\n`,
    });
    expect(await cdktfAgentcore("output", "--port", own, "-raw", "name")).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("output", () => {
  test.each([
    ["an output that the stack does not have", ["missing"], "The output 'missing' is not there"],
    ["-raw for an object", ["-raw", "object"], "use -json instead of -raw"],
  ])("fails with 1 and one sentence for %s", async (_, parameters, sentence) => {
    const { status, stdout, stderr } = await cdktfAgentcore("output", "--port", port, ...parameters);
    expect([status, stdout, stderr]).toEqual([1, "", expect.stringMatching(`^cdktf-agentcore: .*${sentence}.*\n$`)]);
  });

  test("fails with 1 and one sentence where no emulator listens", async () => {
    const { status, stderr } = await cdktfAgentcore("output", "--port", "1");
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^cdktf-agentcore: No emulator answers on port 1: .*\.\n$/),
    ]);
  });

  test("fails with 1 and one sentence where something else listens", async () => {
    const { port: taken } = new URL(await serveLocally((_, response) => response.end("<h1>It works!</h1>")));
    const { status, stderr } = await cdktfAgentcore("output", "--port", taken);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^cdktf-agentcore: What listens on port \d+ is no emulator: .*\.\n$/),
    ]);
  });
});
