// aws/agentcore/: what Amazon Bedrock AgentCore takes and gives: names, limits, hosts, credentials by target.
import type { NameRule } from "../name-rule";

/** CreateGateway, inboundTokenClaimName: from `.` to `:` is a range, which holds the slash and no hyphen. */
export const CLAIM_NAME: NameRule = {
  pattern: "[A-Za-z0-9_.-:]+",
  maxLength: 255,
  description: "1 to 255 letters, digits and characters of _ . / : without hyphens",
};

/** CreateGateway, matchValueString: `[A-Za-z0-9_.-]+`, of as many characters. */
export const CLAIM_VALUE: NameRule = {
  pattern: "[A-Za-z0-9_.-]+",
  maxLength: 255,
  description: "1 to 255 letters, digits, dots, hyphens and underscores",
};

/** Which operator goes with which type: API reference, CustomClaimValidationType. */
export const CLAIM_OPERATORS: Readonly<Record<string, readonly string[]>> = {
  STRING: ["EQUALS"],
  STRING_ARRAY: ["CONTAINS", "CONTAINS_ANY"],
};

/** How claims can be compared, for people; undefined where this type and this operator go together. */
export function otherComparisons(type: string, operator: string): readonly string[] | undefined {
  const types = Object.entries(CLAIM_OPERATORS);
  if (types.some(([each, operators]) => each === type && operators.includes(operator))) return undefined;
  return types.map(([each, operators]) => `${each} with ${operators.join(" or ")}`);
}

/** CreateGateway, matchValueStringList. */
export const MAX_CLAIM_VALUES = 255;
