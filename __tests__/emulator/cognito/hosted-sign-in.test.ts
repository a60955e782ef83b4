import { createHash } from "node:crypto";

import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";

import type { UserPoolClientDeclaration } from "../../../topology";
import { ManualClock } from "../../../emulator/clock";
import { askDomain } from "./domain";
import { createCognito, createToolScopes, decode, pool, publicClient } from "./fixtures";

const HOST = "people.auth.us-east-1.amazoncognito.com";
const CALLBACK = "http://localhost:8976/callback";
const PASSWORD = "TestPass123!";
const VERIFIER = "v".repeat(43);
const PKCE = {
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};
const RESOURCE = "https://gateway.example.com/mcp";
const outside = (url: string) => url.replace("https://", "http://127.0.0.1:4700/");

const clock = new ManualClock(Date.parse("2026-11-29T12:00:00Z"));
const cognito = createCognito(clock, "hosted");
const { userPoolId } = cognito.createUserPool(pool({ poolName: "people" }));
const people = cognito.userPool(userPoolId);
cognito.createUserPoolDomain({ domain: "people", userPoolId });
createToolScopes(cognito, userPoolId);
const CLIENT: Partial<UserPoolClientDeclaration> = {
  clientName: "desktop app",
  allowedOAuthFlowsUserPoolClient: true,
  allowedOAuthFlows: ["code"],
  allowedOAuthScopes: ["openid", "email", "profile", "mcp-server/tools.read", "aws.cognito.signin.user.admin"],
  callbackUrls: [CALLBACK, "myapp://signed-in"],
  logoutUrls: ["http://localhost:8976/bye"],
};
const clientWith = (changes: Partial<UserPoolClientDeclaration> = {}) =>
  cognito.createUserPoolClient(publicClient(userPoolId, { ...CLIENT, ...changes }));
const { clientId } = clientWith();
const attributes = new Map([
  ["email", "alice@example.com"],
  ["email_verified", "true"],
  ["name", "Alice"],
]);
people.users.adminCreateUser({ username: "alice", attributes });
people.users.adminSetUserPassword("alice", PASSWORD, true);

const REQUEST = { response_type: "code", client_id: clientId, redirect_uri: CALLBACK, scope: "openid email", ...PKCE };

type Parameters = Readonly<Record<string, string | undefined>>;

function urlOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `https://${HOST}${path}?${new URLSearchParams(given).toString()}`;
}

const get = (path: string, parameters: Parameters, headers: Record<string, string> = {}, urls = outside) =>
  askDomain(people, new Request(urlOf(path, parameters), { headers }), urls);

const post = (
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
  query: Parameters = {},
) =>
  askDomain(
    people,
    new Request(urlOf(path, query), { method: "POST", headers, body: new URLSearchParams(form) }),
    outside,
  );

const location = (response: Response) => new URL(response.headers.get("location") ?? "about:blank");
const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";

async function hiddenFields(response: Response): Promise<Record<string, string>> {
  const page = await response.text();
  const fields = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}

/** Opens the page and sends its form. */
async function submit(parameters: Parameters, typed: Record<string, string>): Promise<Response> {
  const page = await get("/login", parameters);
  return post("/login", { ...(await hiddenFields(page.clone())), ...typed }, { cookie: cookieOf(page) }, parameters);
}

async function codeFor(parameters: Parameters = {}): Promise<string> {
  const answer = await submit({ ...REQUEST, ...parameters }, { username: "alice", password: PASSWORD });
  return location(answer).searchParams.get("code") ?? "";
}

const redeem = (code: string, changes: Record<string, string> = {}, query: Parameters = {}) =>
  post(
    "/oauth2/token",
    {
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: CALLBACK,
      code,
      code_verifier: VERIFIER,
      ...changes,
    },
    {},
    query,
  );

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}
const tokensFor = async (parameters: Parameters = {}, query: Parameters = {}) =>
  (await (await redeem(await codeFor(parameters), {}, query)).json()) as Tokens;

