// cli/commands/serve/: an emulated account for other tools.
import { awsEnvironment } from "../../emulator/aws-environment";
import { startEmptyAccount } from "../../emulator/empty-account";
import { onInterruption, whenAborted } from "../../emulator/interruption";
import { ServerLog } from "../../emulator/server-log";
import { StateFile } from "../../emulator/state-file";
import { paint } from "../../terminal";
import { parseServeOptions } from "./options";

/** Runs an account in which nothing is deployed yet, until Ctrl-C: what Terraform or an AWS SDK then creates is there. */
export async function serve(parameters: string[]): Promise<void> {
  const { region, statePath, emulator: options } = parseServeOptions(parameters);
  const state = statePath === undefined ? undefined : StateFile.open(statePath, options.seed);
  const interruption = onInterruption();
  const serverLog = new ServerLog();
  const emulator = await startEmptyAccount(region, {
    ...options,
    seed: state?.seed ?? options.seed,
    signal: interruption,
    log: serverLog.write,
  });
  try {
    await state?.attachAccount(emulator);
    serverLog.open();
    const lines = awsEnvironment(emulator.url, region).map((line) => `  ${line}\n`);
    const [account, fate] =
      statePath === undefined ? ["an empty account", "goes with it"] : [`the account of ${statePath}`, "stays there"];
    process.stdout.write(
      `${paint.bold(`Serving ${account} at`)} ${paint.cyan(emulator.url)}\n` +
        `Its region is ${region}: where your provider names another, start it with --region.\n\n` +
        `${paint.bold("For terraform, the AWS CLI and SDKs")}, in another terminal:\n\n${lines.join("")}\n` +
        `Ctrl-C stops the emulator; what was created ${fate}.\n`,
    );
    await whenAborted(interruption);
  } finally {
    await emulator.stop();
  }
}
