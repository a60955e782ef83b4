import type { AuthorizationRequest } from "../../cloud/cognito/sessions/authorization-codes";
import {
  AuthorizationRefusal,
  HostedPageError,
  readAuthorizationRequest,
} from "../../cloud/cognito/hosted/authorization-request";
import { proveIdentity } from "../../cloud/cognito/hosted/hosted-sign-in";
import { signIn, type Admission } from "../../cloud/cognito/sign-in/sign-in";
import { startSession } from "../../cloud/cognito/tokens";
import type { User } from "../../cloud/cognito/users/users";
import { AwsError } from "../../cloud/errors";
import { HttpResponse } from "../../cloud/network/http-message";
import { awsUrl } from "../../cloud/network/network";
import { redirect } from "../answers";
import { signInPage, type PageField } from "../sign-in-page";
import { answerChallenge, askChallenge } from "./challenge-pages";
import { cookieOf, setCookie } from "./cookies";
import { domainUrl, formOf, type DomainEndpoint, type DomainRequest } from "./domain-request";

/** Where apps send their users: on to the page that signs them in, or straight back where they are signed in already. */
export const authorize: DomainEndpoint = (asked) =>
  withRequest(asked, async (request, parameters) => {
    const prompts = parameters.get("prompt")?.split(" ") ?? [];
    const session = asked.pool.hostedSessions.find(cookieOf(asked, "cognito"));
    const user = session && asked.pool.users.find(session.sub);
    const isSignedIn = user?.isEnabled === true && !prompts.includes("login");
    if (isSignedIn) return returnToApp(asked, request, user, session?.authTime ?? asked.pool.now());
    const mayAsk = !prompts.includes("none");
    if (!asked.hop.check("prompt", mayAsk, mayAsk ? {} : { expected: "a user who is signed in", actual: "none" })) {
      throw new AuthorizationRefusal("login_required", request.redirectUri, request.state);
    }
    return redirect(domainUrl(asked, "/login", parameters));
  });

export const showLogin: DomainEndpoint = (asked) =>
  withRequest(asked, (request, parameters) =>
    askForPassword(asked, request, { username: parameters.get("login_hint") ?? "" }),
  );

/** Takes what the page sends: a name and a password, or the answer to what was asked then. */
export const login: DomainEndpoint = (asked) =>
  withRequest(asked, async (request) => {
    const form = formOf(asked) ?? new URLSearchParams();
    const username = form.get("username") ?? "";
    const token = cookieOf(asked, "XSRF-TOKEN");
    // A cookie can be planted by whatever else listens on this host, an empty one, too.
    const isOwnPage = token !== undefined && token !== "" && token === form.get("_csrf");
    if (!asked.hop.check("page", isOwnPage, isOwnPage ? {} : { expected: "a form of this page", actual: "another" })) {
      return askForPassword(asked, request, { username, error: "This page has expired. Sign in again.", status: 403 });
    }
    const session = form.get("session");
    const step = session === null ? undefined : { name: form.get("challenge") ?? "", session, username };
    try {
      const admission = step
        ? answerChallenge(asked.pool, request.client, step, form)
        : proveIdentity(asked.pool, request.client, username, form.get("password") ?? "");
      asked.hop.check("user", true);
      return await goOn(asked, request, admission);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      asked.hop.check("user", false, { expected: `a user of ${asked.pool.id}`, actual: error.message });
      return step === undefined || error.code === "NotAuthorizedException"
        ? askForPassword(asked, request, { username, error: error.message, status: 400 })
        : askChallenge(asked, request, step, error.message);
    }
  });

function goOn(
  asked: DomainRequest,
  request: AuthorizationRequest,
  admission: Admission,
): HttpResponse | Promise<HttpResponse> {
  if ("challenge" in admission) {
    const { name, session = "", parameters } = admission.challenge;
    return askChallenge(asked, request, { name, session, username: parameters.USER_ID_FOR_SRP ?? "" });
  }
  const authTime = asked.pool.now();
  return returnToApp(asked, request, admission.user, authTime, {
    "set-cookie": setCookie(asked, "cognito", asked.pool.hostedSessions.open(admission.user, authTime)),
  });
}

