import { decodeJwt, type JWTPayload } from "jose";
import { z } from "zod";

import { DISCOVERY_DOCUMENTS, discoveryPath } from "../../aws/agentcore/discovery";
import { parseJson } from "../../targets/json";
import { readAuthorization } from "../authorization-header";
import type { Environment } from "../cloud/environment";
import { HttpResponse, type HttpRequest } from "../cloud/network/http-message";
import { awsUrl, type HostService, type UrlMapping } from "../cloud/network/network";
import { problem, redirect } from "../http/answers";
import { LOCAL_ISSUER } from "../http/cognito-idp/discovery";
import { signInPage, type PageForm } from "../http/sign-in-page";
import { onThisMachine } from "../http/this-machine";
import { challengeOf } from "../pkce";
import { summarizeAnswer, summarizeRequest } from "../trace/summary";
import { dialectOf, type Granted } from "./dialects";
import { IssuerTokens } from "./issuer-tokens";

/** Who signed in, and for which client. */
interface SignIn extends Granted {
  readonly issuer: string;
  /** What the user's tokens have beside what every token has. */
  readonly claims: JWTPayload;
  readonly audience: string;
  readonly nonce?: string;
}

interface PendingCode extends SignIn {
  readonly redirectUri: string;
  readonly codeChallenge?: string;
}

type Fields = (name: string) => string | undefined;

/** What the endpoints are called, below each issuer of the host. */
const ENDPOINTS = { authorize: "/authorize", token: "/token", register: "/register", keys: "/keys" } as const;

/** After which a user gets a refresh token, too. */
const USER_GRANTS = ["authorization_code", "refresh_token"];
/** RFC 8693, section 2.1; RFC 7523, section 2.1. */
const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** RFC 6749, section 4.1.2.1: a user may deny what a client asks for. */
const DENIAL = "deny";

const claimsObject = z.record(z.string(), z.unknown());
const registration = z.looseObject({ redirect_uris: z.array(z.string()).optional() });

/**
 * Stands in for a host of OpenID issuers, so that no account is needed there: every path of the host is an issuer, every
 * client is known, and whoever is named is signed in.
 */
export class IssuerHost implements HostService {
  private readonly tokens: IssuerTokens;
  private readonly codes = new Map<string, PendingCode>();
  private readonly refreshTokens = new Map<string, SignIn>();

  constructor(
    private readonly environment: Environment,
    private readonly host: string,
  ) {
    this.tokens = new IssuerTokens(environment, host);
  }

  serves(host: string): boolean {
    return host === this.host;
  }

  handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const start = { name: "identity provider" as const, request: summarizeRequest(request, request.body.toString()) };
    return request.trace.hop(start, async (hop) => {
      const response = await this.answer(request, urls);
      hop.check("HTTP status", response.status < 400, { expected: "no error", actual: String(response.status) });
      hop.answer(summarizeAnswer(response.status));
      return response;
    });
  }

  private async answer(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const { pathname } = request.location;
    const base = this.issuerOfDocument(pathname);
    if (base !== undefined) return this.document(base, urls);
    const cut = pathname.lastIndexOf("/");
    const issuer = this.issuer(pathname.slice(0, cut));
    switch (`${request.method} ${pathname.slice(cut)}`) {
      case `GET ${ENDPOINTS.keys}`:
        return HttpResponse.json(this.tokens.keys.jwks, { headers: OPEN_TO_PAGES });
      case `GET ${ENDPOINTS.authorize}`:
      case `POST ${ENDPOINTS.authorize}`:
        return this.authorize(request, issuer, urls);
      case `POST ${ENDPOINTS.token}`:
        return this.grant(request, issuer, urls);
      case `POST ${ENDPOINTS.register}`:
        return this.register(request);
      default:
        if (Object.values<string>(ENDPOINTS).includes(pathname.slice(cut))) {
          return problem(405, `The stand-in for ${this.host} takes no ${request.method} at ${pathname}.`);
        }
        return problem(404, `The stand-in for ${this.host} has nothing at ${request.method} ${pathname}.`);
    }
  }

  /** The path of the issuer whose document is asked for, in the place of OpenID Connect Discovery or of RFC 8414. */
  private issuerOfDocument(pathname: string): string | undefined {
    for (const path of DISCOVERY_DOCUMENTS.map(discoveryPath)) {
      if (pathname.endsWith(path)) return pathname.slice(0, -path.length);
      if (pathname.startsWith(`${path}/`)) return pathname.slice(path.length);
    }
    return undefined;
  }

  private issuer(path: string): string {
    return `https://${this.host}${path === "" ? dialectOf(this.host).rootPath : path}`;
  }

  private document(path: string, urls: UrlMapping): HttpResponse {
    const issuer = this.issuer(path);
    const endpoint = (name: string) => urls(`https://${this.host}${path}${name}`);
    const isOutside = urls(issuer) !== issuer;
    return HttpResponse.json(
      {
        issuer: urls(issuer),
        authorization_endpoint: endpoint(ENDPOINTS.authorize),
        token_endpoint: `${endpoint(ENDPOINTS.token)}${isOutside ? `?${LOCAL_ISSUER}` : ""}`,
        registration_endpoint: endpoint(ENDPOINTS.register),
        jwks_uri: endpoint(ENDPOINTS.keys),
        response_types_supported: ["code"],
        grant_types_supported: [...USER_GRANTS, "client_credentials", TOKEN_EXCHANGE, JWT_BEARER],
        code_challenge_methods_supported: ["S256"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
        token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
      },
      { headers: OPEN_TO_PAGES },
    );
  }

  /** RFC 7591: whoever asks is a client. */
  private register(request: HttpRequest): HttpResponse {
    const metadata = registration.safeParse(request.json());
    if (!metadata.success) return HttpResponse.json({ error: "invalid_client_metadata" }, { status: 400 });
    return HttpResponse.json({ ...metadata.data, client_id: this.environment.random.uuid() }, { status: 201 });
  }

  /** Shows the page, and takes what it sends. */
  private authorize(request: HttpRequest, issuer: string, urls: UrlMapping): HttpResponse | Promise<HttpResponse> {
    const { searchParams } = request.location;
    const asked: Fields = (name) => searchParams.get(name) ?? undefined;
    const [clientId, redirectUri] = [asked("client_id"), asked("redirect_uri")];
    if (clientId === undefined || redirectUri === undefined || onThisMachine(redirectUri, urls) === undefined) {
      return signInPage({ title: "Error", texts: ["A client_id and a redirect_uri on this machine are needed."] }, 400);
    }
    const back = new URL(redirectUri);
    const state = asked("state");
    if (state !== undefined) back.searchParams.set("state", state);
    const isPkce = asked("code_challenge") === undefined || asked("code_challenge_method") === "S256";
    if (asked("response_type") !== "code" || !isPkce) {
      back.searchParams.set("error", "invalid_request");
      return redirect(back.href);
    }
    const form = new URLSearchParams(request.body.toString());
    const [sub, text] = [form.get("sub") ?? asked("login_hint") ?? "stand-in-user", form.get("claims") ?? "{}"];
    const claims = parseClaims(text);
    if (request.method === "GET" || claims === undefined) {
      return this.page({ sub, text, redirectUri }, claims ? undefined : "The claims are no JSON object.");
    }
    if (form.get("answer") === DENIAL) {
      back.searchParams.set("error", "access_denied");
      return redirect(back.href);
    }
    const code = this.environment.random.uuid();
    this.codes.set(code, {
      ...this.asked(asked, clientId, issuer, urls),
      redirectUri,
      claims: { sub, ...claims },
      nonce: asked("nonce"),
      codeChallenge: asked("code_challenge"),
    });
    back.searchParams.set("code", code);
    return redirect(back.href);
  }

  private page({ sub, text, redirectUri }: Record<"sub" | "text" | "redirectUri", string>, error?: string) {
    const form: PageForm = {
      fields: [
        { name: "sub", label: "User (claim sub)", type: "text", autocomplete: "username", value: sub },
        { name: "claims", label: "Further claims (JSON)", type: "textarea", autocomplete: "off", value: text },
      ],
      hidden: {},
      submit: [
        { value: "consent", label: "Sign in" },
        { value: DENIAL, label: "Deny" },
      ],
      leadsTo: redirectUri,
    };
    const texts = [`The emulator stands in for ${this.host}: whoever you name is signed in.`];
    return signInPage({ title: "Sign in", texts, error, form }, error === undefined ? 200 : 400);
  }

  private async grant(request: HttpRequest, issuer: string, urls: UrlMapping): Promise<HttpResponse> {
    const form = new URLSearchParams(request.body.toString());
    const field: Fields = (name) => form.get(name) ?? undefined;
    const signIn = this.signInBehind(field, request, issuer, urls);
    if (typeof signIn === "string") {
      return HttpResponse.json({ error: signIn }, { status: 400, headers: OPEN_TO_PAGES });
    }
    const shownIssuer = request.location.searchParams.has(LOCAL_ISSUER) ? urls(signIn.issuer) : signIn.issuer;
    const isUser = USER_GRANTS.includes(field("grant_type") ?? "");
    return HttpResponse.json(await this.issue(signIn, shownIssuer, isUser), {
      headers: OPEN_TO_PAGES,
    });
  }

  /** @returns an OAuth error where there is none */
  private signInBehind(field: Fields, request: HttpRequest, issuer: string, urls: UrlMapping): SignIn | string {
    switch (field("grant_type")) {
      case "client_credentials": {
        const clientId = clientIdOf(request) ?? field("client_id") ?? "stand-in-client";
        const claims = parseClaims(field("claims") ?? "{}");
        if (claims === undefined) return "invalid_request";
        return { ...this.asked(field, clientId, issuer, urls), claims: { sub: clientId, ...claims } };
      }
      case "authorization_code": {
        const code = field("code") ?? "";
        const pending = this.codes.get(code);
        this.codes.delete(code);
        const { codeChallenge } = pending ?? {};
        const isVerified = codeChallenge === undefined || codeChallenge === challengeOf(field("code_verifier") ?? "");
        return pending && isVerified && pending.redirectUri === field("redirect_uri") ? pending : "invalid_grant";
      }
      case TOKEN_EXCHANGE:
      case JWT_BEARER:
        return this.exchanged(field, request, issuer, urls);
      case "refresh_token":
        return this.refreshTokens.get(field("refresh_token") ?? "") ?? "invalid_grant";
      default:
        return "unsupported_grant_type";
    }
  }

  /** Whom a token stands for is believed to the letter, as whoever is named at the page is signed in. */
  private exchanged(field: Fields, request: HttpRequest, issuer: string, urls: UrlMapping): SignIn | string {
    const subject = claimsIn(field("subject_token") ?? field("assertion"));
    const clientId = clientIdOf(request) ?? field("client_id");
    if (subject?.sub === undefined || clientId === undefined) return "invalid_request";
    // RFC 8693, section 4.1.
    const claims = { sub: subject.sub, act: { sub: claimsIn(field("actor_token"))?.sub ?? clientId } };
    return { ...this.asked(field, clientId, issuer, urls), claims };
  }

  /** What is asked for, and by whom. */
  private asked(field: Fields, clientId: string, issuer: string, urls: UrlMapping): Omit<SignIn, "claims"> {
    const audience = awsUrl(field("resource") ?? field("audience") ?? clientId, this.host, urls);
    return { issuer, clientId, audience, scopes: (field("scope") ?? "").split(" ").filter(Boolean) };
  }

  private async issue(signIn: SignIn, shownIssuer: string, isUser: boolean): Promise<object> {
    const { issuer, audience, claims, clientId, scopes, nonce } = signIn;
    const access = { aud: audience, ...dialectOf(this.host).claims(signIn), ...claims };
    const { token, expiresIn } = await this.tokens.sign(issuer, access);
    const answer = { access_token: token, token_type: "Bearer", expires_in: expiresIn, scope: scopes.join(" ") };
    if (!isUser) return answer;
    const refreshToken = this.environment.random.bytes(32).toString("base64url");
    this.refreshTokens.set(refreshToken, signIn);
    if (!scopes.includes("openid")) return { ...answer, refresh_token: refreshToken };
    const identity = { ...claims, aud: clientId, ...(nonce !== undefined && { nonce }) };
    const { token: idToken } = await this.tokens.sign(shownIssuer, identity);
    return { ...answer, refresh_token: refreshToken, id_token: idToken };
  }
}

const OPEN_TO_PAGES = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** @returns undefined where the text is no JSON object */
function parseClaims(text: string): JWTPayload | undefined {
  return claimsObject.safeParse(parseJson(text)).data;
}

function claimsIn(token = ""): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

function clientIdOf({ headers }: HttpRequest): string | undefined {
  const { scheme, credentials } = readAuthorization(headers.get("authorization") ?? "");
  return scheme === "basic" ? Buffer.from(credentials, "base64").toString().split(":")[0] : undefined;
}
