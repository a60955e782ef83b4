import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { temporaryFolder } from "../support/temporary-folder";

/** Runs terraform in a folder without network, credentials or configuration of the machine. */
function terraform(
  folder: string,
  variables: Readonly<Record<string, string>>,
  ...args: string[]
): SpawnSyncReturns<string> {
  const cliConfiguration = temporaryFolder({ "terraform.rc": "" });
  const env = {
    PATH: process.env["PATH"],
    HOME: cliConfiguration,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_CONFIG_FILE: `${cliConfiguration}/terraform.rc`,
    ...variables,
  };
  return spawnSync("terraform", args, { cwd: folder, encoding: "utf8", env, maxBuffer: 64 * 1024 * 1024 });
}

/** What terraform makes of the outputs of a configuration that needs no provider. */
export function terraformOutputs(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Record<string, { value: unknown; sensitive: boolean }> {
  for (const step of [["init"], ["apply", "-auto-approve"]]) {
    const result = terraform(folder, variables, ...step, "-no-color");
    if (result.status !== 0) throw new Error(`terraform ${step[0]}: ${result.stdout}${result.stderr}`);
  }
  return JSON.parse(terraform(folder, variables, "output", "-json").stdout) as Record<
    string,
    { value: unknown; sensitive: boolean }
  >;
}

/** The names of terraform's functions. */
export function terraformFunctions(): string[] {
  const { stdout } = terraform(temporaryFolder({}), {}, "metadata", "functions", "-json");
  const { function_signatures: signatures } = JSON.parse(stdout) as { function_signatures: Record<string, unknown> };
  return Object.keys(signatures).filter((name) => !name.includes("::"));
}

/** Whether terraform accepts a configuration, its references and the types of its expressions. */
export function terraformPlans(folder: string, variables: Readonly<Record<string, string>> = {}): boolean {
  return ["init", "plan"].every((step) => terraform(folder, variables, step, "-no-color").status === 0);
}
