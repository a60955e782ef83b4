import { MFA_CODE_PARAMETERS, MFA_FACTORS, type MfaFactor } from "../../../../aws/cognito/mfa";
import { DIGITS } from "../../random";
import { maskDestination } from "./code-delivery";
import { invalidParameter, messageCodeMismatch, notAuthorized } from "../errors";
import { offeredFactors } from "../pool-mfa";
import { findUser, incorrectPassword, required, type Admission, type AuthChallenge, type Parameters } from "./sign-in";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";
import type { User } from "../users/users";

/** Which attribute a code is sent to. */
const ADDRESSES = { SMS_MFA: "phone_number", EMAIL_OTP: "email" } as const;

const MEDIA = { SMS_MFA: "SMS", EMAIL_OTP: "EMAIL" } as const;

/** An answer to a challenge, by a user or for him. */
export interface ChallengeAnswer {
  readonly challengeName: string;
  readonly session: string | undefined;
  readonly responses: Parameters;
}

/**
 * Lets in a user who has proved the password, or asks what else he has: developer guide, "user-pool-settings-mfa". Where
 * the pool asks everybody, a user cannot turn off what he has (API reference, `SMSMfaSettingsType`).
 */
export function askForSecondFactor(pool: UserPool, client: UserPoolClient, user: User): Admission {
  const factors = activeFactors(pool, user);
  const { mfa: { preferred = undefined, enabled = [] } = {} } = user;
  const [only, ...others] = factors;
  if (preferred !== undefined && factors.includes(preferred)) return askFor(pool, client, user, preferred);
  if (only !== undefined && others.length === 0) return askFor(pool, client, user, only);
  if (only !== undefined) return choose(pool, client, user, factors);
  const offered = offeredFactors(pool.mfa);
  const isAsked = pool.mfa.MfaConfiguration === "ON" || enabled.some((factor) => offered.includes(factor));
  return isAsked ? askToSetUp(pool, client, user) : { user };
}

/** Which of his factors a user may be asked for. */
export function activeFactors(pool: UserPool, user: User): readonly MfaFactor[] {
  const isForAll = pool.mfa.MfaConfiguration === "ON";
  return offeredFactors(pool.mfa).filter(
    (factor) => hasFactor(user, factor) && (isForAll || user.mfa?.enabled.includes(factor)),
  );
}

/** Phone numbers need not be verified (API reference, `SMSMfaSettingsType`). */
export function hasFactor({ totpSecret, attributes }: User, factor: MfaFactor): boolean {
  return factor === "SOFTWARE_TOKEN_MFA" ? totpSecret !== undefined : attributes.has(ADDRESSES[factor]);
}

function askFor(pool: UserPool, client: UserPoolClient, user: User, factor: MfaFactor): Admission {
  if (factor === "SOFTWARE_TOKEN_MFA") return challenge(pool, client, user, factor, {});
  const code = pool.random.text(6, DIGITS);
  pool.deliver(`The sign-in code of ${user.username} in ${pool.id} is ${code}`);
  const parameters = {
    CODE_DELIVERY_DELIVERY_MEDIUM: MEDIA[factor],
    CODE_DELIVERY_DESTINATION: maskDestination(user.attributes.get(ADDRESSES[factor]) ?? ""),
  };
  return challenge(pool, client, user, factor, parameters, code);
}

function choose(pool: UserPool, client: UserPoolClient, user: User, factors: readonly MfaFactor[]): Admission {
  return challenge(pool, client, user, "SELECT_MFA_TYPE", { MFAS_CAN_CHOOSE: JSON.stringify(factors) });
}

function askToSetUp(pool: UserPool, client: UserPoolClient, user: User): Admission {
  return challenge(pool, client, user, "MFA_SETUP", { MFAS_CAN_SETUP: JSON.stringify(offeredFactors(pool.mfa)) });
}

function challenge(
  pool: UserPool,
  client: UserPoolClient,
  { username }: User,
  name: AuthChallenge["name"],
  parameters: Parameters,
  code?: string,
): Admission {
  const session = pool.authSessions.open(client, username, name, code);
  return { challenge: { name, session, parameters: { ...parameters, USER_ID_FOR_SRP: username } } };
}

type Judge = (pool: UserPool, client: UserPoolClient, user: User, answer: JudgedAnswer) => Admission;

interface JudgedAnswer {
  readonly responses: Parameters;
  /** What was sent to the user. */
  readonly sent: string | undefined;
}

const JUDGES: Readonly<Record<string, Judge>> = {
  SMS_MFA: judgeMessage("SMS_MFA"),
  EMAIL_OTP: judgeMessage("EMAIL_OTP"),
  SOFTWARE_TOKEN_MFA: (pool, _, user, { responses }) => {
    pool.softwareTokens.prove(user, required(responses, MFA_CODE_PARAMETERS.SOFTWARE_TOKEN_MFA));
    return { user };
  },
  SELECT_MFA_TYPE: (pool, client, user, { responses }) => {
    const chosen = activeFactors(pool, user).find((factor) => factor === required(responses, "ANSWER"));
    if (chosen === undefined) throw invalidParameter("ANSWER has to be one of MFAS_CAN_CHOOSE.");
    return askFor(pool, client, user, chosen);
  },
  MFA_SETUP: (pool, _, user) => {
    if (!hasFactor(user, "SOFTWARE_TOKEN_MFA")) throw invalidParameter("User has not set up software token mfa");
    const enabled = new Set([...(user.mfa?.enabled ?? []), "SOFTWARE_TOKEN_MFA" as const]);
    return { user: pool.users.setMfa(user, { ...user.mfa, enabled: MFA_FACTORS.filter((name) => enabled.has(name)) }) };
  },
};

export const SECOND_FACTOR_CHALLENGES: readonly string[] = Object.keys(JUDGES);

/** @throws AwsError `CodeMismatchException`, `ExpiredCodeException`, `NotAuthorizedException`, `InvalidParameterException` */
export function answerSecondFactor(
  pool: UserPool,
  client: UserPoolClient,
  { challengeName, session, responses }: ChallengeAnswer,
): Admission {
  const username = required(responses, "USERNAME");
  const id = required({ Session: session ?? "" }, "Session");
  const user = findUser(pool, client, username);
  const { code: sent } = pool.authSessions.verify(id, {
    clientId: client.clientId,
    username: user?.username ?? username,
    challengeName,
  });
  const judge = JUDGES[challengeName];
  if (!user || !judge) throw incorrectPassword();
  if (!user.isEnabled) throw notAuthorized("User is disabled.");
  const admission = judge(pool, client, user, { responses, sent });
  pool.authSessions.close(id);
  return admission;
}

function judgeMessage(factor: keyof typeof ADDRESSES): Judge {
  return (_pool, _client, user, { responses, sent }) => {
    if (required(responses, MFA_CODE_PARAMETERS[factor]) !== sent) {
      throw messageCodeMismatch();
    }
    return { user };
  };
}
