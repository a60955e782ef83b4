import { AwsError } from "../errors";
import type { Cognito } from "./cognito";
import { CHOICES } from "./initiate-auth";
import { verifySecretHash } from "./secret-hash";
import {
  findUser,
  incorrectPassword,
  required,
  signIn,
  type AuthenticationResult,
  type AuthResponse,
  type Parameters,
} from "./sign-in";
import { finishSrp } from "./srp-sign-in";

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
 * Goes on with a sign-in: the user replaces the temporary password, chooses how to sign in, or proves the password.
 *
 * @throws AwsError `NotAuthorizedException`, `InvalidPasswordException`, `InvalidParameterException`,
 *   `ResourceNotFoundException`
 */
export async function respondToAuthChallenge(
  cognito: Cognito,
  request: RespondToAuthChallengeRequest,
): Promise<AuthResponse> {
  switch (request.challengeName) {
    case "NEW_PASSWORD_REQUIRED":
      return { result: await replacePassword(cognito, request) };
    case "SELECT_CHALLENGE":
      return choose(cognito, request);
    case "PASSWORD_VERIFIER": {
      const { pool, client } = cognito.userPoolClient(request.clientId, request.userPoolId);
      return finishSrp(pool, client, request.challengeResponses);
    }
    default:
      throw new AwsError(
        "InvalidParameterException",
        `The emulator does not pose the challenge ${request.challengeName}: answer NEW_PASSWORD_REQUIRED, SELECT_CHALLENGE or PASSWORD_VERIFIER.`,
      );
  }
}

async function replacePassword(
  cognito: Cognito,
  request: RespondToAuthChallengeRequest,
): Promise<AuthenticationResult> {
  const { challengeName, clientId, challengeResponses } = request;
  const { pool, client } = cognito.userPoolClient(clientId, request.userPoolId);
  const username = required(challengeResponses, "USERNAME");
  const password = required(challengeResponses, "NEW_PASSWORD");
  const session = required({ Session: request.session ?? "" }, "Session");
  verifySecretHash(client, username, challengeResponses.SECRET_HASH);
  const user = findUser(pool, client, username);
  pool.authSessions.verify(session, { clientId, username: user?.username ?? username, challengeName });
  if (!user) throw incorrectPassword();
  const confirmed = pool.users.completeNewPassword(user, password, attributesIn(challengeResponses));
  pool.authSessions.close(session);
  return signIn(pool, client, confirmed);
}

async function choose(cognito: Cognito, request: RespondToAuthChallengeRequest): Promise<AuthResponse> {
  const { challengeName, clientId, challengeResponses } = request;
  const { pool, client } = cognito.userPoolClient(clientId, request.userPoolId);
  const username = required(challengeResponses, "USERNAME");
  const answer = required(challengeResponses, "ANSWER");
  const session = required({ Session: request.session ?? "" }, "Session");
  pool.authSessions.verify(session, { clientId, username, challengeName });
  const chosen = CHOICES.get(answer);
  if (!chosen) {
    throw new AwsError(
      "InvalidParameterException",
      `The emulator does not offer the challenge ${answer}: choose ${[...CHOICES.keys()].join(" or ")}.`,
    );
  }
  pool.authSessions.close(session);
  return chosen(pool, client, challengeResponses);
}

function attributesIn(responses: Parameters): ReadonlyMap<string, string> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX));
  return new Map(entries.map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]));
}
