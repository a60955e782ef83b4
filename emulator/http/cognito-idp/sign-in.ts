import { z } from "zod";

import type { Cognito } from "../../cloud/cognito/cognito";
import { CLIENT_ID, PARAMETERS, POOL_ID, SESSION } from "../../cloud/cognito/constraints";
import { initiateAuth } from "../../cloud/cognito/sign-in/initiate-auth";
import { respondToAuthChallenge } from "../../cloud/cognito/sign-in/respond-to-auth-challenge";
import type { AuthenticationResult, AuthResponse } from "../../cloud/cognito/sign-in/sign-in";
import { oneOf } from "../../cloud/constraints";
import { readShape } from "../protocols/member-names";
import { signed, unsigned, type Operations } from "./operation";

const AUTH_FLOWS = oneOf([
  "USER_SRP_AUTH",
  "REFRESH_TOKEN_AUTH",
  "REFRESH_TOKEN",
  "CUSTOM_AUTH",
  "ADMIN_NO_SRP_AUTH",
  "USER_PASSWORD_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "USER_AUTH",
]);
const CHALLENGE_NAMES = oneOf([
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
  "PASSWORD_VERIFIER",
  "CUSTOM_CHALLENGE",
  "SELECT_CHALLENGE",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "ADMIN_NO_SRP_AUTH",
  "NEW_PASSWORD_REQUIRED",
  "SMS_OTP",
  "PASSWORD",
  "WEB_AUTHN",
  "PASSWORD_SRP",
]);
const SIGN_IN = z.object({ AuthFlow: AUTH_FLOWS, ClientId: CLIENT_ID, AuthParameters: PARAMETERS.default({}) });
const CHALLENGE_ANSWER = z.object({
  ClientId: CLIENT_ID,
  ChallengeName: CHALLENGE_NAMES,
  Session: SESSION.optional(),
  ChallengeResponses: PARAMETERS.default({}),
});
const BY_ADMINISTRATOR = { UserPoolId: POOL_ID };

/** How users sign in, themselves or through an administrator's server. */
export function signInOperations(cognito: Cognito): Operations {
  const initiate = async (request: z.output<typeof SIGN_IN>) =>
    authShape(await initiateAuth(cognito, readShape(request)));
  const respond = async (request: z.output<typeof CHALLENGE_ANSWER>) =>
    authShape(await respondToAuthChallenge(cognito, readShape(request)));
  return {
    InitiateAuth: unsigned(SIGN_IN, initiate),
    RespondToAuthChallenge: unsigned(CHALLENGE_ANSWER, respond),
    AdminInitiateAuth: signed(SIGN_IN.extend(BY_ADMINISTRATOR), initiate),
    AdminRespondToAuthChallenge: signed(CHALLENGE_ANSWER.extend(BY_ADMINISTRATOR), respond),
  };
}

function authShape(response: AuthResponse): object {
  if ("result" in response) return { ChallengeParameters: {}, AuthenticationResult: resultShape(response.result) };
  const { name, session, parameters, available } = response.challenge;
  return { ChallengeName: name, Session: session, ChallengeParameters: parameters, AvailableChallenges: available };
}

export function resultShape({ accessToken, idToken, refreshToken, expiresIn }: AuthenticationResult): object {
  return {
    AccessToken: accessToken,
    ExpiresIn: expiresIn,
    TokenType: "Bearer",
    ...(refreshToken !== undefined && { RefreshToken: refreshToken }),
    IdToken: idToken,
  };
}
