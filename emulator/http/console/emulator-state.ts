import type { MovableClock } from "../../clock";
import type { DeploymentState } from "../../view/model";

/** As `terraform output -json` gives it. */
export interface TerraformOutput {
  /** Undefined, and left out of JSON, where a failed deployment did not come to know it, or there is a reason. */
  readonly value?: unknown;
  /** Why no deployment here comes to know it; undefined where one does. */
  readonly reason?: string;
  readonly sensitive: boolean;
}

/** What the emulator tells of itself, beside the AWS services. */
export interface EmulatorState {
  readonly url: string;
  readonly clock: MovableClock;
  deploymentState(): DeploymentState;
  /** @param origin by which the caller reaches the emulator. @default - its URL */
  outputs(origin?: string): Readonly<Record<string, TerraformOutput>>;
  /** Names beside those of the loopback interface by which the emulator may be reached, in lower case. */
  readonly allowedHosts: readonly string[];
}
