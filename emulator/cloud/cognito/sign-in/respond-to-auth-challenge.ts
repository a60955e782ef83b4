import { respond } from "./admission";
import type { Cognito } from "../cognito";
import { invalidParameter } from "../errors";
import { CHOICES } from "./initiate-auth";
import { answerSecondFactor, askForSecondFactor, SECOND_FACTOR_CHALLENGES } from "./second-factor";
import { verifySecretHash } from "./secret-hash";
import { findUser, incorrectPassword, required, type AuthResponse, type Parameters } from "./sign-in";
import { finishSrp } from "./srp-sign-in";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";

export interface RespondToAuthChallengeRequest {
  readonly challengeName: string;
  readonly clientId: string;
  /** Given by AdminRespondToAuthChallenge alone. */
  readonly userPoolId?: string;
  readonly session?: string;
  readonly challengeResponses: Parameters;
}

const ATTRIBUTE_PREFIX = "userAttributes.";

type Answerer = (
  pool: UserPool,
  client: UserPoolClient,
  request: RespondToAuthChallengeRequest,
) => Promise<AuthResponse>;

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  NEW_PASSWORD_REQUIRED: replacePassword,
  SELECT_CHALLENGE: choose,
  PASSWORD_VERIFIER: (pool, client, { challengeResponses }) => finishSrp(pool, client, challengeResponses),
  ...Object.fromEntries(SECOND_FACTOR_CHALLENGES.map((name) => [name, proveSecondFactor])),
};

/**
 * Goes on with a sign-in: the user replaces the temporary password, chooses how to sign in, proves the password, or shows
 * a second factor.
 *
 * @throws AwsError `NotAuthorizedException`, `InvalidPasswordException`, `InvalidParameterException`,
 *   `ResourceNotFoundException`, `CodeMismatchException`, `ExpiredCodeException`
 */
export async function respondToAuthChallenge(
  cognito: Cognito,
  request: RespondToAuthChallengeRequest,
): Promise<AuthResponse> {
  const { pool, client } = cognito.userPoolClient(request.clientId, request.userPoolId);
  const answerer = ANSWERERS[request.challengeName];
  if (answerer) return answerer(pool, client, request);
  throw invalidParameter(
    `The emulator does not pose the challenge ${request.challengeName}: answer one of ${Object.keys(ANSWERERS).join(", ")}.`,
  );
}

async function replacePassword(
  pool: UserPool,
  client: UserPoolClient,
  request: RespondToAuthChallengeRequest,
): Promise<AuthResponse> {
  const { challengeName, challengeResponses } = request;
  const { clientId } = client;
  const { username, answer: password, session } = readAnswer(request, "NEW_PASSWORD");
  verifySecretHash(client, username, challengeResponses.SECRET_HASH);
  const user = findUser(pool, client, username);
  pool.authSessions.verify(session, { clientId, username: user?.username ?? username, challengeName });
  if (!user) throw incorrectPassword();
  const confirmed = pool.users.completeNewPassword(user, password, attributesIn(challengeResponses));
  pool.authSessions.close(session);
  return respond(pool, client, askForSecondFactor(pool, client, confirmed));
}

async function choose(
  pool: UserPool,
  client: UserPoolClient,
  request: RespondToAuthChallengeRequest,
): Promise<AuthResponse> {
  const { challengeName, challengeResponses } = request;
  const { username, answer, session } = readAnswer(request, "ANSWER");
  pool.authSessions.verify(session, { clientId: client.clientId, username, challengeName });
  const chosen = CHOICES.get(answer);
  if (!chosen) {
    throw invalidParameter(
      `The emulator does not offer the challenge ${answer}: choose ${[...CHOICES.keys()].join(" or ")}.`,
    );
  }
  pool.authSessions.close(session);
  return chosen(pool, client, challengeResponses);
}

function readAnswer({ session, challengeResponses }: RespondToAuthChallengeRequest, answer: string) {
  return {
    username: required(challengeResponses, "USERNAME"),
    answer: required(challengeResponses, answer),
    session: required({ Session: session ?? "" }, "Session"),
  };
}

async function proveSecondFactor(
  pool: UserPool,
  client: UserPoolClient,
  { challengeName, session, challengeResponses: responses }: RespondToAuthChallengeRequest,
): Promise<AuthResponse> {
  verifySecretHash(client, required(responses, "USERNAME"), responses.SECRET_HASH);
  return respond(pool, client, answerSecondFactor(pool, client, { challengeName, session, responses }));
}

function attributesIn(responses: Parameters): ReadonlyMap<string, string> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX));
  return new Map(entries.map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]));
}
