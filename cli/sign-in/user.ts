// cli/sign-in/: the ways to show a gateway who calls.
import { createHash } from "node:crypto";

import { PASSWORD_LENGTH } from "../../aws/cognito/limits";
import { CommandFailure } from "../errors";
import { CognitoRefusal, type CognitoClient } from "./cognito-client";
import { answerWithCode, type AnswerChallenge, type Challenge } from "./second-factor";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Makes a user with a permanent password; one of that name is given that password. Where the pool's user names are
 * e-mail addresses or phone numbers, the user gets one of those.
 *
 * @throws CommandFailure
 */
export async function makeUser(cognito: CognitoClient, userPoolId: string, name: string): Promise<Credentials> {
  const username =
    (await findUser(cognito, userPoolId, name)) ??
    (await createUser(cognito, userPoolId, [name, `${name}@example.com`, "+15555550100"]));
  await forgetOwnApp(cognito, userPoolId, username);
  const password = passwordOf(userPoolId, username);
  await cognito.call("AdminSetUserPassword", {
    UserPoolId: userPoolId,
    Username: username,
    Password: password,
    Permanent: true,
  });
  return { username, password };
}

/** Where everybody is asked for a second factor, nobody knows any more which app an earlier command set up for the user. */
async function forgetOwnApp(cognito: CognitoClient, userPoolId: string, username: string): Promise<void> {
  const { MfaConfiguration: mode } = await cognito.call("GetUserPoolMfaConfig", { UserPoolId: userPoolId });
  if (mode !== "ON") return;
  await cognito.call("AdminDeleteUser", { UserPoolId: userPoolId, Username: username });
  await createUser(cognito, userPoolId, [username]);
}

async function findUser(cognito: CognitoClient, userPoolId: string, name: string): Promise<string | undefined> {
  const { Users: users } = await cognito.call("ListUsers", { UserPoolId: userPoolId, Filter: `username = "${name}"` });
  return Array.isArray(users) && users.length > 0 ? name : undefined;
}

/** @returns the first of the names that the pool accepts */
async function createUser(
  cognito: CognitoClient,
  userPoolId: string,
  [username = "", ...others]: string[],
): Promise<string> {
  try {
    await cognito.call("AdminCreateUser", { UserPoolId: userPoolId, Username: username, MessageAction: "SUPPRESS" });
  } catch (error) {
    const code = error instanceof CognitoRefusal ? error.code : undefined;
    if (code === "InvalidParameterException" && others.length > 0) return createUser(cognito, userPoolId, others);
    if (code !== "UsernameExistsException") throw error;
  }
  return username;
}

/**
 * All kinds of characters, and as long as the strictest password policy asks.
 * Always the same, since of two commands at once each would otherwise take away the other's.
 */
function passwordOf(userPoolId: string, username: string): string {
  const digest = createHash("shake256", { outputLength: 75 }).update(`${userPoolId} ${username}`).digest("base64url");
  return `Aa1!${digest}`.slice(0, PASSWORD_LENGTH.longest);
}

/**
 * Signs in with a password and, where it is asked for, with a second factor.
 *
 * @returns `AuthenticationResult`
 * @throws CommandFailure
 */
export async function signIn(
  cognito: CognitoClient,
  clientId: string,
  { username, password }: Credentials,
  answerChallenge: AnswerChallenge = answerWithCode(username, undefined),
): Promise<{ readonly AccessToken: string; readonly ExpiresIn: unknown; readonly TokenType: unknown }> {
  const first = {
    ClientId: clientId,
    AuthFlow: PASSWORD_FLOW,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  };
  let answer = await cognito.call("InitiateAuth", first).catch((error: unknown) => {
    throw isFlowRefused(error) ? takesNoPassword(clientId) : error;
  });
  for (let asked = challengeIn(answer); asked; asked = challengeIn(answer)) {
    const { session = asked.session, responses } = await answerChallenge(asked);
    answer = await cognito.call("RespondToAuthChallenge", {
      ClientId: clientId,
      ChallengeName: asked.name,
      Session: session,
      ChallengeResponses: { USERNAME: username, ...responses },
    });
  }
  const { AccessToken, ExpiresIn, TokenType } = (answer["AuthenticationResult"] ?? {}) as Record<string, unknown>;
  if (typeof AccessToken !== "string") throw new CommandFailure("InitiateAuth answered without an access token.");
  return { AccessToken, ExpiresIn, TokenType };
}

const PASSWORD_FLOW = "USER_PASSWORD_AUTH";

/** Before a user is made for a client who could not sign in. @throws CommandFailure */
export async function expectPasswords(cognito: CognitoClient, userPoolId: string, clientId: string): Promise<void> {
  const answer = await cognito.call("DescribeUserPoolClient", { UserPoolId: userPoolId, ClientId: clientId });
  const { ExplicitAuthFlows: flows = [] } = answer["UserPoolClient"] as { ExplicitAuthFlows?: string[] };
  if (!flows.some((flow) => [PASSWORD_FLOW, `ALLOW_${PASSWORD_FLOW}`].includes(flow))) throw takesNoPassword(clientId);
}

function isFlowRefused(error: unknown): boolean {
  return error instanceof CognitoRefusal && error.message.includes(`${PASSWORD_FLOW} flow not enabled`);
}

function takesNoPassword(clientId: string): CommandFailure {
  return new CommandFailure(
    `The client ${clientId} takes no password (${PASSWORD_FLOW}): tools, call and token sign in to it with --browser.`,
  );
}

function challengeIn(answer: Record<string, unknown>): Challenge | undefined {
  const { ChallengeName: name, Session: session, ChallengeParameters: parameters } = answer;
  if (typeof name !== "string") return undefined;
  return { name, session, parameters: (parameters ?? {}) as Record<string, unknown> };
}
