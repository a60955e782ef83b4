import { HostMappingError, PortRefusedError, PortTakenError, RegionError } from "../../emulator";
import { UsageError } from "../errors";

/** What the emulator does not take, in a sentence for whoever gave it; any other error as it is. */
export function asUsageError(error: unknown): unknown {
  const isUnusable =
    error instanceof PortTakenError ||
    error instanceof PortRefusedError ||
    error instanceof RegionError ||
    error instanceof HostMappingError;
  return isUnusable ? new UsageError(error.message) : error;
}
