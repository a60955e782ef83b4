import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** The version that the deploy scripts of package.json run through npx. */
export const cdktfCliVersion = "0.21.0";

const repository = resolve(__dirname, "../..");
const installation = join(repository, "node_modules", ".cache", `cdktf-cli-${cdktfCliVersion}`);
const program = join(installation, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
const run = promisify(execFile);

/** The CLI's terminal is a native module, which is published up to the ABI of Node.js 22. */
const NEWEST_ABI = 127;

/** Whether the CLI runs on this Node.js, and is installed already or npm can reach its registry to install it. */
export function cdktfCliAvailable(): boolean {
  if (Number(process.versions.modules) > NEWEST_ABI) return false;
  if (existsSync(program)) return true;
  const question = ["view", `cdktf-cli@${cdktfCliVersion}`, "version", "--fetch-retries=0", "--fetch-timeout=5000"];
  return spawnSync("npm", question, { stdio: "ignore", timeout: 15_000 }).status === 0;
}

/** Installs the CLI (423 MB) where it outlives this run and stays out of the project's dependencies. */
export async function installCdktfCli(): Promise<void> {
  if (existsSync(program)) return;
  const options = [
    "--prefix",
    installation,
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ];
  await run("npm", ["install", ...options, `cdktf-cli@${cdktfCliVersion}`]);
}

/**
 * `cdktf synth` in the repository, without telemetry and with another home than the user's.
 *
 * @param outdir - an empty folder for the output
 */
export async function cdktfSynth(outdir: string): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "cdktf-home-"));
  const environment = { ...process.env, HOME: home, CHECKPOINT_DISABLE: "1", CI: "1", FORCE_COLOR: "0" };
  await run(process.execPath, [program, "synth", "--output", outdir], { cwd: repository, env: environment });
  await rm(home, { recursive: true, force: true });
}
