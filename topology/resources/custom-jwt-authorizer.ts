import type { Arguments } from "../arguments/arguments";
import type { Nested } from "../arguments/block";
import { refuseBlocks } from "./unsupported";

/** `custom_jwt_authorizer`: the inbound authorization of a runtime or a gateway by bearer token. */
export interface CustomJwtAuthorizer {
  readonly discoveryUrl: string;
  readonly allowedClients?: readonly string[];
  readonly allowedAudience?: readonly string[];
  readonly allowedScopes?: readonly string[];
  readonly customClaims?: readonly CustomClaim[];
  /** Of runtimes alone. @default - callers of every kind */
  readonly allowedWorkloadConfiguration?: AllowedWorkloadConfiguration;
}

/** The workloads that may call, of which one has to be in the caller's identity: at least one in all. */
export interface AllowedWorkloadConfiguration {
  /** The gateways that they run on. */
  readonly hostingEnvironments?: readonly { readonly arn: string }[];
  /** Names. */
  readonly workloadIdentities?: readonly string[];
}

/** A further claim that tokens must have. */
export interface CustomClaim {
  readonly name: string;
  readonly valueType: string;
  readonly operator: string;
  /** Exactly one of the two, for an operator that the service knows. */
  readonly value?: string;
  readonly values?: readonly string[];
}

/** The block that runtimes and gateways share. */
export function jwtAuthorizerBlock<B extends Nested<B>>(block: B): B | undefined {
  return block.optionalBlock("authorizer_configuration")?.optionalBlock("custom_jwt_authorizer");
}

export function readCustomJwtAuthorizer(args: Arguments): CustomJwtAuthorizer | undefined {
  const authorizer = jwtAuthorizerBlock(args);
  if (authorizer === undefined) {
    // An empty configuration is none that the service takes.
    args.optionalBlock("authorizer_configuration")?.block("custom_jwt_authorizer");
    return undefined;
  }
  refuseBlocks(authorizer, "private_endpoint", "private_endpoint_overrides");
  const claims = authorizer.blocks("custom_claim");
  const workloads = authorizer.optionalBlock("allowed_workload_configuration");
  return {
    discoveryUrl: authorizer.text("discovery_url"),
    allowedClients: authorizer.optionalTexts("allowed_clients"),
    allowedAudience: authorizer.optionalTexts("allowed_audience"),
    allowedScopes: authorizer.optionalTexts("allowed_scopes"),
    ...(claims.length > 0 && { customClaims: claims.map(readCustomClaim) }),
    ...(workloads && { allowedWorkloadConfiguration: readWorkloads(workloads) }),
  };
}

function readWorkloads(workloads: Arguments): AllowedWorkloadConfiguration {
  const environments = workloads.blocks("hosting_environment");
  const workloadIdentities = workloads.optionalTexts("workload_identities");
  return {
    ...(environments.length > 0 && { hostingEnvironments: environments.map((each) => ({ arn: each.text("arn") })) }),
    ...(workloadIdentities && { workloadIdentities }),
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
