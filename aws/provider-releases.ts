/**
 * The first releases of the AWS provider known to have what the bindings (generated from 6.25.0) lack. Between 6.25 and
 * 6.66 only some releases could be looked into, so a field may be a few releases older than said here.
 */
export const PROVIDER_RELEASES = {
  /**
   * OAuth grant types, allowed scopes and custom claims of JWT authorizers, API Gateway targets, tags of credential
   * providers, headers and query parameters that targets pass on.
   */
  grantTypes: "6.40.0",
  /** Sessions and streaming of gateways: hashicorp/terraform-provider-aws#48179. */
  sessions: "6.49.0",
  /** Service and region of the gateway's role: hashicorp/terraform-provider-aws#47626. */
  iamService: "6.50.0",
  /** HTTP targets on AgentCore Runtime, the caller's IAM credentials, passing the caller's token through. */
  httpTargets: "6.66.0",
} as const;

/** `6.50.0` as people say it: `6.50`. */
export function inShort(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}
