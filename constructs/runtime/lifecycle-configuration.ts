import { Fn, Token } from "cdktf";
import { DEFAULT_LIFECYCLE, LIFECYCLE_SECONDS } from "../../aws/agentcore/limits";
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

/** Both values: the provider takes the block with both or not at all (hashicorp/terraform-provider-aws#45290). */
export function completeLifecycle(lifecycle: LifecycleConfiguration): Required<LifecycleConfiguration> {
  const { maxLifetime = DEFAULT_LIFECYCLE.maxLifetime } = lifecycle;
  const idleRuntimeSessionTimeout =
    lifecycle.idleRuntimeSessionTimeout ?? smaller(DEFAULT_LIFECYCLE.idleRuntimeSessionTimeout, maxLifetime);
  return { idleRuntimeSessionTimeout, maxLifetime };
}

function smaller(literal: number, value: number): number {
  return Token.isUnresolved(value) ? Token.asNumber(Fn.min([literal, value])) : Math.min(literal, value);
}

/** What is wrong with the literal values; CDKTF tokens are skipped. */
export function lifecycleProblems(lifecycle: LifecycleConfiguration): Problem[] {
  const { shortest, longest } = LIFECYCLE_SECONDS;
  const { idleRuntimeSessionTimeout: idle, maxLifetime } = completeLifecycle(lifecycle);
  const highestIdle = Token.isUnresolved(maxLifetime) ? longest : Math.min(maxLifetime, longest);
  const outside = (value: number, highest: number): boolean =>
    !Token.isUnresolved(value) && (value < shortest || value > highest);
  return [
    ...(outside(maxLifetime, longest) ? [valueOutOfRange("maxLifetime", maxLifetime, shortest, longest)] : []),
    ...(outside(idle, highestIdle) ? [valueOutOfRange("idleRuntimeSessionTimeout", idle, shortest, highestIdle)] : []),
  ];
}
