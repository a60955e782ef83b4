import type { GatewayRateLimitDeclaration } from "../../../topology";
import type { Times } from "../times";
import type { Throttle } from "./throttle";

/** A rate limit as it stands. */
export interface RateLimit extends Times {
  readonly rateLimitId: string;
  declaration: GatewayRateLimitDeclaration;
  status: "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
  /** What counts the requests of the configuration that is in force; none before the first is. */
  throttle?: Throttle;
}
