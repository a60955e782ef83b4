// emulator/cloud/cognito/hosted/: the sign-in pages of a domain, and its OAuth endpoints.

import type { AuthorizationRequest } from "../sessions/authorization-codes";
import type { UrlMapping } from "../../network/network";
import type { CheckName } from "../../../trace/fixes";
import type { Checks, OAuthErrorCode } from "./oauth-error";
import { ATTRIBUTE_SCOPES } from "../scopes";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";

/** A refusal that goes to the app, as a parameter of its redirect URI. */
export class AuthorizationRefusal extends Error {
  constructor(
    readonly code: OAuthErrorCode | "login_required",
    readonly redirectUri: string,
    readonly state: string | undefined,
  ) {
    super(code);
    this.name = "AuthorizationRefusal";
  }
}

/** A refusal that the user is shown, because nobody vouches for the redirect URI. */
export class HostedPageError extends Error {
  constructor(readonly code: "redirect_mismatch" | "invalid_request" | "unauthorized_client") {
    super(code);
    this.name = "HostedPageError";
  }
}

const FLOWS = { code: "code", token: "implicit" } as const;

/** A value for `resource`: an https URL, http on localhost, or a scheme of the app's own (the same page). */
const RESOURCE = /^(https:\/\/.|http:\/\/localhost([:/]|$)|(?!https?:)[a-z][a-z0-9+.-]*:\/\/.)/i;

type AuthorizationHop = "authorize endpoint" | "sign-in page";

/**
 * @param awsForm a URL of this machine as it would be on AWS
 * @throws HostedPageError, AuthorizationRefusal
 */
export function readAuthorizationRequest(
  pool: UserPool,
  parameters: URLSearchParams,
  hop: Checks<AuthorizationHop>,
  awsForm: UrlMapping,
): AuthorizationRequest {
  const value = (name: string) => parameters.get(name) ?? undefined;
  const { client, redirectUri } = findClient(pool, value, hop, awsForm);
  const state = value("state");
  const demand = (check: CheckName<AuthorizationHop>, passed: boolean, expected: string, code: OAuthErrorCode) => {
    if (!hop.check(check, passed, { expected, actual: value(check) ?? "none" })) {
      throw new AuthorizationRefusal(code, redirectUri, state);
    }
  };

  const responseType = value("response_type");
  demand("response_type", isResponseType(responseType), "code or token", "invalid_request");
  const flow = FLOWS[responseType as keyof typeof FLOWS];
  const isAllowed = client.allowedOAuthFlowsUserPoolClient && client.allowedOAuthFlows.includes(flow);
  demand(
    "response_type",
    isAllowed,
    `what goes with allowed_oauth_flows of ${client.clientName}`,
    "unauthorized_client",
  );

  const codeChallenge = value("code_challenge");
  const method = value("code_challenge_method");
  const isPkce = codeChallenge === undefined ? method === undefined : method === "S256";
  demand("code_challenge_method", isPkce, "S256 together with code_challenge, or neither", "invalid_request");

  const scopes = value("scope")?.split(" ").filter(Boolean);
  demand("scope", areScopesAllowed(scopes ?? [], client), describeScopes(client), "invalid_scope");

  const resource = value("resource");
  demand("resource", resource === undefined || RESOURCE.test(resource), "an https URL", "invalid_request");
  const isOwnDirectory =
    [undefined, "COGNITO"].includes(value("identity_provider")) && !parameters.has("idp_identifier");
  demand("identity_provider", isOwnDirectory, "COGNITO: federation is not emulated", "invalid_request");

  return {
    client,
    redirectUri,
    responseType: responseType as AuthorizationRequest["responseType"],
    ...(scopes?.length && { scopes }),
    ...(state !== undefined && { state }),
    nonce: value("nonce"),
    codeChallenge,
    resource,
  };
}

function findClient(
  pool: UserPool,
  value: (name: string) => string | undefined,
  hop: Checks<AuthorizationHop>,
  awsForm: UrlMapping,
): { client: UserPoolClient; redirectUri: string } {
  const clientId = value("client_id");
  const client = pool.clients.get(clientId ?? "");
  const owned = { expected: `a client of ${pool.id}`, actual: clientId ?? "none" };
  if (!hop.check("client", client !== undefined, owned) || !client) throw new HostedPageError("invalid_request");
  const redirectUri = value("redirect_uri") ?? client.defaultRedirectUri;
  const { callbackUrls = [] } = client;
  const isRegistered =
    redirectUri !== undefined && [redirectUri, awsForm(redirectUri)].some((url) => callbackUrls.includes(url));
  const registered = { expected: callbackUrls.join(" or ") || "one of callback_urls", actual: redirectUri ?? "none" };
  if (!hop.check("redirect_uri", isRegistered, registered) || redirectUri === undefined) {
    throw new HostedPageError("redirect_mismatch");
  }
  return { client, redirectUri };
}

function isResponseType(text: string | undefined): text is keyof typeof FLOWS {
  return text !== undefined && Object.hasOwn(FLOWS, text);
}

function areScopesAllowed(scopes: readonly string[], { allowedOAuthScopes }: UserPoolClient): boolean {
  const areKnown = scopes.every((scope) => allowedOAuthScopes.includes(scope));
  return areKnown && (scopes.includes("openid") || !scopes.some((scope) => ATTRIBUTE_SCOPES.includes(scope)));
}

function describeScopes({ allowedOAuthScopes }: UserPoolClient): string {
  return `some of ${allowedOAuthScopes.join(" ")}; email, phone and profile together with openid`;
}
