// emulator/cloud/gateway/rate-limits/: which limits a request meets, and whether it may pass.

import type { Rate, RateLimitEntry } from "../../../../aws/agentcore/rate-limits";
import { entryOf } from "../../../../topology";
import { dimensionValue, type LimitedRequest } from "./rate-limit-dimensions";
import { type Match, SECONDS } from "../throttle";

/** A request that one of the rate limits stops. */
export interface Throttled {
  readonly rateLimitId: string;
  /** What the request has for the keys, as `KEY=VALUE`. */
  readonly bucket: string;
  readonly metric: CountedMetric;
  readonly rate: Rate;
  /** Seconds. */
  readonly retryAfter: number;
}

/** Tokens are those of inference targets, which are not emulated. */
type CountedMetric = "requests" | "connections";

interface Admission {
  /** The buckets that were asked, in order, as AWS's spans have them: `RATE_LIMIT_ID:METRIC:VALUES`. */
  readonly evaluated: readonly string[];
  /** Left out for a request that goes on. */
  readonly throttled?: Throttled;
  /** Gives connections back, once the answer is complete. */
  readonly release: () => void;
}

/** Asks every rate limit that applies, until one denies: developer guide, "gateway-rate-limits-enforcement". */
export function admit(request: LimitedRequest, now: number): Admission {
  const evaluated: string[] = [];
  const taken: (() => void)[] = [];
  const release = () => taken.splice(0).forEach((give) => give());
  const deny = (match: Match, metric: CountedMetric, rate: Rate, retryAfter: number): Admission => {
    release();
    const { throttle, values } = match;
    const bucket = throttle.dimensionKeys.map((key, index) => `${key}=${values[index]}`).join(",");
    return { evaluated, release, throttled: { rateLimitId: throttle.rateLimitId, bucket, metric, rate, retryAfter } };
  };
  for (const match of matches(request)) {
    const { throttle, entry, values } = match;
    const ask = (metric: CountedMetric): Rate | undefined => {
      const [rate] = entry[metric] ?? [];
      if (rate) evaluated.push(`${throttle.rateLimitId}:${metric}:${values.join(",")}`);
      return rate;
    };
    const requests = ask("requests");
    const retryAfter = requests && throttle.takeRequest(values, requests, now);
    if (requests && retryAfter !== undefined) return deny(match, "requests", requests, retryAfter);
    const connections = ask("connections");
    const give = connections && throttle.takeConnection(values, connections);
    if (connections && !give) return deny(match, "connections", connections, 1);
    if (give) taken.push(give);
  }
  return { evaluated, release };
}

/** Those with more keys first, and of these the tighter ones. */
function matches(request: LimitedRequest): Match[] {
  const values = new Map<string, string | undefined>();
  const valueOf = (key: string) => entryOf(values, key, () => dimensionValue(request, key));
  return request.gateway.rateLimits
    .flatMap(({ throttle }) => throttle?.match(valueOf) ?? [])
    .sort((left, right) => right.values.length - left.values.length || tightness(left.entry) - tightness(right.entry));
}

/** The lowest rate a second. */
function tightness({ requests = [], connections = [] }: RateLimitEntry): number {
  return Math.min(...[...requests, ...connections].map(({ rate, period }) => rate / (SECONDS[period] ?? 1)));
}
