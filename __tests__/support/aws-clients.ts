import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a user sets to point AWS CLIs and SDKs at the emulator, and nothing of the machine's own. */
export function awsEnvironment(endpointUrl: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ENDPOINT_URL: endpointUrl,
  };
}

/** A client that hangs ends before its test does. */
const CLIENT_MS = 25_000;

/** @returns what the AWS CLI prints; rejects with its error output */
export async function aws(endpointUrl: string, ...args: string[]): Promise<string> {
  return (await run("aws", args, { env: awsEnvironment(endpointUrl), timeout: CLIENT_MS })).stdout;
}

/**
 * Runs a Python file after `prelude.py`, with the values as `values`.
 *
 * @returns what it handed to `show`, by name
 */
export async function boto3Session(
  endpointUrl: string,
  file: string,
  values: object = {},
): Promise<Record<string, unknown>> {
  const [prelude, program] = [join(__dirname, "prelude.py"), file].map((path) => readFileSync(path, "utf8"));
  const options = { env: awsEnvironment(endpointUrl), timeout: CLIENT_MS };
  const args = ["-c", `${prelude}\n${program}\nfinish()`, JSON.stringify(values)];
  const { stdout } = await run("python3", args, options).catch((error: unknown) => {
    // Node's message repeats the whole program; what failed is in Python's own words.
    throw new Error(`${file}: ${String((error as { stderr?: unknown }).stderr)}`);
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}
