import { Hono, type Context } from "hono";
import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { JWKS_PATH } from "../../aws/cognito/endpoints";
import { readAuthorization } from "../authorization-header";
import type { Cognito } from "../cloud/cognito/cognito";
import { grantToken, OAuthError, type Checks, type TokenRequest } from "../cloud/cognito/token-endpoint";
import type { UserPool } from "../cloud/cognito/user-pool";
import { AwsError } from "../cloud/errors";
import type { FetchHandler } from "./aws-json";

/**
 * OpenID discovery documents and public keys, `https://cognito-idp.<region>.amazonaws.com/<pool>/.well-known/…`.
 *
 * @param publicUrl where the reader of the document finds a URL of AWS. The issuer stays AWS's own.
 */
export function cognitoDiscoveryHandler(cognito: Cognito, publicUrl: (awsUrl: string) => string): FetchHandler {
  const app = new Hono();
  app.get(`/:poolId${OPENID_DISCOVERY_PATH}`, (c) =>
    c.json(discoveryDocument(cognito, cognito.userPool(c.req.param("poolId")), publicUrl)),
  );
  app.get(`/:poolId${JWKS_PATH}`, async (c) => c.json(await cognito.userPool(c.req.param("poolId")).keys.jwks()));
  app.onError((error, c) => {
    if (!(error instanceof AwsError)) throw error;
    return c.json({ message: error.message }, 404);
  });
  return async (request) => app.fetch(request);
}

/**
 * The token endpoint of the pool that owns the host, `https://<domain>.auth.<region>.amazoncognito.com/oauth2/token`.
 * A host exists where `Cognito.userPoolOfHost` finds a pool.
 */
export function cognitoTokenHandler(pool: UserPool, hop: Checks): FetchHandler {
  const app = new Hono();
  app.post("/oauth2/token", async (c) => {
    c.header("access-control-allow-origin", "*");
    c.header("cache-control", "no-cache, no-store, max-age=0, must-revalidate");
    return c.json(await grantToken(pool, await readTokenRequest(c, hop), hop));
  });
  app.onError((error, c) => {
    if (!(error instanceof OAuthError)) throw error;
    return c.json({ error: error.code }, error.status);
  });
  return async (request) => app.fetch(request);
}

/** Cognito names the endpoints of the domain only once there is one. */
function discoveryDocument(cognito: Cognito, pool: UserPool, publicUrl: (awsUrl: string) => string): object {
  const onDomain = (path: string) =>
    pool.domain === undefined ? undefined : publicUrl(`https://${cognito.domainHost(pool.domain)}${path}`);
  return {
    authorization_endpoint: onDomain("/oauth2/authorize"),
    end_session_endpoint: onDomain("/logout"),
    id_token_signing_alg_values_supported: ["RS256"],
    issuer: pool.issuer,
    jwks_uri: publicUrl(pool.issuer + JWKS_PATH),
    response_types_supported: ["code", "token"],
    revocation_endpoint: onDomain("/oauth2/revoke"),
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint: onDomain("/oauth2/token"),
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    userinfo_endpoint: onDomain("/oauth2/userInfo"),
  };
}

/** Client credentials come in the `Authorization` header or in the form; the header wins. */
async function readTokenRequest(c: Context, hop: Checks): Promise<TokenRequest> {
  const contentType = c.req.header("content-type") ?? "none";
  const isForm = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
  if (!hop.check("form body", isForm, { expected: "application/x-www-form-urlencoded", actual: contentType }))
    throw new OAuthError("invalid_request");
  const form = new URLSearchParams(await c.req.text());
  const field = (name: string) => form.get(name) ?? undefined;
  const basic = readBasicCredentials(c.req.header("authorization"));
  return {
    grantType: field("grant_type"),
    clientId: basic?.clientId ?? field("client_id"),
    clientSecret: basic?.clientSecret ?? field("client_secret"),
    scope: field("scope"),
  };
}

function readBasicCredentials(
  authorization: string | undefined,
): { clientId: string; clientSecret: string } | undefined {
  const { scheme, credentials } = readAuthorization(authorization ?? "");
  if (scheme !== "basic" || credentials === "") return undefined;
  const [clientId = "", clientSecret = ""] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  return { clientId, clientSecret };
}
