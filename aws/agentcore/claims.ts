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

/** CreateGateway, matchValueStringList. */
export const MAX_CLAIM_VALUES = 255;
