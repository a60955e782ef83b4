import { z } from "zod";

import { AUTH_FLOWS, OAUTH_FLOWS } from "../../../aws/cognito/flows";
import { MAX_CLIENT_SCOPES, MAX_REDIRECT_URLS } from "../../../aws/cognito/limits";
import { VISIBLE } from "../../../aws/cognito/names";
import { DEFAULT_SESSION_MINUTES } from "../../cloud/cognito/sessions/auth-sessions";
import type { Cognito } from "../../cloud/cognito/cognito";
import { CLIENT_ID, CLIENT_NAME, POOL_ID, SCOPE } from "../../cloud/cognito/constraints";
import type { UserPoolClient, UserPoolClientSettings } from "../../cloud/cognito/user-pool-client";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure, text } from "../../cloud/constraints";
import { shapeOf } from "../protocols/member-names";
import { signed, type Operations } from "./operation";
import { datesOf, listOfPool, pageOf } from "./shapes";
import { givenValidity, readValidity, TOKEN_VALIDITY, validityShape } from "./token-validity";
import { ANALYTICS } from "./user-pool-settings";

/** Members that are only kept: there is no other identity provider, and every attribute may be read and written. */
const INERT = {
  SupportedIdentityProviders: listOf(text(32, undefined, 1), 100).optional(),
  ReadAttributes: z.unknown().optional(),
  WriteAttributes: z.unknown().optional(),
  EnablePropagateAdditionalUserContextData: boolean().optional(),
  AnalyticsConfiguration: ANALYTICS.optional(),
};
const REDIRECT_URL = text(1024, VISIBLE, 1);
const CONFIGURATION = structure({
  ...INERT,
  CallbackURLs: listOf(REDIRECT_URL, MAX_REDIRECT_URLS).optional(),
  LogoutURLs: listOf(REDIRECT_URL, MAX_REDIRECT_URLS).optional(),
  DefaultRedirectURI: REDIRECT_URL.optional(),
  ...TOKEN_VALIDITY,
  UserPoolId: POOL_ID,
  ExplicitAuthFlows: listOf(oneOf(AUTH_FLOWS), 20).optional(),
  AllowedOAuthFlows: listOf(oneOf(OAUTH_FLOWS), 3).optional(),
  AllowedOAuthScopes: listOf(SCOPE, MAX_CLIENT_SCOPES).optional(),
  AllowedOAuthFlowsUserPoolClient: boolean().optional(),
  PreventUserExistenceErrors: oneOf(["LEGACY", "ENABLED"]).optional(),
  EnableTokenRevocation: boolean().optional(),
  AuthSessionValidity: integer(3, 15).optional(),
  RefreshTokenRotation: structure({
    Feature: oneOf(["ENABLED", "DISABLED"]),
    RetryGracePeriodSeconds: integer(0, 60).optional(),
  }).optional(),
  ClientSecret: NOT_EMULATED,
});
const BY_ID = structure({ UserPoolId: POOL_ID, ClientId: CLIENT_ID });

/** The operations of app clients. */
export function userPoolClientOperations(cognito: Cognito): Operations {
  return {
    CreateUserPoolClient: signed(
      CONFIGURATION.extend({ ClientName: CLIENT_NAME, GenerateSecret: boolean().optional() }),
      (request) => {
        const { ClientName: clientName, GenerateSecret: generateSecret = false } = request;
        const { clientId } = cognito.createUserPoolClient({ ...readSettings(request), clientName, generateSecret });
        return { UserPoolClient: clientShape(cognito.userPoolClient(clientId).client) };
      },
    ),
    DescribeUserPoolClient: signed(BY_ID, ({ UserPoolId, ClientId }) => ({
      UserPoolClient: clientShape(cognito.userPoolClient(ClientId, UserPoolId).client),
    })),
    UpdateUserPoolClient: signed(
      CONFIGURATION.extend({ ...BY_ID.shape, ClientName: CLIENT_NAME.optional() }),
      (request) => {
        const { client } = cognito.userPoolClient(request.ClientId, request.UserPoolId);
        const { ClientName: clientName = client.clientName } = request;
        const updated = cognito.updateUserPoolClient(request.ClientId, { ...readSettings(request), clientName });
        return { UserPoolClient: clientShape(updated) };
      },
    ),
    DeleteUserPoolClient: signed(BY_ID, ({ UserPoolId, ClientId }) => {
      cognito.userPoolClient(ClientId, UserPoolId).pool.clients.delete(ClientId);
    }),
    ListUserPoolClients: signed(listOfPool(60), (request) => {
      const all = [...cognito.userPool(request.UserPoolId).clients.values()];
      return pageOf("UserPoolClients", all, request, ({ userPoolId, clientId, clientName }) =>
        shapeOf({ userPoolId, clientId, clientName }),
      );
    }),
  };
}

function readSettings(
  request: z.output<typeof CONFIGURATION>,
): Omit<UserPoolClientSettings, "clientName" | "generateSecret"> {
  const { RefreshTokenRotation: rotation } = request;
  const inert = Object.entries(request).filter(([name, value]) => Object.hasOwn(INERT, name) && value !== undefined);
  return {
    userPoolId: request.UserPoolId,
    explicitAuthFlows: request.ExplicitAuthFlows ?? [],
    allowedOAuthFlows: request.AllowedOAuthFlows ?? [],
    allowedOAuthScopes: request.AllowedOAuthScopes ?? [],
    callbackUrls: request.CallbackURLs ?? [],
    logoutUrls: request.LogoutURLs ?? [],
    ...(request.DefaultRedirectURI !== undefined && { defaultRedirectUri: request.DefaultRedirectURI }),
    ...(rotation?.Feature === "ENABLED" && {
      refreshTokenRotation: { retryGracePeriodSeconds: rotation.RetryGracePeriodSeconds ?? 0 },
    }),
    allowedOAuthFlowsUserPoolClient: request.AllowedOAuthFlowsUserPoolClient ?? false,
    preventUserExistenceErrors: request.PreventUserExistenceErrors === "ENABLED",
    enableTokenRevocation: request.EnableTokenRevocation ?? true,
    inert: Object.fromEntries(inert),
    authSessionValidity: request.AuthSessionValidity,
    givenValidity: givenValidity(request),
    ...readValidity(request),
  };
}

function clientShape(client: UserPoolClient): object {
  const { userPoolId, clientId, clientName, clientSecret } = client;
  const { explicitAuthFlows, allowedOAuthFlows, allowedOAuthScopes, allowedOAuthFlowsUserPoolClient } = client;
  return {
    ...client.inert,
    ...shapeOf({ userPoolId, clientId, clientName, clientSecret }),
    ...datesOf(client),
    ...shapeOf({ explicitAuthFlows, allowedOAuthFlows, allowedOAuthScopes, allowedOAuthFlowsUserPoolClient }),
    CallbackURLs: client.callbackUrls?.length ? client.callbackUrls : undefined,
    LogoutURLs: client.logoutUrls?.length ? client.logoutUrls : undefined,
    DefaultRedirectURI: client.defaultRedirectUri,
    RefreshTokenRotation: client.refreshTokenRotation && {
      Feature: "ENABLED",
      RetryGracePeriodSeconds: client.refreshTokenRotation.retryGracePeriodSeconds,
    },
    PreventUserExistenceErrors: client.preventUserExistenceErrors ? "ENABLED" : "LEGACY",
    EnableTokenRevocation: client.enableTokenRevocation ?? true,
    AuthSessionValidity: client.authSessionValidity ?? DEFAULT_SESSION_MINUTES,
    ...(client.givenValidity ?? validityShape(client)),
  };
}
