import type { NameRule } from "../name-rule";

/** What a gateway's rate limits take: CreateGatewayRateLimit, and the developer guide, "gateway-rate-limits". */

/** How many entries and dimension keys a rate limit has, and characters of its description and of a dimension's value. */
export const RATE_LIMIT = { entries: 1_000, dimensionKeys: 10, descriptionLength: 512, valueLength: 256 };

export const HIGHEST_RATE = 10_000_000;

export const RATE_LIMIT_ID: NameRule = {
  pattern: "[a-zA-Z0-9][a-zA-Z0-9\\-_\\.]{0,62}[a-zA-Z0-9]",
  minLength: 2,
  maxLength: 64,
  description: "2 to 64 letters, digits, hyphens, underscores and dots",
};

/** Headers and bodies are those of the guide, "gateway-rate-limits-dimensions"; the API model has the others alone. */
export const DIMENSION_KEY: NameRule = {
  pattern:
    "(targetName|toolName|qualifiedModelId|\\$\\.context\\.iam\\.principal|\\$\\.context\\.iam\\.sourceIdentity|" +
    "\\$\\.context\\.(jwt|request\\.header|request\\.body)\\.[a-zA-Z_][a-zA-Z0-9_\\-\\.]{0,61}[a-zA-Z0-9_])",
  maxLength: 80,
  description:
    "targetName, toolName, qualifiedModelId, $.context.jwt.CLAIM, $.context.iam.principal, $.context.iam.sourceIdentity, " +
    "$.context.request.header.NAME or $.context.request.body.PATH",
};

/** Keys by what they begin with. */
export const OF_JWT = "$.context.jwt.";
export const OF_IAM = "$.context.iam.";
export const OF_HEADER = "$.context.request.header.";
export const OF_BODY = "$.context.request.body.";

/** The value that stands for all values of a dimension. */
export const ANY_VALUE = "*";

/** What is counted, and over which periods: "gateway-rate-limits-metrics". */
export const RATE_PERIODS = {
  requests: ["second", "minute"],
  tokens: ["minute"],
  connections: ["second"],
} as const;

export type RateMetric = keyof typeof RATE_PERIODS;

export const RATE_METRICS = Object.keys(RATE_PERIODS) as readonly RateMetric[];

export interface Rate {
  readonly rate: number;
  readonly period: string;
}

/** What requests with these values may do; a metric that is left out is not limited. */
export interface RateLimitEntry extends Partial<Readonly<Record<RateMetric, readonly Rate[]>>> {
  /** By dimension key. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface LimitedDimensions {
  /** Their order decides where * may stand. */
  readonly dimensionKeys: readonly string[];
  readonly entries: readonly RateLimitEntry[];
}

/** What the service refuses of a rate limit, as what a sentence says of it; undefined for a good one. */
export function faultOf({ dimensionKeys: keys, entries }: LimitedDimensions): string | undefined {
  return (
    faultOfKeys(keys) ??
    entries.map((entry) => faultOfDimensions(keys, entry.dimensions) ?? faultOfPeriods(entry)).find(Boolean)
  );
}

function faultOfKeys(keys: readonly string[]): string | undefined {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return `names the dimension key ${twice} twice`;
  const own = keys.find((key) => key.startsWith(OF_HEADER) || key.startsWith(OF_BODY));
  const isTrusted = keys.some((key) => key.startsWith(OF_JWT) || key.startsWith(OF_IAM));
  return own === undefined || isTrusted
    ? undefined
    : `has the key ${own}, of what callers write themselves, and none that begins with ${OF_JWT} or ${OF_IAM}`;
}

function faultOfDimensions(keys: readonly string[], dimensions: Readonly<Record<string, string>>): string | undefined {
  const named = Object.keys(dimensions);
  if (named.length !== keys.length || !keys.every((key) => Object.hasOwn(dimensions, key))) {
    return `has an entry with values of ${named.join(", ") || "nothing"}, and not of ${keys.join(", ")}`;
  }
  const values = keys.map((key) => dimensions[key]);
  const first = values.indexOf(ANY_VALUE);
  const isTrailing = first === -1 || values.slice(first).every((value) => value === ANY_VALUE);
  return isTrailing ? undefined : `has an entry with the values ${values.join(", ")}: only * may stand behind *`;
}

function faultOfPeriods(entry: RateLimitEntry): string | undefined {
  return RATE_METRICS.flatMap((metric) => {
    const periods: readonly string[] = RATE_PERIODS[metric];
    const wrong = entry[metric]?.find(({ period }) => !periods.includes(period));
    return wrong ? [`limits ${metric} by the period "${wrong.period}", and not by ${periods.join(" or ")}`] : [];
  })[0];
}

/** Two rate limits of a gateway may not have the same keys, in whichever order. */
export function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key) => right.includes(key));
}
