import { CLAIM_NAME } from "../../../aws/agentcore/claims";
import type { Problem } from "../errors";
import { quote } from "./quote";

export function unknownPoolScope(scope: string, known: readonly string[]): Problem {
  return {
    code: "SCOPES_INVALID",
    message:
      `The user pool has no scope ${quote(scope)}: name one of ${known.map(quote).join(", ")}, or define it with the ` +
      "pool's own scopes.",
  };
}

export function invalidCallbackUrl(value: string): Problem {
  return {
    code: "CALLBACK_URL_INVALID",
    message:
      `The callback URL ${quote(value)} is none that Cognito takes: use an absolute https URL without a fragment, ` +
      "http on localhost, or a URL of an app's own scheme, at least one.",
  };
}

export function signInNeedsScope(): Problem {
  return {
    code: "SCOPES_INVALID",
    message: 'The list of scopes is empty, and a code without any scope gives no token: name at least "openid".',
  };
}

export function userPoolWithoutClient(): Problem {
  return {
    code: "CLIENT_MISSING",
    message:
      "The user pool has no app client, so nobody gets a token of it: give it a way to sign in (signIn) or a machine " +
      "(addMachineClient).",
  };
}

export function invalidClaimName(name: string): Problem {
  return {
    code: "CLAIM_INVALID",
    message: `The claim name ${quote(name)} is none that the service takes: use ${CLAIM_NAME.description}.`,
  };
}

export function oneValueForContains(name: string, count: number): Problem {
  return {
    code: "CLAIM_INVALID",
    message:
      `The claim ${quote(name)} is compared with ${count} values, and CONTAINS takes one: use ` +
      "CustomClaimOperator.CONTAINS_ANY, or one claim for each.",
  };
}

export function sharedTenant(discoveryUrl: string): Problem {
  return {
    code: "DISCOVERY_URL_INVALID",
    message:
      `The discovery URL ${quote(discoveryUrl)} is of no tenant of its own, so its issuer equals that of no token: ` +
      "name your tenant.",
  };
}

export function entraVersion1(discoveryUrl: string): Problem {
  return {
    code: "DISCOVERY_URL_INVALID",
    message:
      `The discovery URL ${quote(discoveryUrl)} is of Entra's version 1, whose keys and issuers differ for each API: ` +
      'use "https://login.microsoftonline.com/<tenant>/v2.0/.well-known/openid-configuration", and ' +
      '"requestedAccessTokenVersion": 2 in the manifest of the API.',
  };
}

export function oktaOrganization(discoveryUrl: string): Problem {
  return {
    code: "DISCOVERY_URL_INVALID",
    message:
      `The discovery URL ${quote(discoveryUrl)} is of Okta's organization server, whose access tokens are for Okta ` +
      'alone: use a custom one, as in "https://<domain>/oauth2/default/.well-known/openid-configuration".',
  };
}

export function noClientClaim(issuer: string, claim: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `allowedClients is compared with the claim client_id, which tokens of ${issuer} do not have, so every call would ` +
      `be refused: use allowedAudience, and CustomClaim.withStringValue("${claim}", "<client id>") for one client.`,
  };
}

export function audienceIsApplicationId(audience: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The audience ${quote(audience)} is an application id URI, but Entra's tokens of version 2 name the application ` +
      "(client) id of the API: use that.",
  };
}
