import { ownRegion } from "../../emulator/aws-environment";
import { EMULATOR_OPTIONS, readEmulatorOptions, type EmulatorSettings } from "../../emulator/options";
import { UsageError } from "../../errors";
import { parseParameters } from "../../parameters";

/** What the command `serve` was asked for. */
export interface ServeOptions {
  readonly region: string;
  /** The file that keeps the account from one start to the next. */
  readonly statePath: string | undefined;
  readonly emulator: EmulatorSettings;
}

/** @throws UsageError */
export function parseServeOptions(parameters: string[]): ServeOptions {
  const { values, positionals } = parseParameters(parameters, {
    ...EMULATOR_OPTIONS,
    region: { type: "string" },
    state: { type: "string" },
  });
  const [superfluous] = positionals;
  if (superfluous !== undefined) {
    throw new UsageError(`serve starts empty and takes no path: to deploy ${superfluous}, use up.`);
  }
  const region = values.region ?? ownRegion();
  return { region, statePath: values.state, emulator: readEmulatorOptions(values) };
}
