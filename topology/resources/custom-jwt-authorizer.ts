import type { CustomJwtAuthorizer } from "../model";
import type { Arguments } from "../arguments/arguments";
import { refuseBlocks } from "./unsupported";

/** The `authorizer_configuration` block that runtimes and gateways share. */
export function readCustomJwtAuthorizer(args: Arguments): CustomJwtAuthorizer | undefined {
  const authorizer = args.optionalBlock("authorizer_configuration")?.block("custom_jwt_authorizer");
  if (authorizer === undefined) return undefined;
  refuseBlocks(authorizer, "custom_claim", "allowed_workload_configuration");
  return {
    discoveryUrl: authorizer.text("discovery_url"),
    allowedClients: authorizer.optionalTexts("allowed_clients"),
    allowedAudience: authorizer.optionalTexts("allowed_audience"),
    allowedScopes: authorizer.optionalTexts("allowed_scopes"),
  };
}