/** The user goes back to the app, with a code or, in the implicit flow, with the tokens themselves. */
async function returnToApp(
  { pool }: DomainRequest,
  request: AuthorizationRequest,
  user: User,
  authTime: number,
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  const { client, redirectUri, responseType, state } = request;
  const back = new URL(redirectUri);
  if (responseType === "code") {
    back.searchParams.set("code", pool.authorizationCodes.issue({ request, user, authTime }));
    if (state !== undefined) back.searchParams.set("state", state);
    return redirect(back.href, headers);
  }
  const scopes = request.scopes ?? client.allowedOAuthScopes;
  const grant = { scopes, nonce: request.nonce, resource: request.resource };
  const tokens = await signIn(pool, client, user, startSession(pool, user, { grant, authTime }));
  back.hash = new URLSearchParams({
    ...(scopes.includes("openid") && { id_token: tokens.idToken }),
    access_token: tokens.accessToken,
    token_type: "Bearer",
    expires_in: String(tokens.expiresIn),
    ...(state !== undefined && { state }),
  }).toString();
  return redirect(back.href, headers);
}

function askForPassword(
  asked: DomainRequest,
  { redirectUri, client }: AuthorizationRequest,
  { username, error, status }: { username: string; error?: string; status?: number },
): Promise<HttpResponse> {
  const token = asked.pool.tokenRandom.uuid();
  const { usernameAttributes, poolName } = asked.pool.declaration;
  const fields: PageField[] = [
    { name: "username", label: labelOf(usernameAttributes), type: "text", autocomplete: "username", value: username },
    { name: "password", label: "Password", type: "password", autocomplete: "current-password" },
  ];
  const texts = [`You are signing in to ${client.clientName} as a user of ${poolName}.`];
  if (asked.pool.users.all().length === 0) {
    texts.push(`There is no user yet: make one by aws cognito-idp admin-create-user --user-pool-id ${asked.pool.id}.`);
  }
  const form = { fields, hidden: { _csrf: token }, submit: "Sign in", leadsTo: redirectUri };
  return signInPage({ title: "Sign in", texts, error, form }, status, setCookie(asked, "XSRF-TOKEN", token));
}

/** What a user's name is, where it is an attribute. */
function labelOf(usernameAttributes: readonly string[]): string {
  const names = usernameAttributes.map((name) => (name === "email" ? "Email address" : "Phone number"));
  return names.join(" or ") || "Username";
}

/** Refusals go to the app where its redirect URI is good, and to the page of errors where it is not. */
async function withRequest(
  asked: DomainRequest,
  answer: (request: AuthorizationRequest, parameters: URLSearchParams) => HttpResponse | Promise<HttpResponse>,
): Promise<HttpResponse> {
  const parameters = new URLSearchParams(asked.request.location.search);
  const resource = parameters.get("resource");
  if (resource !== null) parameters.set("resource", awsUrl(resource, asked.request.location.host, asked.urls));
  try {
    const awsForm = (url: string) => awsUrl(url, asked.request.location.host, asked.urls);
    return await answer(readAuthorizationRequest(asked.pool, parameters, asked.hop, awsForm), parameters);
  } catch (error) {
    if (error instanceof HostedPageError) return redirect(errorUrl(asked, error.code));
    if (!(error instanceof AuthorizationRefusal)) throw error;
    const back = new URL(error.redirectUri);
    back.searchParams.set("error", error.code);
    if (error.state !== undefined) back.searchParams.set("state", error.state);
    return redirect(back.href);
  }
}

export function errorUrl(asked: DomainRequest, error: HostedPageError["code"]): string {
  const clientId = asked.request.location.searchParams.get("client_id");
  return domainUrl(asked, "/error", new URLSearchParams({ error, ...(clientId !== null && { client_id: clientId }) }));
}
