import type { TokenExchangeConfiguration } from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import { clientCredentials, requestToken, type TokenDemand } from "./authorization-server";
import type { OAuth2CredentialProvider } from "./oauth2-credential-providers";

const TOKEN_TYPE = "urn:ietf:params:oauth:token-type";
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type";

/**
 * A token of the provider's authorization server that stands for the bearer of another: developer guide,
 * "on-behalf-of-token-exchange".
 *
 * @throws AuthorizationServerError
 */
export async function exchangeToken(
  environment: Environment,
  provider: OAuth2CredentialProvider & { readonly tokenExchange: TokenExchangeConfiguration },
  { scopes, customParameters = {} }: TokenDemand,
  userToken: string,
  trace: Trace,
): Promise<string> {
  const { grantType, actorTokenContent, actorTokenScopes = [] } = provider.tokenExchange;
  const scope = scopes.length > 0 && { scope: scopes.join(" ") };
  const ask = (parameters: Readonly<Record<string, string>>) => requestToken(environment, provider, parameters, trace);
  if (grantType === "JWT_AUTHORIZATION_GRANT") {
    // RFC 7523, section 2.1; Microsoft's own parameter besides.
    const use = provider.vendor === "MicrosoftOauth2" && { requested_token_use: "on_behalf_of" };
    const grant = { grant_type: `${GRANT_TYPE}:jwt-bearer`, assertion: userToken };
    return (await ask({ ...use, ...customParameters, ...grant, ...scope })).accessToken;
  }
  // RFC 8693, section 2.1. The type of the subject's token is a default, as the guide has it.
  const subject = { subject_token_type: `${TOKEN_TYPE}:jwt`, ...customParameters, subject_token: userToken };
  const actor = actorTokenContent === "M2M" && {
    actor_token: (await ask(clientCredentials({ scopes: actorTokenScopes }))).accessToken,
    actor_token_type: `${TOKEN_TYPE}:access_token`,
  };
  return (await ask({ ...subject, grant_type: `${GRANT_TYPE}:token-exchange`, ...actor, ...scope })).accessToken;
}
