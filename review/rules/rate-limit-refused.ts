import { isName } from "../../aws/name-rule";
import * as facts from "../../aws/agentcore/rate-limits";
import { QUOTAS } from "../../aws/agentcore/limits";
import { OPEN } from "../evidence/policies";
import { rateLimitsIn, type ShownRateLimit } from "../evidence/rate-limits";
import type { Rule } from "../rule";

export const rateLimitRefused: Rule = {
  id: "rate-limit-refused",
  severity: "error",
  summary:
    "A rate limit has keys, values and rates that the service takes, and its gateway no other with the same keys.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGatewayRateLimit.html",
  *check(subject) {
    const limits = rateLimitsIn(subject);
    for (const [index, limit] of limits.entries()) {
      const { address, gateway, dimensionKeys } = limit;
      const fault = faultsOf(limit)[0] ?? facts.faultOf(limit);
      if (fault !== undefined && !fault.includes(OPEN)) {
        yield { address, message: `The rate limit ${fault}.`, fix: "Correct it: the service refuses it." };
      }
      const earlier = limits.slice(0, index).filter((other) => gateway !== undefined && other.gateway === gateway);
      const same = earlier.find((other) => facts.sameKeys(other.dimensionKeys, dimensionKeys));
      if (same) {
        yield {
          address,
          message: `The rate limit ${same.address} of the same gateway has these dimension keys, too.`,
          fix: "Put the entries of both into one.",
        };
      }
      if (earlier.length === QUOTAS.rateLimitsOfGateway) {
        yield {
          address,
          message: `The gateway has more than ${QUOTAS.rateLimitsOfGateway} rate limits.`,
          fix: "Put entries with the same keys into one.",
        };
      }
    }
  },
};

/** What the service does not take of single members. */
function faultsOf({ arguments: block, dimensionKeys: keys, entries }: ShownRateLimit): string[] {
  const { RATE_LIMIT: most, RATE_LIMIT_ID, DIMENSION_KEY, HIGHEST_RATE } = facts;
  const [id, description] = ["rate_limit_id", "description"].map((name) => block.text(name));
  const unknown = keys.find((key) => key !== OPEN && !isName(DIMENSION_KEY, key));
  const values = entries.flatMap(({ dimensions }) => Object.values(dimensions));
  const lists = entries.flatMap((entry) =>
    facts.RATE_METRICS.flatMap((metric) => (entry[metric] ? [entry[metric]] : [])),
  );
  const isOutside = ({ rate }: facts.Rate) => rate < 0 || rate > HIGHEST_RATE;
  const faults: readonly [boolean, string][] = [
    [typeof id === "string" && !isName(RATE_LIMIT_ID, id), `has an id that is not of ${RATE_LIMIT_ID.description}`],
    [
      typeof description === "string" && description.length > most.descriptionLength,
      `has a description of more than ${most.descriptionLength} characters`,
    ],
    [unknown !== undefined, `has the dimension key "${unknown}": there are ${DIMENSION_KEY.description}`],
    [
      !isBetween(keys.length, most.dimensionKeys),
      `has ${keys.length} dimension keys, and not 1 to ${most.dimensionKeys}`,
    ],
    [
      !isBetween(entries.length, most.entries) && !block.isOpen("entries"),
      `has ${entries.length} entries, and not 1 to ${most.entries}`,
    ],
    [
      values.some((value) => !isBetween(value.length, most.valueLength)),
      `has a dimension's value that is not of 1 to ${most.valueLength} characters`,
    ],
    [lists.some(({ length }) => length > 1), "has an entry with two rates of one metric"],
    [lists.flat().some(isOutside), `has a rate that is not of 0 to ${HIGHEST_RATE}`],
  ];
  return faults.filter(([isFault]) => isFault).map(([, fault]) => fault);
}

function isBetween(count: number, most: number): boolean {
  return count >= 1 && count <= most;
}
