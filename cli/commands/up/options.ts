import type { ReadingOptions } from "../../../topology";
import { EMULATOR_OPTIONS, readEmulatorOptions, type EmulatorSettings } from "../../emulator/options";
import { UsageError } from "../../errors";
import { parseParameters } from "../../parameters";
import { takeAnswers, takeAssignments } from "../../stack/documents";

/** What the command `up` was asked for. */
export interface UpOptions {
  readonly path: string;
  readonly reading: ReadingOptions;
  readonly walk: boolean;
  readonly once: boolean;
  readonly watch: boolean;
  /** The file that keeps ids, keys and users. */
  readonly statePath: string | undefined;
  readonly emulator: EmulatorSettings;
  /** Whether what is not supported is left out, instead of ending the command. */
  readonly skipsUnsupported: boolean;
  /** Whether what does not wait for a resource that AWS refuses is deployed. */
  readonly keepsGoing: boolean;
}

/** @throws UsageError */
export function parseUpOptions(parameters: string[]): UpOptions {
  const { assignments, others } = takeAssignments(parameters);
  const { values, positionals } = parseParameters(others, {
    ...EMULATOR_OPTIONS,
    source: { type: "string" },
    "skip-unsupported": { type: "boolean", default: false },
    "keep-going": { type: "boolean", default: false },
    data: { type: "string", multiple: true },
    watch: { type: "boolean", default: false },
    state: { type: "string" },
    keep: { type: "boolean", default: false },
    walk: { type: "boolean", default: false },
    once: { type: "boolean", default: false },
  });
  const [path = "cdktf.out", ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one path, not ${positionals.length}.`);
  const { walk, once, watch, state: statePath } = values;
  if (once && watch) throw new UsageError("--once ends after the walk and --watch never does: choose one of them.");
  const emulator = { ...readEmulatorOptions(values), keepFailed: values.keep };
  const reading = { assignments, source: values.source, answers: takeAnswers(values.data) };
  const { "skip-unsupported": skipsUnsupported, "keep-going": keepsGoing } = values;
  return { path, reading, walk, once, watch, statePath, emulator, skipsUnsupported, keepsGoing };
}
