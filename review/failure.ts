import type { Review } from "./review";
import type { Finding } from "./rule";

/** What ends a review with a failure. */
export interface FailurePolicy {
  /** The least severity that does. */
  readonly failOn: "error" | "warning" | "never";
  /** Whether what could not be checked does. */
  readonly strict: boolean;
}

export function isFailure({ severity }: Finding, { failOn }: FailurePolicy): boolean {
  return (severity === "error" && failOn !== "never") || (severity === "warning" && failOn === "warning");
}

export function fails({ findings, unchecked }: Review, policy: FailurePolicy): boolean {
  return (policy.strict && unchecked.length > 0) || findings.some((finding) => isFailure(finding, policy));
}