describe("the authorize endpoint", () => {
  test("leads to the page of the same parameters", async () => {
    const to = location(await get("/oauth2/authorize", { ...REQUEST, state: "s" }));
    expect(to.href).toContain(`http://127.0.0.1:4700/${HOST}/login?`);
    expect(Object.fromEntries(to.searchParams)).toEqual({ ...REQUEST, state: "s" });
  });

  const machine = clientWith({ allowedOAuthFlowsUserPoolClient: false }).clientId;
  test.each<[name: string, changes: Parameters, error: string]>([
    ["no response type", { response_type: undefined }, "invalid_request"],
    ["another response type", { response_type: "id_token" }, "invalid_request"],
    ["a flow that the client has not", { response_type: "token" }, "unauthorized_client"],
    ["a client without OAuth", { client_id: machine }, "unauthorized_client"],
    ["PKCE without a method", { code_challenge_method: undefined }, "invalid_request"],
    ["PKCE by plain", { code_challenge_method: "plain" }, "invalid_request"],
    ["a method without a challenge", { code_challenge: undefined }, "invalid_request"],
    ["an unknown scope", { scope: "openid offline_access" }, "invalid_scope"],
    ["a scope that is not the client's", { scope: "openid phone" }, "invalid_scope"],
    ["an attribute's scope without openid", { scope: "email" }, "invalid_scope"],
    ["a resource over http", { resource: "http://gateway.example.com/mcp" }, "invalid_request"],
    ["another identity provider", { identity_provider: "Google" }, "invalid_request"],
    ["prompt=none without a session", { prompt: "none" }, "login_required"],
  ])("tells the app of %s", async (_, changes, error) => {
    const to = location(await get("/oauth2/authorize", { ...REQUEST, state: "a b&c", ...changes }));
    expect(to.href.split("?")[0]).toBe(CALLBACK);
    expect(Object.fromEntries(to.searchParams)).toEqual({ error, state: "a b&c" });
  });

  test.each<[name: string, changes: Parameters, error: string]>([
    ["an unknown client", { client_id: "nobody" }, "invalid_request"],
    ["no client", { client_id: undefined }, "invalid_request"],
    ["a URL that is not registered", { redirect_uri: `${CALLBACK}/` }, "redirect_mismatch"],
    ["another port", { redirect_uri: CALLBACK.replace("8976", "8977") }, "redirect_mismatch"],
    ["no URL", { redirect_uri: undefined }, "redirect_mismatch"],
  ])("tells the user of %s, and never calls it", async (_, changes, error) => {
    const to = location(await get("/oauth2/authorize", { ...REQUEST, ...changes }));
    expect(to.href).toContain(`http://127.0.0.1:4700/${HOST}/error?`);
    expect(to.searchParams.get("error")).toBe(error);
    const page = await get("/error", Object.fromEntries(to.searchParams));
    expect(page.status).toBe(400);
    expect(await page.text()).toContain(error);
  });
});

