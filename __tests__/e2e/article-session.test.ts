import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { Command, REPOSITORY } from "../support/command";
import { describeWhen, missing } from "../support/skip";
import { ADDED, GREETED, LISTED } from "./article-transcript";

const run = promisify(execFile);

const needed = [missing("bash"), missing("aws"), missing("curl"), missing("jq")].filter(Boolean);

/** The article's commands to the letter, but for `npx cdktf-agentcore output` in the place of `terraform output`. */
const articleSession = (port: string) => String.raw`
INBOUND_USER_POOL_ID=$(npx cdktf-agentcore output -raw inbound_user_pool_id --port ${port})
INBOUND_CLIENT_ID=$(npx cdktf-agentcore output -raw inbound_client_id --port ${port})
export AWS_REGION=us-east-1
aws cognito-idp admin-create-user \
--user-pool-id $INBOUND_USER_POOL_ID \
--username test-user \
--temporary-password 'TempPass123!' \
--message-action SUPPRESS
aws cognito-idp admin-set-user-password \
--user-pool-id $INBOUND_USER_POOL_ID \
--username test-user \
--password 'TestPass123!' \
--permanent
TOKEN=$(aws cognito-idp initiate-auth \
--client-id $INBOUND_CLIENT_ID \
--auth-flow USER_PASSWORD_AUTH \
--auth-parameters USERNAME=test-user,PASSWORD='TestPass123!' \
--query 'AuthenticationResult.AccessToken' \
--output text)
GATEWAY_URL=$(npx cdktf-agentcore output -raw gateway_url --port ${port})
curl -X POST "$GATEWAY_URL" \
-H "Authorization: Bearer $TOKEN" \
-H "Content-Type: application/json" \
-H "Accept: application/json, text/event-stream" \
-d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | jq
curl -X POST "$GATEWAY_URL" \
-H "Authorization: Bearer $TOKEN" \
-H "Content-Type: application/json" \
-H "Accept: application/json, text/event-stream" \
-d '{
"jsonrpc":"2.0",
"id":2,
"method":"tools/call",
"params":{
"name":"m2m-auth-demo-mcp-target___add_numbers",
"arguments":{"a": 5, "b": 3}
}
}' | jq
curl -X POST "$GATEWAY_URL" \
-H "Authorization: Bearer $TOKEN" \
-H "Content-Type: application/json" \
-H "Accept: application/json, text/event-stream" \
-d '{
"jsonrpc":"2.0",
"id":3,
"method":"tools/call",
"params":{
"name":"m2m-auth-demo-mcp-target___greet_user",
"arguments":{"name": "Alice"}
}
}' | jq
`;

/** What a shell needs to take the emulator for AWS; the rest of the session is the article's own. */
const forEmulator = (url: string): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_EC2_METADATA_DISABLED: "true",
  // Version 1 of the AWS CLI does not read the article's AWS_REGION.
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
});

/** The JSON documents that a session printed, each ended by a line that closes its outermost brace. */
function documents(stdout: string): unknown[] {
  return (stdout.match(/^\{$.*?^\}$/gms) ?? []).map((text) => JSON.parse(text) as unknown);
}

/** `npx`, without its start, which is most of what the command takes. */
const NPX = `npx() { shift; "${process.execPath}" dist/cli/main.js "$@"; }`;

async function bash(script: string, env: NodeJS.ProcessEnv): Promise<unknown[]> {
  const { stdout } = await run("bash", ["--norc", "-euo", "pipefail", "-c", script], { cwd: REPOSITORY, env });
  return documents(stdout);
}

describeWhen(needed.length === 0, needed.join(", "), "the article's shell session", () => {
  let emulator: Command;

  beforeEach(async () => {
    emulator = new Command("npm", ["start", "--", "--port", "0"]);
    await emulator.says(/Ctrl-C/);
  });

  afterEach(async () => {
    emulator.interrupt();
    await emulator.end();
  });

  it("gives the article's answers", async () => {
    const [, url = "", port = ""] = await emulator.says(/AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:(\d+))/);
    const [created, ...answers] = await bash(articleSession(port), forEmulator(url));
    expect(created).toMatchObject({
      User: { Username: "test-user", UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true },
    });
    expect(answers).toEqual([LISTED, ADDED, GREETED]);
  }, 60_000);

  it("works as npm start prints it to be copied", async () => {
    const [, lines = ""] = await emulator.says(/in this folder:\n\n(.*?)\n\nServing/s);
    const { PATH, HOME } = process.env;
    const [created, ...answers] = await bash(lines, { PATH, HOME });
    expect(created).toMatchObject({ User: { Username: "test-user" } });
    expect(answers).toEqual([LISTED]);
  }, 60_000);
});

const FOLDER = "__tests__/review/article";

describeWhen(needed.length === 0, needed.join(", "), "the article's shell session", () => {
  it.each([
    ["HCL", [FOLDER]],
    ["a plan", [`${FOLDER}/plan.json`]],
    ["a plan with its source", [`${FOLDER}/plan.json`, "--source", FOLDER]],
  ])(
    "gives the article's answers from %s, without terraform",
    async (_, parameters) => {
      const emulator = Command.ofCli(["up", ...parameters, "--port", "0"]);
      try {
        const [, url = "", port = ""] = await emulator.says(/AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:(\d+))/);
        const [, ...answers] = await bash(`${NPX}${articleSession(port)}`, forEmulator(url));
        expect(answers).toEqual([LISTED, ADDED, GREETED]);
      } finally {
        emulator.interrupt();
        await emulator.end();
      }
    },
    60_000,
  );
});
