import type { LimitedDimensions, Rate, RateLimitEntry, RateMetric } from "../../aws/agentcore/rate-limits";
import type { Arguments } from "../arguments/arguments";
import { resourceReader } from "./reader";

export interface GatewayRateLimitDeclaration extends LimitedDimensions {
  readonly gatewayIdentifier: string;
  /** @default - a new one */
  readonly rateLimitId?: string;
  readonly description?: string;
}

/** The provider aws has none up to 6.66. */
export const gatewayRateLimit = resourceReader({
  type: "awscc_bedrockagentcore_gateway_rate_limit",
  kind: "gatewayRateLimit",
  read: (args): GatewayRateLimitDeclaration => ({
    gatewayIdentifier: args.text("gateway_identifier"),
    rateLimitId: args.optionalText("rate_limit_id"),
    description: args.optionalText("description"),
    dimensionKeys: args.texts("dimension_keys"),
    entries: args.blocks("entries").map(readEntry),
  }),
  assigned: ["id", "rate_limit_id"],
  attributes: ({ gatewayIdentifier }, { rateLimitId }: { readonly rateLimitId: string }) => ({
    id: `${gatewayIdentifier}|${rateLimitId}`,
    rate_limit_id: rateLimitId,
  }),
});

function readEntry(entry: Arguments): RateLimitEntry {
  return {
    dimensions: entry.optionalTextMap("dimensions") ?? {},
    requests: readRates(entry, "requests"),
    tokens: readRates(entry, "tokens"),
    connections: readRates(entry, "connections"),
  };
}

function readRates(entry: Arguments, metric: RateMetric): readonly Rate[] | undefined {
  const rates = entry.blocks(metric).map((rate) => ({ rate: rate.number("rate"), period: rate.text("period") }));
  return rates.length > 0 ? rates : undefined;
}
