import { Token } from "cdktf";
import type { CustomJwtOptions } from "./custom-jwt-options";
import type { Problem } from "../private/errors";
import * as problems from "../private/problems/identity";

/** An identity provider whose tokens differ from Cognito's. */
interface Issuer {
  readonly name: string;
  readonly matches: RegExp;
  /** The claim that names the client. */
  readonly clientClaim: string;
}

const ISSUERS: readonly Issuer[] = [
  { name: "Entra", matches: /^https:\/\/login\.microsoftonline\.(com|us)\//, clientClaim: "azp" },
  { name: "Okta", matches: /^https:\/\/[\w.-]+\.okta(preview|-emea)?\.com\//, clientClaim: "cid" },
  { name: "Auth0", matches: /^https:\/\/[\w.-]+\.auth0\.com\//, clientClaim: "azp" },
];

/** Tenants that stand for many: their discovery documents have a placeholder where a token's issuer has an id. */
const SHARED_TENANT = /^https:\/\/login\.microsoftonline\.\w+\/(common|organizations|consumers)\//;

/** Documents of version 1 and of an Okta organization, whose access tokens no one else can check. */
const ENTRA_V1 = /^https:\/\/login\.microsoftonline\.\w+\/[^/]+\/\.well-known\//;
const OKTA_ORGANIZATION = /^https:\/\/[\w.-]+\.okta(preview|-emea)?\.com\/(\.well-known\/|oauth2\/\.well-known\/)/;

/** What no token of a known identity provider would meet. */
export function issuerProblems({ discoveryUrl, allowedClients, allowedAudience }: CustomJwtOptions): Problem[] {
  const issuer = ISSUERS.find(({ matches }) => matches.test(discoveryUrl));
  if (!issuer) return [];
  const isEntra = issuer.name === "Entra";
  const uris = (allowedAudience ?? []).filter((each) => !Token.isUnresolved(each) && each.startsWith("api://"));
  return [
    ...(SHARED_TENANT.test(discoveryUrl) ? [problems.sharedTenant(discoveryUrl)] : []),
    ...(ENTRA_V1.test(discoveryUrl) ? [problems.entraVersion1(discoveryUrl)] : []),
    ...(OKTA_ORGANIZATION.test(discoveryUrl) ? [problems.oktaOrganization(discoveryUrl)] : []),
    ...(allowedClients && allowedClients.length > 0 ? [problems.noClientClaim(issuer.name, issuer.clientClaim)] : []),
    ...(isEntra ? uris.map((uri) => problems.audienceIsApplicationId(uri)) : []),
  ];
}
