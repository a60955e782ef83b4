import { CLAIM_NAME } from "../../../aws/agentcore/claims";
import { problem, quote } from "./problem";

export const unknownPoolScope = (scope: string, known: readonly string[]) =>
  problem(
    "SCOPES_INVALID",
    `The user pool has no scope ${quote(scope)}: name one of ${known.map(quote).join(", ")}, or define it with the ` +
      "pool's own scopes.",
  );

export const invalidCallbackUrl = (value: string) =>
  problem(
    "CALLBACK_URL_INVALID",
    `The callback URL ${quote(value)} is none that Cognito takes: use an absolute https URL without a fragment, ` +
      "http on localhost, or a URL of an app's own scheme, at least one.",
  );

export const signInNeedsScope = () =>
  problem(
    "SCOPES_INVALID",
    'The list of scopes is empty, and a code without any scope gives no token: name at least "openid".',
  );

export const userPoolWithoutClient = () =>
  problem(
    "CLIENT_MISSING",
    "The user pool has no app client, so nobody gets a token of it: give it a way to sign in (signIn) or a machine " +
      "(addMachineClient).",
  );

export const invalidClaimName = (name: string) =>
  problem(
    "CLAIM_INVALID",
    `The claim name ${quote(name)} is none that the service takes: use ${CLAIM_NAME.description}.`,
  );

/** @param count - undefined where only Terraform knows it */
export const oneValueForContains = (name: string, count: number | undefined) =>
  problem(
    "CLAIM_INVALID",
    `The claim ${quote(name)} is compared with ${count ?? "a list of"} values, and CONTAINS takes one: use ` +
      "CustomClaimOperator.CONTAINS_ANY, or one claim for each.",
  );

export const sharedTenant = (discoveryUrl: string) =>
  problem(
    "DISCOVERY_URL_INVALID",
    `The discovery URL ${quote(discoveryUrl)} is of no tenant of its own, so its issuer equals that of no token: ` +
      "name your tenant.",
  );

export const entraVersion1 = (discoveryUrl: string) =>
  problem(
    "DISCOVERY_URL_INVALID",
    `The discovery URL ${quote(discoveryUrl)} is of Entra's version 1, whose keys and issuers differ for each API: ` +
      'use "https://login.microsoftonline.com/<tenant>/v2.0/.well-known/openid-configuration", and ' +
      '"requestedAccessTokenVersion": 2 in the manifest of the API.',
  );

export const oktaOrganization = (discoveryUrl: string) =>
  problem(
    "DISCOVERY_URL_INVALID",
    `The discovery URL ${quote(discoveryUrl)} is of Okta's organization server, whose access tokens are for Okta ` +
      'alone: use a custom one, as in "https://<domain>/oauth2/default/.well-known/openid-configuration".',
  );

export const noClientClaim = (issuer: string, claim: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `allowedClients is compared with the claim client_id, which tokens of ${issuer} do not have, so every call would ` +
      `be refused: use allowedAudience, and CustomClaim.withStringValue("${claim}", "<client id>") for one client.`,
  );

export const audienceIsApplicationId = (audience: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The audience ${quote(audience)} is an application id URI, but Entra's tokens of version 2 name the application ` +
      "(client) id of the API: use that.",
  );
