import { EMULATOR_OPTIONS, readEmulatorOptions, type EmulatorSettings } from "../../emulator/options";
import { UsageError } from "../../errors";
import { parseParameters } from "../../parameters";

const OPTIONS = { ...EMULATOR_OPTIONS, state: { type: "string" }, tofu: { type: "boolean", default: false } } as const;

/** What the command `terraform` was asked for. */
export interface TerraformOptions {
  readonly program: "terraform" | "tofu";
  /** Terraform's own arguments. */
  readonly args: readonly string[];
  readonly statePath: string | undefined;
  readonly emulator: EmulatorSettings & { readonly port: number };
}

/** The options of this command stand before those of terraform. @throws UsageError */
export function parseTerraformOptions(parameters: readonly string[]): TerraformOptions {
  const end = lengthOfOwn(parameters);
  const { values } = parseParameters(parameters.slice(0, end), OPTIONS);
  const args = parameters.slice(end);
  if (args.length === 0) {
    throw new UsageError("Say what terraform is to do, for example: cdktf-agentcore terraform apply.");
  }
  const { port = 0, ...emulator } = readEmulatorOptions(values);
  if (port === 0) throw new UsageError("--port names the emulator's port for every run; 0 is none.");
  return {
    program: values.tofu ? "tofu" : "terraform",
    args,
    statePath: values.state,
    emulator: { ...emulator, port },
  };
}

function lengthOfOwn(parameters: readonly string[]): number {
  let length = 0;
  for (let next = parameters[0]; next !== undefined; next = parameters[length]) {
    const [, name = "", attached] = /^--([a-z-]+)(=.*)?$/s.exec(next) ?? [];
    if (!isOwn(name)) break;
    length += OPTIONS[name].type === "string" && attached === undefined ? 2 : 1;
  }
  return Math.min(length, parameters.length);
}

function isOwn(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}
