import { backendOf } from "../../../topology";
import type { Creators } from "../creators";
import type { GatewayTargets } from "./gateway-targets";
import type { Gateways } from "./gateways";
import type { RateLimits } from "./rate-limits/rate-limits";
import type { Target } from "./target";
import { UNREACHABLE } from "./target-errors";

/** A target that was accepted and then failed: what `terraform apply` reports is its status reasons. */
export class TargetFailure extends Error {}

/** A host that nothing here stands for may have a server on AWS, or anywhere else. */
function adviceFor({ declaration, statusReasons }: Target): string {
  const backend = backendOf(declaration);
  const endpoint = backend !== undefined && "endpoint" in backend ? backend.endpoint : "";
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  const isElsewhere = host !== "" && !/\.amazonaws\.(com|com\.cn|eu)$/.test(host);
  return isElsewhere && statusReasons.some((reason) => reason.includes(UNREACHABLE))
    ? `; nothing leaves this machine: a server of it has to stand for that host (--host ${host}=http://127.0.0.1:PORT)`
    : "";
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** `gatewayTarget` @throws TargetFailure */
export function gatewayCreators({
  gateways,
  gatewayTargets,
  rateLimits,
}: {
  readonly gateways: Gateways;
  readonly gatewayTargets: GatewayTargets;
  readonly rateLimits: RateLimits;
}): Pick<Creators, "gateway" | "gatewayTarget" | "gatewayRateLimit"> {
  return {
    gateway: (declaration) => gateways.create(declaration).attributes,
    async gatewayTarget(declaration) {
      const { target, settled: ended } = gatewayTargets.create(declaration);
      await ended;
      // As Terraform's provider does; an administrator consents later.
      const isThere = target.status === "READY" || target.status === "CREATE_PENDING_AUTH";
      if (!isThere) throw new TargetFailure(target.statusReasons.join("; ") + adviceFor(target));
      return { targetId: target.targetId };
    },
    async gatewayRateLimit(declaration) {
      // Terraform goes on once the gateway is READY, and the rate limit ACTIVE.
      await settled();
      const { rateLimitId } = rateLimits.create(declaration);
      await settled();
      return { rateLimitId };
    },
  };
}
