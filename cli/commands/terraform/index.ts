// cli/commands/terraform/: terraform against an emulated account, with stand-ins for what it would run.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { constants, devNull } from "node:os";
import { dirname, join } from "node:path";

import type { Emulator } from "../../../emulator";
import { readApplySettings, type ApplySettings } from "../../../topology";
import { ownRegion } from "../../emulator/aws-environment";
import { startEmptyAccount } from "../../emulator/empty-account";
import { findEmulator } from "../../emulator/running";
import { ServerLog } from "../../emulator/server-log";
import { StateFile } from "../../emulator/state-file";
import { systemCode, UsageError } from "../../errors";
import { parseTerraformOptions, type TerraformOptions } from "./options";
import { refuseForeignState, refuseRealAccount } from "./real-account";
import { StandIns } from "./stand-ins";

/** Subcommands that neither read a configuration nor call anybody. */
const HARMLESS = /^(-{0,2}(version|help)|-v|fmt)$/;

/** Subcommands that call AWS. */
const CALLING = ["plan", "apply", "destroy", "refresh", "import", "test", "console"];

/**
 * Runs terraform or tofu with the emulated account instead of AWS, and ends as it ends.
 *
 * @throws UsageError where the run could reach a real account or lose the state of one
 */
export async function terraform(parameters: readonly string[]): Promise<void> {
  const options = parseTerraformOptions(parameters);
  const subcommand = options.args.find((argument) => !argument.startsWith("-chdir")) ?? "";
  if (HARMLESS.test(subcommand)) return endAs(await run(options, process.env));
  const folder = options.args.find((argument) => argument.startsWith("-chdir="))?.slice("-chdir=".length) ?? ".";
  const settings = readApplySettings(folder);
  refuseRealAccount(settings);
  refuseForeignState(folder, settings);
  // Ctrl-C reaches terraform by itself; whoever asks this command to end means terraform as well.
  process.on("SIGINT", () => undefined);
  const region = regionOf(settings);
  const own = CALLING.includes(subcommand) ? await emulatorFor(options, folder, region) : undefined;
  const standIns = new StandIns(process.env["PATH"] ?? "");
  try {
    const url = own?.url ?? `http://127.0.0.1:${options.emulator.port}`;
    endAs(await run(options, { ...emulatedEnvironment(url, region), PATH: standIns.pathBefore }));
  } finally {
    standIns.remove();
    await own?.stop();
  }
}

/** @returns undefined where an emulator runs already */
async function emulatorFor(options: TerraformOptions, folder: string, region: string): Promise<Emulator | undefined> {
  const running = await findEmulator(options.emulator.port);
  if (running && running.region !== region) {
    const remedy = `serve that one with --region ${region}, or name another port with --port`;
    throw new UsageError(
      `The emulator on port ${options.emulator.port} is in ${running.region}, this stack in ${region}: ${remedy}.`,
    );
  }
  const statePath = options.statePath ?? join(folder, ".terraform", "cdktf-agentcore.json");
  if (running) return undefined;
  mkdirSync(dirname(statePath), { recursive: true });
  const state = StateFile.open(statePath, options.emulator.seed);
  const log = new ServerLog().write;
  const emulator = await startEmptyAccount(region, { ...options.emulator, seed: state.seed, log });
  await state.attachAccount(emulator);
  process.stderr.write(
    `cdktf-agentcore: the account is emulated at ${emulator.url} for this run and kept in ${statePath}; ` +
      `cdktf-agentcore serve --state ${statePath} serves it. Images are neither built nor run.\n`,
  );
  return emulator;
}

function regionOf({ awsProviders }: ApplySettings): string {
  const told = awsProviders.map(({ body }) => body["region"]).find((region) => typeof region === "string");
  const isLiteral = typeof told === "string" && /^[a-z0-9-]+$/.test(told);
  return isLiteral ? told : ownRegion();
}

/** The environment without anything that leads to a real account, and with what leads to the emulated one. */
function emulatedEnvironment(url: string, region: string): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
  return {
    ...own,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    NO_PROXY: [own["NO_PROXY"], "127.0.0.1"].filter(Boolean).join(","),
  };
}

/** @returns the exit status, as shells give it for an end by a signal. @throws UsageError where the program is missing */
function run({ program, args }: TerraformOptions, environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    // Listening first: the program runs before spawn returns.
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    const child = spawn(program, args, { stdio: "inherit", env: environment });
    child.once("error", (error) => {
      const reason = systemCode(error) === "ENOENT" ? "is not on the PATH" : `cannot be started: ${systemCode(error)}`;
      reject(new UsageError(`${program} ${reason}.`));
    });
    child.once("exit", (status, signal) => resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function endAs(status: number): void {
  process.exitCode = status;
}
