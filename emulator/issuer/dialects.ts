// emulator/issuer/: what stands in for other OpenID issuers.
import type { JWTPayload } from "jose";

/** What a client was granted. */
export interface Granted {
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** How an identity provider says in an access token what was granted to whom. */
interface Dialect {
  readonly hosts: RegExp;
  /** What its issuers end with where their path is empty. */
  readonly rootPath: "" | "/";
  claims(granted: Granted): JWTPayload;
}

/**
 * A token of Entra's version 2.0 is for the application whose scope was asked for:
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
function resourceOf(scopes: readonly string[]): JWTPayload {
  const [resource] = scopes.flatMap((scope) => /^api:\/\/([^/]+)\/[^/]+$/.exec(scope)?.[1] ?? []);
  return resource === undefined ? {} : { aud: resource };
}

/** Entra's and Okta's tokens as AWS's guide on identity providers has them; Auth0's by its own documentation. */
const DIALECTS: readonly Dialect[] = [
  {
    hosts: /^login\.microsoftonline\.(com|us)$/,
    rootPath: "",
    claims: ({ clientId, scopes }) => ({ ...resourceOf(scopes), azp: clientId, scp: scopes.join(" "), ver: "2.0" }),
  },
  {
    hosts: /\.okta(preview)?\.com$/,
    rootPath: "",
    claims: ({ clientId, scopes }) => ({ cid: clientId, scp: [...scopes], ver: 1 }),
  },
  {
    hosts: /\.auth0\.com$/,
    rootPath: "/",
    claims: ({ clientId, scopes }) => ({ azp: clientId, scope: scopes.join(" ") }),
  },
];

/** RFC 9068. */
const PLAIN: Dialect = {
  hosts: /^/,
  rootPath: "",
  claims: ({ clientId, scopes }) => ({ client_id: clientId, scope: scopes.join(" ") }),
};

export function dialectOf(host: string): Dialect {
  return DIALECTS.find(({ hosts }) => hosts.test(host)) ?? PLAIN;
}