describe("the sign-in page", () => {
  test("repeats nothing of its URL as HTML", async () => {
    const page = await get("/login", { ...REQUEST, login_hint: `"><script>alert(1)</script>` });
    expect(await page.text()).not.toContain("<script");
    const error = await get("/error", { error: "<img src=x onerror=alert(1)>" });
    expect(await error.text()).not.toContain("<img");
    expect(await (await get("/error", { error: "constructor" })).text()).not.toContain("native code");
  });

  test.each<[name: string, typed: Record<string, string>, status: number, message: string]>([
    ["a wrong password", { username: "alice", password: "wrong" }, 400, "Incorrect username or password."],
    ["an unknown user", { username: "nobody", password: PASSWORD }, 400, "User does not exist."],
    ["nothing", {}, 400, "User does not exist."],
    ["a form of another page", { username: "alice", password: PASSWORD, _csrf: "x" }, 403, "This page has expired."],
  ])("refuses %s and lets the user try again", async (_, typed, status, message) => {
    const answer = await submit(REQUEST, typed);
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toContain(message);
    expect(page).toContain('name="password"');
    expect(page).not.toContain(PASSWORD);
  });

  test("remembers a browser for an hour, unless the app asks for a new sign-in", async () => {
    const signedIn = await submit(REQUEST, { username: "alice", password: PASSWORD });
    expect(signedIn.headers.get("set-cookie")).toMatch(
      new RegExp(`^cognito=[\\w-]{43}; Path=/${HOST}/; Max-Age=3600; HttpOnly; SameSite=Lax$`),
    );
    const cookie = { cookie: `other=1; ${cookieOf(signedIn)}` };
    const again = async (prompt?: string) => location(await get("/oauth2/authorize", { ...REQUEST, prompt }, cookie));
    expect((await again("none")).searchParams.get("code")).toMatch(/^[0-9a-f-]{36}$/);
    expect((await again("login")).pathname).toBe(`/${HOST}/login`);
    clock.advance(3_600_000);
    expect((await again()).pathname).toBe(`/${HOST}/login`);
  });

  test("asks for a new password in the place of a temporary one", async () => {
    people.users.adminCreateUser({ username: "bob", attributes: new Map(), temporaryPassword: "TempPass123!" });
    const demand = await submit(REQUEST, { username: "bob", password: "TempPass123!" });
    expect(demand.status).toBe(200);
    const send = async (page: Response, new_password: string, confirm_password = new_password) =>
      post(
        "/login",
        { ...(await hiddenFields(page.clone())), new_password, confirm_password },
        { cookie: cookieOf(page) },
        REQUEST,
      );
    const different = await send(demand, PASSWORD, "other");
    expect(await different.clone().text()).toContain("The two passwords are not the same.");
    const weak = await send(different, "weak");
    expect(await weak.clone().text()).toContain("Password did not conform with policy");
    expect(location(await send(weak, PASSWORD)).searchParams.get("code")).toMatch(/^[0-9a-f-]{36}$/);
    expect(people.users.adminGetUser("bob").status).toBe("CONFIRMED");
  });

  test("gives tokens at once in the implicit flow", async () => {
    const implicit = clientWith({ allowedOAuthFlows: ["implicit"] }).clientId;
    const request = { ...REQUEST, client_id: implicit, response_type: "token", state: "s" };
    const to = location(await submit(request, { username: "alice", password: PASSWORD }));
    const given = new URLSearchParams(to.hash.slice(1));
    expect([...given.keys()]).toEqual(["id_token", "access_token", "token_type", "expires_in", "state"]);
  });
});

describe("signing out", () => {
  test("ends the session and leads to a registered URL", async () => {
    const cookie = { cookie: cookieOf(await submit(REQUEST, { username: "alice", password: PASSWORD })) };
    const out = await get("/logout", { client_id: clientId, logout_uri: "http://localhost:8976/bye" }, cookie);
    expect([location(out).href, cookieOf(out)]).toEqual(["http://localhost:8976/bye", "cognito="]);
    expect(location(await get("/oauth2/authorize", REQUEST, cookie)).pathname).toBe(`/${HOST}/login`);
  });

  test("leads to the page again, with every scope of the client, where the app asks for that", async () => {
    const to = location(await get("/logout", { ...REQUEST, scope: undefined, state: "s" }));
    expect(to.pathname).toBe(`/${HOST}/login`);
    expect(to.searchParams.get("scope")).toBe(CLIENT.allowedOAuthScopes?.join(" "));
  });

  test.each<Parameters>([
    { client_id: clientId, logout_uri: "http://localhost:1/" },
    { client_id: clientId },
    { logout_uri: "http://localhost:8976/bye" },
  ])("refuses %p", async (parameters) => {
    expect(location(await get("/logout", parameters)).pathname).toBe(`/${HOST}/error`);
  });
});

