import { Hono } from "hono";
import { OPENID_DISCOVERY_PATH } from "../../../aws/agentcore/discovery";
import { AUTHORIZE_PATH, JWKS_PATH, REVOKE_PATH, TOKEN_PATH, USER_INFO_PATH } from "../../../aws/cognito/endpoints";
import type { Cognito } from "../../cloud/cognito/cognito";
import type { UserPool } from "../../cloud/cognito/user-pool";
import { AwsError } from "../../cloud/errors";
import type { UrlMapping } from "../../cloud/network/network";
import type { FetchHandler } from "../protocols/aws-json";

/**
 * The query parameter that this document's token endpoint has for readers outside. Whoever found the endpoint here
 * compares the issuer of ID tokens with this document's (OpenID Connect Core 1.0, section 3.1.3.7); whoever knows it from
 * elsewhere verifies them as on AWS.
 */
export const LOCAL_ISSUER = "local-issuer";

/**
 * OpenID discovery documents and public keys, `https://cognito-idp.<region>.amazonaws.com/<pool>/.well-known/…`.
 *
 * @param urls where the reader of the document finds a URL of AWS: clients compare the issuer with where they read it
 */
export function cognitoDiscoveryHandler(cognito: Cognito, urls: UrlMapping): FetchHandler {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("access-control-allow-origin", "*");
  });
  app.get(`/:poolId${OPENID_DISCOVERY_PATH}`, (c) =>
    c.json(discoveryDocument(cognito.userPool(c.req.param("poolId")), urls)),
  );
  app.get(`/:poolId${JWKS_PATH}`, (c) => c.json(cognito.userPool(c.req.param("poolId")).keys.jwks));
  app.onError((error, c) => {
    if (!(error instanceof AwsError)) throw error;
    return c.json({ message: error.message }, 404);
  });
  return async (request) => app.fetch(request);
}

/** Cognito names the endpoints of the domain only once there is one. */
function discoveryDocument(pool: UserPool, urls: UrlMapping): object {
  const onDomain = (path: string) => (pool.host === undefined ? undefined : urls(`https://${pool.host}${path}`));
  const issuer = urls(pool.issuer);
  const tokenEndpoint = onDomain(TOKEN_PATH);
  return {
    authorization_endpoint: onDomain(AUTHORIZE_PATH),
    end_session_endpoint: onDomain("/logout"),
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: urls(pool.issuer + JWKS_PATH),
    response_types_supported: ["code", "token"],
    revocation_endpoint: onDomain(REVOKE_PATH),
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint: tokenEndpoint && issuer !== pool.issuer ? `${tokenEndpoint}?${LOCAL_ISSUER}` : tokenEndpoint,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    userinfo_endpoint: onDomain(USER_INFO_PATH),
  };
}
