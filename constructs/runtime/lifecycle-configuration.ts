import type { Problem } from "../private/errors";
import { valueOutOfRange } from "../private/problems/values";

/** How long the microVM of one session lives. */
export interface LifecycleConfiguration {
  /**
   * Seconds without a request after which a session ends: 60 to 1,209,600, and no more than maxLifetime.
   * @default 900
   */
  readonly idleRuntimeSessionTimeout?: number;

  /**
   * Seconds after which a session ends in any case: 60 to 1,209,600.
   * @default 28800
   */
  readonly maxLifetime?: number;
}

/** The service's own defaults, in seconds. */
const DEFAULTS = { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 };

/** CreateAgentRuntime, lifecycleConfiguration: a minute to two weeks. */
const [MIN_SECONDS, MAX_SECONDS] = [60, 1_209_600];

/** Both values: the provider takes the block with both or not at all (hashicorp/terraform-provider-aws#45290). */
export function completeLifecycle(lifecycle: LifecycleConfiguration): Required<LifecycleConfiguration> {
  const { maxLifetime = DEFAULTS.maxLifetime } = lifecycle;
  const idleRuntimeSessionTimeout =
    lifecycle.idleRuntimeSessionTimeout ?? Math.min(DEFAULTS.idleRuntimeSessionTimeout, maxLifetime);
  return { idleRuntimeSessionTimeout, maxLifetime };
}

export function lifecycleProblems(lifecycle: LifecycleConfiguration): Problem[] {
  const { idleRuntimeSessionTimeout: idle, maxLifetime } = completeLifecycle(lifecycle);
  const outside = (value: number): boolean => value < MIN_SECONDS || value > MAX_SECONDS;
  return [
    ...(outside(maxLifetime) ? [valueOutOfRange("maxLifetime", maxLifetime, MIN_SECONDS, MAX_SECONDS)] : []),
    ...(outside(idle) || idle > maxLifetime
      ? [valueOutOfRange("idleRuntimeSessionTimeout", idle, MIN_SECONDS, Math.min(maxLifetime, MAX_SECONDS))]
      : []),
  ];
}
