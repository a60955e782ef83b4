import { userOfAccessToken } from "../../cloud/cognito/sign-in/access-token";
import type { Cognito } from "../../cloud/cognito/cognito";
import { CLIENT_ID, CLIENT_SECRET, PASSWORD, POOL_ID, TOKEN, USERNAME } from "../../cloud/cognito/constraints";
import { notAuthorized, revocationOff, tokenKindUnsupported } from "../../cloud/cognito/errors";
import { refreshTokens } from "../../cloud/cognito/sign-in/sign-in";
import type { UserPoolClient } from "../../cloud/cognito/user-pool-client";
import { NOT_EMULATED, structure } from "../../cloud/constraints";
import { mfaShape } from "./mfa";
import { signed, unsigned, type Operations } from "./operation";
import { resultShape } from "./sign-in";
import { attributeShapes } from "./users";

const BY_TOKEN = structure({ AccessToken: TOKEN });
const PASSWORD_CHANGE = BY_TOKEN.extend({ PreviousPassword: PASSWORD, ProposedPassword: PASSWORD });
const REVOCATION = structure({ Token: TOKEN, ClientId: CLIENT_ID, ClientSecret: CLIENT_SECRET });
const REFRESH = structure({
  RefreshToken: TOKEN,
  ClientId: CLIENT_ID,
  ClientSecret: CLIENT_SECRET,
  DeviceKey: NOT_EMULATED,
});

/** What users do with their tokens, and how an administrator ends their sign-ins. */
export function selfServiceOperations(cognito: Cognito): Operations {
  return {
    GetUser: unsigned(BY_TOKEN, async ({ AccessToken }) => {
      const { user } = await userOfAccessToken(cognito, AccessToken);
      return { Username: user.username, UserAttributes: attributeShapes(user), ...mfaShape(user) };
    }),
    ChangePassword: unsigned(PASSWORD_CHANGE, async ({ AccessToken, PreviousPassword, ProposedPassword }) => {
      const { pool, user } = await userOfAccessToken(cognito, AccessToken);
      if (!pool.users.hasPassword(user, PreviousPassword)) throw notAuthorized("Incorrect username or password.");
      pool.users.adminSetUserPassword(user.username, ProposedPassword, true);
    }),
    GlobalSignOut: unsigned(BY_TOKEN, async ({ AccessToken }) => {
      const { pool, user } = await userOfAccessToken(cognito, AccessToken);
      pool.refreshTokens.revokeAllOf(user.username);
    }),
    AdminUserGlobalSignOut: signed(structure({ UserPoolId: POOL_ID, Username: USERNAME }), (request) => {
      const { users, refreshTokens: tokens } = cognito.userPool(request.UserPoolId);
      tokens.revokeAllOf(users.adminGetUser(request.Username).username);
    }),
    RevokeToken: unsigned(REVOCATION, ({ Token, ClientId, ClientSecret }) => {
      const { pool, client } = cognito.userPoolClient(ClientId);
      checkSecret(client, ClientSecret);
      if (client.enableTokenRevocation === false) throw revocationOff();
      if (isJwt(Token)) throw tokenKindUnsupported();
      // RFC 7009, section 2.2: a token that is not there counts as revoked.
      pool.refreshTokens.revoke(Token, ClientId);
    }),
    GetTokensFromRefreshToken: unsigned(REFRESH, async ({ RefreshToken, ClientId, ClientSecret }) => {
      const { pool, client } = cognito.userPoolClient(ClientId);
      checkSecret(client, ClientSecret);
      return { AuthenticationResult: resultShape(await refreshTokens(pool, client, RefreshToken)) };
    }),
  };
}

/** A signed token has three parts, an encrypted one such as a refresh token five (RFC 7515 and 7516). */
function isJwt(token: string): boolean {
  return token.split(".").length === 3;
}

function checkSecret({ clientId, clientSecret }: UserPoolClient, shown: string | undefined): void {
  if (clientSecret !== shown) throw notAuthorized(`Unable to verify secret for client ${clientId}`);
}
