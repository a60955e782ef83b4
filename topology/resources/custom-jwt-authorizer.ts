import type { CustomClaim, CustomJwtAuthorizer } from "../model";
import type { Arguments } from "../arguments/arguments";
import { refuseBlocks } from "./unsupported";

/** The `authorizer_configuration` block that runtimes and gateways share. */
export function readCustomJwtAuthorizer(args: Arguments): CustomJwtAuthorizer | undefined {
  const authorizer = args.optionalBlock("authorizer_configuration")?.block("custom_jwt_authorizer");
  if (authorizer === undefined) return undefined;
  refuseBlocks(authorizer, "allowed_workload_configuration");
  const claims = authorizer.blocks("custom_claim");
  return {
    discoveryUrl: authorizer.text("discovery_url"),
    allowedClients: authorizer.optionalTexts("allowed_clients"),
    allowedAudience: authorizer.optionalTexts("allowed_audience"),
    allowedScopes: authorizer.optionalTexts("allowed_scopes"),
    ...(claims.length > 0 && { customClaims: claims.map(readCustomClaim) }),
  };
}

function readCustomClaim(claim: Arguments): CustomClaim {
  const match = claim.block("authorizing_claim_match_value");
  const value = match.block("claim_match_value");
  return {
    name: claim.text("inbound_token_claim_name"),
    valueType: claim.text("inbound_token_claim_value_type"),
    operator: match.text("claim_match_operator"),
    value: value.optionalText("match_value_string"),
    values: value.optionalTexts("match_value_string_list"),
  };
}
