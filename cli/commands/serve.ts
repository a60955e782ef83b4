import { Emulator } from "../../emulator";
import { parseDocument, topologyOf } from "../../topology";
import { asUsageError } from "../emulator-start";
import { onInterruption, whenAborted } from "../interruption";
import { awsEnvironment } from "../lines-to-copy";
import { parseServeOptions } from "../serve-options";
import { ServerLog } from "../server-log";
import { paint } from "../terminal";

/** Runs an account in which nothing is deployed yet, until Ctrl-C: what Terraform or an AWS SDK then creates is there. */
export async function serve(parameters: string[]): Promise<void> {
  const { region, emulator: options } = parseServeOptions(parameters);
  const topology = topologyOf(
    parseDocument("serve", Buffer.from(JSON.stringify({ provider: { aws: [{ region }] } }))),
    {},
  );
  const interruption = onInterruption();
  const serverLog = new ServerLog();
  const emulator = await Emulator.start({ ...options, topology, signal: interruption, log: serverLog.write }).catch(
    (error: unknown) => {
      throw asUsageError(error);
    },
  );
  try {
    serverLog.open();
    const lines = awsEnvironment(emulator.url, region).map((line) => `  ${line}\n`);
    process.stdout.write(
      `${paint.bold("Serving an empty account at")} ${paint.cyan(emulator.url)}\n\n` +
        `${paint.bold("For terraform, the AWS CLI and SDKs")}, in another terminal:\n\n${lines.join("")}\n` +
        "Ctrl-C stops the emulator; what was created goes with it.\n",
    );
    await whenAborted(interruption);
  } finally {
    await emulator.stop();
  }
}
