import { Emulator } from "../../emulator";
import { parseDocument, topologyOf } from "../../topology";
import type { EmulatorSettings } from "./options";
import { asUsageError } from "./start-error";

/** Emulates an account of this region in which nothing is deployed. @throws UsageError */
export function startEmptyAccount(region: string, settings: EmulatorSettings): Promise<Emulator> {
  const configuration = JSON.stringify({ provider: { aws: [{ region }] } });
  const topology = topologyOf(parseDocument("an empty account", Buffer.from(configuration)), {});
  return Emulator.start({ ...settings, topology }).catch((error: unknown) => {
    throw asUsageError(error);
  });
}
