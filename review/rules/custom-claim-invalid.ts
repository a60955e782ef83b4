import { otherComparisons } from "../../aws/agentcore/claims";
import type { Block } from "../../topology";
import { blocksAt } from "../evidence/arguments";
import type { Fault, Rule } from "../rule";

export const customClaimInvalid: Rule = {
  id: "custom-claim-invalid",
  severity: "error",
  summary: "A custom claim is compared in a way that its type has, with what that way takes.",
  source:
    "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CustomClaimValidationType.html",
  *check({ system }) {
    for (const { address, instance } of [...system.runtimes, ...system.gateways]) {
      const authorizers = blocksAt(instance.arguments, "authorizer_configuration.custom_jwt_authorizer.custom_claim");
      for (const claim of authorizers.flatMap(({ block, name }) => block.blocks(name))) {
        const fault = faultOf(claim);
        if (fault !== undefined) yield { address, ...fault };
      }
    }
  },
};

function faultOf(claim: Block): Fault | undefined {
  const type = claim.text("inbound_token_claim_value_type");
  const match = claim.optionalBlock("authorizing_claim_match_value");
  const operator = match?.text("claim_match_operator");
  if (typeof type !== "string" || typeof operator !== "string") return undefined;
  const possible = otherComparisons(type, operator);
  if (possible) {
    return {
      message: `The custom claim compares ${type} with ${operator}, which the service refuses.`,
      fix: `Use ${possible.join(", or ")}.`,
    };
  }
  const value = match?.optionalBlock("claim_match_value");
  if (value === undefined) return undefined;
  const [wanted, other] =
    operator === "CONTAINS_ANY"
      ? (["match_value_string_list", "match_value_string"] as const)
      : (["match_value_string", "match_value_string_list"] as const);
  const has = (name: string): boolean => value.value(name) !== undefined || value.isOpen(name);
  if (has(wanted) && value.value(other) === undefined) return undefined;
  return {
    message: `The custom claim needs ${wanted}, and nothing else, for ${operator}.`,
    fix: `Give claim_match_value ${wanted} alone.`,
  };
}
