import { AwsError } from "../errors";
import type { Cognito } from "./cognito";
import { required, signIn, type AuthenticationResult, type Parameters } from "./initiate-auth";
import { verifySecretHash } from "./secret-hash";

export interface RespondToAuthChallengeRequest {
  readonly challengeName: string;
  readonly clientId: string;
  /** Given by AdminRespondToAuthChallenge alone. */
  readonly userPoolId?: string;
  readonly session?: string;
  readonly challengeResponses: Parameters;
}

const ATTRIBUTE_PREFIX = "userAttributes.";

/**
 * Goes on with a sign-in: the user replaces the temporary password.
 *
 * @throws AwsError `NotAuthorizedException`, `InvalidPasswordException`, `InvalidParameterException`,
 *   `ResourceNotFoundException`
 */
export async function respondToAuthChallenge(
  cognito: Cognito,
  { challengeName, clientId, userPoolId, session, challengeResponses }: RespondToAuthChallengeRequest,
): Promise<AuthenticationResult> {
  const { pool, client } = cognito.userPoolClient(clientId, userPoolId);
  if (challengeName !== "NEW_PASSWORD_REQUIRED") {
    throw new AwsError(
      "InvalidParameterException",
      `The emulator does not pose the challenge ${challengeName}: answer NEW_PASSWORD_REQUIRED.`,
    );
  }
  const username = required(challengeResponses, "USERNAME");
  const password = required(challengeResponses, "NEW_PASSWORD");
  const sessionId = required({ Session: session ?? "" }, "Session");
  verifySecretHash(client, username, challengeResponses.SECRET_HASH);
  const user = pool.users.adminGetUser(username);
  pool.authSessions.verify(sessionId, { clientId, username: user.username, challengeName });
  const confirmed = pool.users.completeNewPassword(user, password, attributesIn(challengeResponses));
  pool.authSessions.close(sessionId);
  return signIn(pool, client, confirmed);
}

function attributesIn(responses: Parameters): ReadonlyMap<string, string> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX));
  return new Map(entries.map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]));
}
