import { z } from "zod";
import type { Cognito } from "../cloud/cognito/cognito";
import { oneOf } from "../cloud/constraints";
import {
  ATTRIBUTES,
  check,
  CLIENT_ID,
  PARAMETERS,
  PASSWORD,
  POOL_ID,
  SESSION,
  USERNAME,
} from "../cloud/cognito/constraints";
import { initiateAuth, type AuthenticationResult } from "../cloud/cognito/initiate-auth";
import { respondToAuthChallenge } from "../cloud/cognito/respond-to-auth-challenge";
import type { User } from "../cloud/cognito/users";
import type { Random } from "../cloud/random";
import { awsJsonHandler, type AwsJsonOperation, type FetchHandler } from "./aws-json";

/** The API of Cognito user pools, `https://cognito-idp.<region>.amazonaws.com/`. */
export function cognitoIdpHandler(cognito: Cognito, random: Random): FetchHandler {
  return awsJsonHandler({
    targetPrefix: "AWSCognitoIdentityProviderService",
    signingName: "cognito-idp",
    region: cognito.region,
    operations: { ...adminOperations(cognito), ...userOperations(cognito) },
    requestId: () => random.uuid(),
  });
}

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
const USER = z.object({ UserPoolId: POOL_ID, Username: USERNAME });
const NEW_USER = USER.extend({
  UserAttributes: ATTRIBUTES.optional(),
  TemporaryPassword: PASSWORD.optional(),
  MessageAction: oneOf(["RESEND", "SUPPRESS"]).optional(),
});
const NEW_PASSWORD = USER.extend({ Password: PASSWORD, Permanent: z.boolean().optional() });
const SIGN_IN = z.object({ AuthFlow: AUTH_FLOWS, ClientId: CLIENT_ID, AuthParameters: PARAMETERS.optional() });
const CHALLENGE_ANSWER = z.object({
  ClientId: CLIENT_ID,
  ChallengeName: CHALLENGE_NAMES,
  Session: SESSION.optional(),
  ChallengeResponses: PARAMETERS.optional(),
});

/** Operations that callers sign with AWS credentials. */
function adminOperations(cognito: Cognito): Record<string, AwsJsonOperation> {
  return {
    AdminCreateUser: signed(NEW_USER, (request) => {
      const { users } = cognito.userPool(request.UserPoolId);
      const newUser = {
        username: request.Username,
        attributes: new Map(request.UserAttributes?.map(({ Name, Value }) => [Name, Value ?? ""])),
        temporaryPassword: request.TemporaryPassword,
      };
      const isResend = request.MessageAction === "RESEND";
      const user = isResend ? users.adminResendInvitation(newUser) : users.adminCreateUser(newUser);
      return { User: { ...userShape(user), Attributes: attributeShapes(user) } };
    }),
    AdminSetUserPassword: signed(NEW_PASSWORD, (request) => {
      const { users } = cognito.userPool(request.UserPoolId);
      users.adminSetUserPassword(request.Username, request.Password, request.Permanent ?? false);
      return {};
    }),
    AdminGetUser: signed(USER, (request) => {
      const user = cognito.userPool(request.UserPoolId).users.adminGetUser(request.Username);
      return { ...userShape(user), UserAttributes: attributeShapes(user) };
    }),
  };
}

/** Operations that users call themselves, without AWS credentials. */
function userOperations(cognito: Cognito): Record<string, AwsJsonOperation> {
  return {
    InitiateAuth: unsigned(SIGN_IN, async (request) => {
      const response = await initiateAuth(cognito, {
        authFlow: request.AuthFlow,
        clientId: request.ClientId,
        authParameters: request.AuthParameters ?? {},
      });
      if ("result" in response) return { ChallengeParameters: {}, AuthenticationResult: resultShape(response.result) };
      const { name, session, parameters } = response.challenge;
      return { ChallengeName: name, Session: session, ChallengeParameters: parameters };
    }),
    RespondToAuthChallenge: unsigned(CHALLENGE_ANSWER, async (request) => {
      const result = await respondToAuthChallenge(cognito, {
        challengeName: request.ChallengeName,
        clientId: request.ClientId,
        session: request.Session,
        challengeResponses: request.ChallengeResponses ?? {},
      });
      return { ChallengeParameters: {}, AuthenticationResult: resultShape(result) };
    }),
  };
}

type Run<Schema extends z.ZodType> = (request: z.output<Schema>) => object | Promise<object>;

function signed<Schema extends z.ZodType>(schema: Schema, run: Run<Schema>): AwsJsonOperation {
  return { isSigned: true, run: async (request) => run(check(schema, request)) };
}

function unsigned<Schema extends z.ZodType>(schema: Schema, run: Run<Schema>): AwsJsonOperation {
  return { ...signed(schema, run), isSigned: false };
}

function userShape(user: User): object {
  return {
    Username: user.username,
    UserCreateDate: user.createdAt / 1_000,
    UserLastModifiedDate: user.modifiedAt / 1_000,
    Enabled: true,
    UserStatus: user.status,
  };
}

function attributeShapes(user: User): object[] {
  const attributes = [...user.attributes, ["sub", user.sub] as const];
  return attributes.map(([Name, Value]) => ({ Name, Value }));
}

function resultShape({ accessToken, idToken, refreshToken, expiresIn }: AuthenticationResult): object {
  return {
    AccessToken: accessToken,
    ExpiresIn: expiresIn,
    TokenType: "Bearer",
    ...(refreshToken !== undefined && { RefreshToken: refreshToken }),
    IdToken: idToken,
  };
}
