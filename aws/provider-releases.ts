/**
 * The first releases of the AWS provider that have what the bindings (generated from 6.25.0) lack, by its release notes.
 * Up to 6.40 and for the last two only some releases could be looked into: a field may be a few releases older there.
 */
export const PROVIDER_RELEASES = {
  /**
   * OAuth grant types, allowed scopes and custom claims of JWT authorizers, API Gateway targets, tags of credential
   * providers, headers and query parameters that targets pass on.
   */
  grantTypes: "6.40.0",
  /** Policy engines. */
  policyEngines: "6.47.0",
  /** Policies of gateways, runtimes and endpoints. */
  resourcePolicies: "6.47.0",
  /** Service and region of the gateway's role: hashicorp/terraform-provider-aws#47626. */
  iamService: "6.48.0",
  /** HTTP targets on AgentCore Runtime: hashicorp/terraform-provider-aws#47897. */
  httpTargets: "6.48.0",
  /** Sessions and streaming of gateways: hashicorp/terraform-provider-aws#48179. */
  sessions: "6.49.0",
  /** Policies of policy engines. */
  policies: "6.50.0",
  /** Private endpoints of targets. */
  privateEndpoints: "6.50.0",
  /** The workloads that a JWT authorizer admits: hashicorp/terraform-provider-aws#48654. */
  allowedWorkloads: "6.55.0",
  /** The caller's IAM credentials, passing the caller's token through, the exchange of it. */
  callerCredentials: "6.66.0",
  /**
   * Listing modes, static tools and priorities of MCP servers (hashicorp/terraform-provider-aws#48225, #48703), the
   * policy engine of a gateway, private endpoints of issuers.
   */
  newest: "6.66.0",
} as const;

/** `6.48.0` as people say it: `6.48`. */
export function inShort(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}
