import { ANY_VALUE } from "../../aws/agentcore/rate-limits";
import { rateLimitsIn } from "../evidence/rate-limits";
import { eachOf, type Rule } from "../rule";

export const rateLimitBlocksAll: Rule = {
  id: "rate-limit-blocks-all",
  severity: "warning",
  summary: "No rate limit blocks everybody: a rate of 0 names who or what it is for.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-rate-limits-best-practices.html",
  check: eachOf(rateLimitsIn, ({ dimensionKeys, entries }) => {
    const isBlocking = entries.some(
      (entry) =>
        dimensionKeys.every((key) => entry.dimensions[key] === ANY_VALUE) &&
        [entry.requests, entry.connections].some((rates) => rates?.some(({ rate }) => rate === 0)),
    );
    if (!isBlocking) return undefined;
    return {
      message: `The entry for all values of ${dimensionKeys.join(", ")} has a rate of 0: every request that no other entry is for is answered with 429.`,
      fix: "Name in the entry whom it blocks, and give * a rate.",
    };
  }),
};
