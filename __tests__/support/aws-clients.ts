import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

import { onceARun } from "./once-a-run";

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
const CLIENT_S = 50;

interface Client {
  /** In Python, in the place of the AWS CLI. */
  readonly program?: string;
  readonly arguments: readonly string[];
}

/** @returns what the AWS CLI prints; rejects with its error output */
export function aws(endpointUrl: string, ...args: string[]): Promise<string> {
  return runClient(endpointUrl, { arguments: args });
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
  const client = { program: `${prelude}\n${program}\nfinish()`, arguments: [JSON.stringify(values)] };
  const stdout = await runClient(endpointUrl, client).catch((error: unknown) => {
    // Node's message repeats the whole program; what failed is in Python's own words.
    throw new Error(`${file}: ${String((error as { stderr?: unknown }).stderr)}`);
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A client that has failed. */
class ClientFailure extends Error {
  constructor(readonly stderr: string) {
    super(stderr);
  }
}

async function runClient(endpointUrl: string, client: Client): Promise<string> {
  const environment = awsEnvironment(endpointUrl);
  const socket = await loadedClients();
  if (socket === null) {
    const [program, args] = client.program === undefined ? ["aws", []] : ["python3", ["-c", client.program]];
    const options = { env: environment, timeout: CLIENT_S * 1_000 };
    return (await run(program, [...args, ...client.arguments], options)).stdout;
  }
  const connection = connect(socket);
  connection.write(`${JSON.stringify({ ...client, environment, seconds: CLIENT_S })}\n`);
  const { status, stdout, stderr } = JSON.parse(await text(connection)) as {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
  };
  if (status !== 0) throw new ClientFailure(stderr);
  return stdout;
}

/**
 * Where the run's one process listens that has loaded the clients, and forks for each: to load them is most of what a
 * call takes.
 *
 * @returns null where Python has no AWS CLI, such as that of version 2, which brings its own Python
 */
function loadedClients(): Promise<string | null> {
  return onceARun("aws-clients", async (folder) => {
    const socket = join(folder, "socket");
    const owner = process.env["RUN_OWNER"] ?? String(process.pid);
    const server = spawn("python3", [join(__dirname, "aws_clients.py"), socket, owner], {
      env: awsEnvironment(""),
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const said = await new Promise<string>((resolve) => {
      server.stdout.setEncoding("utf8").once("data", resolve);
      server.once("close", () => resolve(""));
    });
    server.stdout.destroy();
    server.unref();
    return said === "" ? null : socket;
  });
}
