import { notAuthorized, userUnconfirmed } from "../errors";
import { askForSecondFactor } from "./second-factor";
import { signIn, type Admission, type AuthChallenge, type AuthResponse } from "./sign-in";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";
import type { User } from "../users/users";

/**
 * Goes on with a user who has proved the password: to a new password, to a second factor, or in.
 *
 * @throws AwsError `NotAuthorizedException` for a disabled user or an expired password, `UserNotConfirmedException`
 */
export function admit(pool: UserPool, client: UserPoolClient, user: User): Admission {
  return mustReplacePassword(pool, user)
    ? { challenge: askForNewPassword(pool, client, user) }
    : askForSecondFactor(pool, client, user);
}

/** The tokens of a user who is in, or what he is asked. */
export async function respond(pool: UserPool, client: UserPoolClient, admission: Admission): Promise<AuthResponse> {
  return "user" in admission ? { result: await signIn(pool, client, admission.user) } : admission;
}

function mustReplacePassword(pool: UserPool, user: User): boolean {
  if (!user.isEnabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw userUnconfirmed();
  if (user.status === "CONFIRMED") return false;
  if (pool.clock.now() < (user.passwordExpiresAt ?? Infinity)) return true;
  throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
}

function askForNewPassword(pool: UserPool, client: UserPoolClient, user: User): AuthChallenge {
  return {
    name: "NEW_PASSWORD_REQUIRED",
    session: pool.authSessions.open(client, user.username, "NEW_PASSWORD_REQUIRED"),
    parameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: "[]",
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}