describe("an authorization code", () => {
  test("gives tokens that AWS's own verifier accepts", async () => {
    const { access_token, id_token, refresh_token } = await tokensFor({ nonce: "n-1", resource: RESOURCE });
    const jwks = people.keys.jwks as unknown as Jwks;
    for (const [tokenUse, token] of [
      ["access", access_token],
      ["id", id_token],
    ] as const) {
      const judge = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
      judge.cacheJwks(jwks);
      jest.useFakeTimers({ now: clock.now() });
      expect(judge.verifySync(token)).toBeDefined();
      jest.useRealTimers();
    }
    expect(decode(access_token).payload).toMatchObject({
      scope: "openid email",
      version: 2,
      aud: RESOURCE,
      username: "alice",
    });
    const hash = createHash("sha256").update(access_token).digest().subarray(0, 16).toString("base64url");
    const { payload } = decode(id_token);
    expect(payload).toMatchObject({ nonce: "n-1", at_hash: hash, email: "alice@example.com", email_verified: true });
    expect(payload).not.toHaveProperty("name");
    expect(refresh_token.split(".")).toHaveLength(5);
  });

  test("binds the token to AWS's URL where the app names the emulator's", async () => {
    const { access_token } = await tokensFor({ resource: outside(RESOURCE) });
    expect(decode(access_token).payload["aud"]).toBe(RESOURCE);
  });

  test("gives an ID token of the issuer where the app has read about the endpoint", async () => {
    const issuer = async (query: Parameters) => decode((await tokensFor({}, query)).id_token).payload["iss"];
    expect(await issuer({})).toBe(people.issuer);
    expect(await issuer({ "local-issuer": "" })).toBe(outside(people.issuer));
    const { access_token } = await tokensFor({}, { "local-issuer": "" });
    expect(decode(access_token).payload["iss"]).toBe(people.issuer);
  });

  test("gives no ID token without openid", async () => {
    expect(await tokensFor({ scope: "mcp-server/tools.read" })).not.toHaveProperty("id_token");
  });

  const other = clientWith().clientId;
  test.each<[name: string, asked: Parameters, changes: Record<string, string>, error: string]>([
    ["by another client", {}, { client_id: other }, "invalid_grant"],
    ["by nobody", {}, { client_id: "nobody" }, "invalid_client"],
    ["with another verifier", {}, { code_verifier: "w".repeat(43) }, "invalid_grant"],
    ["with another registered URL", {}, { redirect_uri: "myapp://signed-in" }, "invalid_grant"],
    ["with an unregistered URL", {}, { redirect_uri: `${CALLBACK}/` }, "unauthorized_client"],
    ["that is none", {}, { code: "nonsense" }, "invalid_grant"],
    ["that was asked for without a scope", { scope: undefined }, {}, "invalid_grant"],
  ])("is refused %s", async (_, asked, changes, error) => {
    const answer = await redeem(await codeFor(asked), changes);
    expect([answer.status, await answer.json()]).toEqual([400, { error }]);
  });

  test("counts once, and for five minutes", async () => {
    const code = await codeFor();
    expect((await redeem(code)).status).toBe(200);
    expect(await (await redeem(code)).json()).toEqual({ error: "invalid_grant" });
    const late = await codeFor();
    clock.advance(300_000);
    expect(await (await redeem(late)).json()).toEqual({ error: "invalid_grant" });
  });
});

const refresh = (refresh_token: string, client_id = clientId) =>
  post("/oauth2/token", { grant_type: "refresh_token", client_id, refresh_token });

describe("a refresh token", () => {
  test("gives tokens of the same scopes, and goes on to be good", async () => {
    const { refresh_token } = await tokensFor({ resource: RESOURCE });
    const answer = (await (await refresh(refresh_token)).json()) as Tokens;
    expect(decode(answer.access_token).payload).toMatchObject({ scope: "openid email", aud: RESOURCE });
    expect(answer).not.toHaveProperty("refresh_token");
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test("is replaced where the client rotates, and good for the grace period", async () => {
    const rotating = clientWith({
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      refreshTokenRotation: { retryGracePeriodSeconds: 10 },
    }).clientId;
    const code = await codeFor({ client_id: rotating });
    const first = (await (await redeem(code, { client_id: rotating })).json()) as Tokens;
    const second = (await (await refresh(first.refresh_token, rotating)).json()) as Tokens;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token, rotating)).status).toBe(200);
    clock.advance(10_000);
    expect(await (await refresh(first.refresh_token, rotating)).json()).toEqual({ error: "invalid_grant" });
    expect((await refresh(second.refresh_token, rotating)).status).toBe(200);
  });

  test("is refused when it is another client's, revoked or missing", async () => {
    const { refresh_token } = await tokensFor();
    expect(await (await refresh(refresh_token, clientWith().clientId)).json()).toEqual({ error: "invalid_grant" });
    expect(await (await refresh("nonsense")).json()).toEqual({ error: "invalid_grant" });
    const missing = await post("/oauth2/token", { grant_type: "refresh_token", client_id: clientId });
    expect(await missing.json()).toEqual({ error: "invalid_request" });
    expect((await post("/oauth2/revoke", { token: refresh_token, client_id: clientId })).status).toBe(200);
    expect(await (await refresh(refresh_token)).json()).toEqual({ error: "invalid_grant" });
  });
});

