import { REPOSITORY, startUp } from "../../../support/command";
import { cdktfAgentcore, CommandHere } from "../../../support/command-here";

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
