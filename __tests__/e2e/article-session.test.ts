import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { cognito } from "../support/callers";
import { Command, REPOSITORY } from "../support/command";
import { describeWhen, missing } from "../support/skip";
import { articleSession, documents } from "./article-shell";
import { ADDED, GREETED, LISTED } from "./article-transcript";

const run = promisify(execFile);

const needed = [missing("bash"), missing("aws"), missing("curl"), missing("jq")].filter(Boolean);

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

async function bash(script: string, env: NodeJS.ProcessEnv): Promise<unknown[]> {
  const { stdout } = await run("bash", ["--norc", "-euo", "pipefail", "-c", script], { cwd: REPOSITORY, env });
  return documents(stdout);
}

describeWhen(needed.length === 0, needed.join(", "), "the article's shell session", () => {
  let emulator: Command;
  let url = "";
  let port = "";

  beforeAll(async () => {
    emulator = new Command("npm", ["start", "--", "--port", "0"]);
    await emulator.says(/Ctrl-C/);
    [, url = "", port = ""] = await emulator.says(/AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:(\d+))/);
  }, 60_000);

  // The next session creates its user anew.
  afterEach(async () => {
    const outputs = (await (await fetch(`${url}/_emulator/outputs`)).json()) as Record<string, { value: unknown }>;
    const UserPoolId = outputs["inbound_user_pool_id"]?.value;
    expect(await cognito({ url }, "AdminDeleteUser", { UserPoolId, Username: "test-user" })).toMatchObject({
      status: 200,
    });
  });

  afterAll(async () => {
    emulator.interrupt();
    await emulator.end();
  });

  test("gives the article's answers", async () => {
    const [created, ...answers] = await bash(
      articleSession((name) => `node dist/cli/main.js output -raw ${name} --port ${port}`),
      forEmulator(url),
    );
    expect(created).toMatchObject({
      User: { Username: "test-user", UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true },
    });
    expect(answers).toEqual([LISTED, ADDED, GREETED]);
  }, 60_000);

  test("works as npm start prints it to be copied", async () => {
    const [, lines = ""] = await emulator.says(/in this folder:\n\n(.*?)\n\nServing/s);
    const { PATH, HOME } = process.env;
    const [created, ...answers] = await bash(lines, { PATH, HOME });
    expect(created).toMatchObject({ User: { Username: "test-user" } });
    expect(answers).toEqual([LISTED]);
  }, 60_000);
});
