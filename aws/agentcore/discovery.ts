/** Documents at `/.well-known/` that tell where an issuer's endpoints and keys are: OpenID Connect Discovery, RFC 8414. */
type DiscoveryDocument = "openid-configuration" | "oauth-authorization-server";

/**
 * Of JWT authorizers and credential providers: aws-sdk-go-v2 bedrockagentcorecontrol, changes of v1.78.0, and botocore
 * `bedrock-agentcore-control/2023-06-05`, `DiscoveryUrlType`.
 */
export const DISCOVERY_DOCUMENTS: readonly DiscoveryDocument[] = ["openid-configuration", "oauth-authorization-server"];

export function discoveryPath(document: DiscoveryDocument): string {
  return `/.well-known/${document}`;
}

/** The end of every OpenID issuer's discovery URL. */
export const OPENID_DISCOVERY_PATH = discoveryPath("openid-configuration");

/** As the service's API model has it. */
export function discoveryUrlPattern(documents: readonly DiscoveryDocument[]): string {
  const names = documents.length === 1 ? documents.join() : `(${documents.join("|")})`;
  return `.+${discoveryPathPattern(names)}`;
}

function discoveryPathPattern(names: string): string {
  return `/\\.well-known/${names}`;
}

/** In patterns: the end of every OpenID issuer's discovery URL. */
export const OPENID_DISCOVERY_END = `${discoveryPathPattern("openid-configuration")}$`;

export function isDiscoveryUrl(url: string, documents: readonly DiscoveryDocument[]): boolean {
  return new RegExp(`^https://${discoveryUrlPattern(documents)}$`).test(url);
}
