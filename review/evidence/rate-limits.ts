import { type LimitedDimensions, RATE_METRICS, type Rate, type RateLimitEntry } from "../../aws/agentcore/rate-limits";
import { type Block, type Gateway, type Symbolic, Unknown } from "../../topology";
import { OPEN } from "./policies";
import type { Subject } from "../rule";

/** A rate limit as far as the source shows it. */
export interface ShownRateLimit extends LimitedDimensions {
  readonly address: string;
  readonly arguments: Block;
  /** Left out where the source does not tell. */
  readonly gateway?: Gateway | undefined;
}

/** Of the provider awscc; aws has none up to 6.66. */
const TYPE = "awscc_bedrockagentcore_gateway_rate_limit";

/** The rate limits whose keys are shown. A value that only Terraform knows is `OPEN`, and such a rate no number. */
export function rateLimitsIn({ inventory, system }: Subject): ShownRateLimit[] {
  return inventory.instances
    .filter(({ type }) => type === TYPE)
    .flatMap(({ address, arguments: block }) => {
      const dimensionKeys = block.optionalTexts("dimension_keys");
      if (dimensionKeys === undefined || dimensionKeys instanceof Unknown) return [];
      const id = block.text("gateway_identifier");
      const named = id instanceof Unknown ? id.references.map((reference) => reference.address) : [];
      return {
        address,
        arguments: block,
        gateway: system.gateways.find((gateway) => named.includes(gateway.address)),
        dimensionKeys: dimensionKeys.map(shownText),
        entries: block.blocks("entries").map(readEntry),
      };
    });
}

function readEntry(entry: Block): RateLimitEntry {
  const dimensions = entry.optionalTextMap("dimensions") ?? {};
  const rates = RATE_METRICS.flatMap((metric) => {
    const own = entry.blocks(metric).map(readRate);
    return own.length > 0 ? [[metric, own] as const] : [];
  });
  return {
    dimensions:
      dimensions instanceof Unknown
        ? {}
        : Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, shownText(value)])),
    ...Object.fromEntries(rates),
  };
}

function readRate(block: Block): Rate {
  // One that is left out is as wrong as one below 0.
  const rate = block.optionalNumber("rate") ?? -1;
  return { rate: typeof rate === "number" ? rate : NaN, period: shownText(block.text("period") ?? "") };
}

function shownText(value: Symbolic): string {
  return typeof value === "string" ? value : OPEN;
}
