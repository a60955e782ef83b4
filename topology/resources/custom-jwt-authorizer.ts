import type { Known, Readable, ValueTypes } from "../../targets/readable";
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

export const AUTHORIZER_BLOCK = "authorizer_configuration";

/** The block that runtimes and gateways share. */
export function readJwtAuthorizer<V extends ValueTypes>(args: Readable<V>) {
  const configuration = args.optionalBlock(AUTHORIZER_BLOCK);
  const authorizer = configuration?.optionalBlock("custom_jwt_authorizer");
  if (authorizer === undefined) {
    // An empty configuration is none that the service takes.
    configuration?.block("custom_jwt_authorizer");
    return undefined;
  }
  refuseBlocks(authorizer, "private_endpoint", "private_endpoint_overrides");
  return {
    discoveryUrl: authorizer.text("discovery_url"),
    allowedClients: authorizer.optionalTexts("allowed_clients"),
    allowedAudience: authorizer.optionalTexts("allowed_audience"),
    allowedScopes: authorizer.optionalTexts("allowed_scopes"),
    /** Undefined where the source does not tell. */
    claims: authorizer.isOpen("custom_claim") ? undefined : authorizer.blocks("custom_claim"),
    workloads: authorizer.optionalBlock("allowed_workload_configuration"),
  };
}

/** As a deployment takes it. @throws TopologyError */
export function readCustomJwtAuthorizer(args: Readable<Known>): CustomJwtAuthorizer | undefined {
  const authorizer = readJwtAuthorizer(args);
  if (authorizer === undefined) return undefined;
  const { claims = [], workloads, ...checks } = authorizer;
  return {
    ...checks,
    ...(claims.length > 0 && { customClaims: claims.map(readCustomClaim) }),
    ...(workloads && { allowedWorkloadConfiguration: readWorkloads(workloads) }),
  };
}

function readWorkloads(workloads: Readable<Known>): AllowedWorkloadConfiguration {
  const environments = workloads.blocks("hosting_environment");
  const workloadIdentities = workloads.optionalTexts("workload_identities");
  return {
    ...(environments.length > 0 && { hostingEnvironments: environments.map((each) => ({ arn: each.text("arn") })) }),
    ...(workloadIdentities && { workloadIdentities }),
  };
}

function readCustomClaim(claim: Readable<Known>): CustomClaim {
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
