import { REPOSITORY, startUp } from "../../../support/command";
import { cdktfAgentcore, CommandHere } from "../../../support/command-here";
import { temporaryFolder } from "../../../support/temporary-folder";

const FOLDER = `${REPOSITORY}/__tests__/support/refused-agent`;
const HANDLER = `${REPOSITORY}/__tests__/support/servers/lambda-tools.js#withCallback`;
const FUNCTIONS = ["lend-book", "return-book"].flatMap((name) => ["--lambda", `library-default-${name}=${HANDLER}`]);
const AGENT = "aws_bedrockagentcore_agent_runtime.agent";
const REFUSAL = "ValidationException: Access denied while validating ECR URI";
const WAITING = `aws_bedrockagentcore_workload_identity.agent failed: it waits for ${AGENT}, which is not there`;

test("ends without --keep-going, and names it", async () => {
  const { status, stderr } = await cdktfAgentcore("up", FOLDER, "--once", "--port", "0", ...FUNCTIONS);
  expect(status).toBe(1);
  expect(stderr).toContain(`${AGENT} failed: ${REFUSAL}`);
  expect(stderr).toMatch(/; --keep-going deploys what does not wait for it\.\n$/);
});

test("deploys what does not wait for the refused resource, says what is not there, and ends with 1", async () => {
  const { command, port, url } = await startUp(FOLDER, "--keep-going", ...FUNCTIONS);
  const said = command.stdout.replace(/\n +/g, " ");
  for (const line of [
    `✗ ${AGENT} failed: ${REFUSAL}`,
    `✗ ${WAITING}`,
    "✗ Deployed 12 of 14 resources",
    `not there: ${AGENT} why       ${REFUSAL}`,
  ]) {
    expect(said).toContain(line);
  }
  const called = await cdktfAgentcore("call", "return_book", '{"title": "Emma"}', "--port", port);
  expect(called).toMatchObject({ status: 0, stdout: expect.stringContaining('"title":"Emma"') as string });
  const system = (await (await fetch(`${url}/_emulator/system`)).json()) as { deployment: object };
  expect(system.deployment).toMatchObject({ status: "incomplete", address: AGENT });
  command.interrupt();
  const { status, stderr } = await command.end();
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${AGENT} had failed: ${REFUSAL}`)]);
});

test("walks with --once what stands, and ends with 1", async () => {
  const parameters = ["--keep-going", "--walk", "--once", "--port", "0", ...FUNCTIONS];
  const { status, stdout, stderr } = await cdktfAgentcore("up", FOLDER, ...parameters);
  expect(stdout).toContain('"name": "lend-book___lend_book"');
  expect(stderr).toMatch(/had failed: .* And 1 more is not there\.\n$/s);
  expect(status).toBe(1);
});

test("ends as interrupted, whatever is not there, when Ctrl-C comes before the walk is done", async () => {
  const command = new CommandHere(["up", FOLDER, "--keep-going", "--walk", "--once", "--port", "0", ...FUNCTIONS]);
  await command.says(/Deployed 12 of 14 resources/);
  command.interrupt();
  expect(await command.end()).toMatchObject({ status: 130, stderr: "" });
});

/** Moves the cursor of a terminal, in two ways, and turns text around. */
const HOSTILE = "\u001b[2J\u009b2J\u202e";

const hostileStack = (name: string) =>
  JSON.stringify({
    provider: { aws: [{ region: "us-east-1" }] },
    resource: {
      aws_cognito_user_pool: { named: { for_each: { [HOSTILE]: "" }, name: "tools" } },
      aws_bedrockagentcore_gateway: {
        open: { name, role_arn: "arn:aws:iam::123456789012:role/tools", authorizer_type: "NONE", protocol_type: "MCP" },
      },
    },
    output: {
      text: { value: `a\n${HOSTILE}` },
      "a'; touch here #_gateway_url": { value: "${aws_bedrockagentcore_gateway.open.gateway_url}" },
    },
  });

test("shows what a stack calls its resources without obeying it", async () => {
  const folder = temporaryFolder({ "main.tf.json": hostileStack(HOSTILE) });
  const { stdout, stderr } = await cdktfAgentcore("up", folder, "--keep-going", "--once", "--port", "0");
  expect(stdout).toContain('created aws_cognito_user_pool.named["');
  expect(stdout).toMatch(/failed: ValidationException: .*\\u001b\[2J\\u009b2J\\u202e/);
  expect(`${stdout}${stderr}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("shows values without obeying them, and lines to copy with names that stay words", async () => {
  const { command, port } = await startUp(temporaryFolder({ "main.tf.json": hostileStack("tools") }));
  expect(command.stdout).toContain(`output -raw 'a'\\''; touch here #_gateway_url' --port ${port})`);
  const { stdout } = await cdktfAgentcore("output", "--port", port);
  expect(stdout).toContain("\n\\u001b[2J\\u009b2J\\u202e\nEOT\n");
  command.interrupt();
  await command.end();
});