describe("revocation", () => {
  test.each<[name: string, form: Record<string, string>, status: number, error: string]>([
    ["no token", { client_id: clientId }, 400, "invalid_request"],
    ["a JWT", { client_id: clientId, token: "a.b.c" }, 400, "unsupported_token_type"],
    ["an unknown client", { client_id: "nobody", token: "x" }, 401, "invalid_client"],
  ])("refuses %s", async (_, form, status, error) => {
    const answer = await post("/oauth2/revoke", form);
    expect([answer.status, await answer.json()]).toEqual([status, { error }]);
  });

  test("of a token that is none is done", async () => {
    const answer = await post("/oauth2/revoke", { client_id: clientId, token: "nonsense" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });
});

describe("user info", () => {
  const ask = (token: string) => get("/oauth2/userInfo", {}, { authorization: `Bearer ${token}` });

  test("has the attributes that the scopes open, as texts", async () => {
    const { sub } = people.users.adminGetUser("alice");
    const email = { email: "alice@example.com", email_verified: "true" };
    const of = async (scope: string) => (await ask((await tokensFor({ scope })).access_token)).json();
    expect(await of("openid")).toEqual({ sub, ...email, name: "Alice", username: "alice" });
    expect(await of("openid email")).toEqual({ sub, ...email, username: "alice" });
    expect(await of("openid profile")).toEqual({ sub, name: "Alice", username: "alice" });
  });

  test("is refused without openid, to ID tokens, after a revocation and to nobody", async () => {
    const { id_token, access_token, refresh_token } = await tokensFor();
    const unscoped = (await tokensFor({ scope: "mcp-server/tools.read" })).access_token;
    for (const token of [unscoped, id_token, "nonsense"]) expect((await ask(token)).status).toBe(401);
    await post("/oauth2/revoke", { token: refresh_token, client_id: clientId });
    const revoked = await ask(access_token);
    expect(revoked.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect((await get("/oauth2/userInfo", {})).status).toBe(400);
  });
});

test.each([
  ["http elsewhere", { callbackUrls: ["http://example.com/"] }, "http://example.com/ cannot use the HTTP protocol."],
  ["a fragment", { callbackUrls: ["https://example.com/#a"] }, "https://example.com/#a cannot have a fragment."],
  ["a path", { logoutUrls: ["/bye"] }, "/bye is no absolute URL."],
  ["another default", { defaultRedirectUri: "https://example.com/" }, "is not among the callback URLs."],
  [
    "rotation beside the flow it excludes",
    { refreshTokenRotation: { retryGracePeriodSeconds: 0 } },
    "cannot be enabled",
  ],
])("a client with %s is refused", (_, changes, message) => {
  expect(() => clientWith(changes)).toThrow(message);
});

test("an empty cookie, which anything on this host can plant, is no token of the page", async () => {
  const form = { username: "alice", password: PASSWORD, _csrf: "" };
  const answer = await post("/login", form, { cookie: "XSRF-TOKEN=" }, REQUEST);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("This page has expired.")]);
});

describe("setting up a second factor at the page", () => {
  beforeAll(() => {
    people.mfa = { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } };
    people.users.adminCreateUser({ username: "mallory", attributes: new Map() });
    people.users.adminSetUserPassword("mallory", PASSWORD, true);
  });
  afterAll(() => {
    people.mfa = { MfaConfiguration: "OFF" };
  });

  test.each<[name: string, changes: (session: string) => Record<string, string>]>([
    ["another user's name", (session) => ({ session, username: "alice", challenge: "MFA_SETUP", code: "123456" })],
    ["another user's name and no code", (session) => ({ session, username: "alice", challenge: "MFA_SETUP" })],
    ["no session", () => ({ session: "", username: "alice", challenge: "MFA_SETUP", code: "123456" })],
    ["another challenge", (session) => ({ session, username: "mallory", challenge: "SOFTWARE_TOKEN_MFA", code: "1" })],
    ["a challenge that is none", (session) => ({ session, username: "mallory", challenge: "__proto__" })],
  ])("shows no secret to whoever sends %s", async (_, changes) => {
    const page = await submit(REQUEST, { username: "mallory", password: PASSWORD });
    const own = await page.clone().text();
    expect(own).toContain("otpauth://totp/people:mallory?secret=");
    const { _csrf = "", session = "" } = await hiddenFields(page.clone());
    const answer = await post("/login", { _csrf, ...changes(session) }, { cookie: cookieOf(page) }, REQUEST);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/otpauth|secret/i);
  });
});
