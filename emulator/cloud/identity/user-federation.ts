import { dataPlaneHost } from "../../../aws/agentcore/endpoints";
import type { HopRecorder, Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import {
  AuthorizationServerError,
  DEMANDS,
  findEndpoint,
  type IssuedToken,
  requestToken,
} from "./authorization-server";
import { type AuthorizationSession, AuthorizationSessions, type ConsentDemand } from "./authorization-sessions";
import { codeRefused, invalidSession } from "./errors";
import { isSameUser, userKey, type WorkloadUser } from "./workload-user";

/** What is asked for in the name of a user. */
export interface UserTokenDemand extends Omit<ConsentDemand, "returnUrl"> {
  /** Whether what is in the vault counts for nothing. */
  readonly isForced: boolean;
  /** Asked for where the user has to consent. */
  readonly returnUrl: () => string;
}

/** A user who is yet to consent. */
export interface PendingConsent {
  /** Where he does so. */
  readonly authorizationUrl: string;
  readonly sessionUri: string;
  readonly sessionStatus: "IN_PROGRESS" | "FAILED";
}

interface KeptToken extends IssuedToken {
  /** Milliseconds since the epoch. */
  readonly goodUntil: number;
}

/** A page that was not begun here, or is over. */
export class ConsentError extends Error {
  constructor(
    readonly check: "request_uri" | "state" | "consent" | "authorization endpoint",
    readonly expected: string,
    message: string,
  ) {
    super(message);
    this.name = "ConsentError";
  }
}

/** The authorization code flow of AgentCore Identity: users consent in a browser, and the vault keeps their tokens. */
export class UserFederation {
  private readonly sessions: AuthorizationSessions;
  private readonly kept = new Map<string, KeptToken>();

  constructor(private readonly environment: Environment) {
    this.sessions = new AuthorizationSessions(environment);
  }

  /** The user's token, new where the authorization server gave a refresh token, or what he has to do to have one. */
  async token(demand: UserTokenDemand, trace: Trace): Promise<string | PendingConsent> {
    const key = keyOf(demand);
    if (demand.isForced) this.kept.delete(key);
    const kept = this.kept.get(key);
    if (kept && this.environment.clock.now() < kept.goodUntil) return kept.accessToken;
    const refreshed = kept?.refreshToken && (await this.refresh(demand, kept.refreshToken, trace));
    if (refreshed) return this.keep(key, refreshed);
    this.kept.delete(key);
    return this.pending(this.sessions.open({ ...demand, returnUrl: demand.returnUrl() }));
  }

  /** How a consent stands that was asked for before. @returns undefined where there is no such session */
  status(sessionUri: string): PendingConsent | undefined {
    const session = this.sessions.find(sessionUri);
    return session && this.pending(session);
  }

  /** Runs once the session is bound. */
  whenBound(sessionUri: string, run: () => void): void {
    const session = this.sessions.find(sessionUri);
    if (session) session.whenBound = run;
  }

  /**
   * Where the user's browser goes from the authorization URL: to the authorization server.
   *
   * @param redirectUri the provider's callback URL, as the browser reaches it
   * @throws ConsentError
   */
  async begin(requestUri: string, redirectUri: (callbackUrl: string) => string, trace: Trace): Promise<string> {
    const session = this.sessions.find(requestUri);
    if (!session || session.code !== undefined || session.failure !== undefined) {
      const message = "This link has been used, or is older than ten minutes. Ask for a new one.";
      throw new ConsentError("request_uri", "a session that is open, and not older than ten minutes", message);
    }
    const { provider, scopes, customParameters = {}, state } = session;
    session.redirectUri = redirectUri(provider.callbackUrl);
    const url = new URL(await this.authorizationEndpoint(session, trace));
    const parameters = {
      ...customParameters,
      response_type: "code",
      client_id: provider.clientId,
      redirect_uri: session.redirectUri,
      ...(scopes.length > 0 && { scope: scopes.join(" ") }),
      state,
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  /**
   * What the authorization server says, by way of the browser.
   *
   * @param callbackUrl that it came to
   * @throws ConsentError
   */
  answered(callbackUrl: string, answer: URLSearchParams): AuthorizationSession {
    const session = this.sessions.ofState(answer.get("state") ?? "");
    const isAsked = session?.redirectUri !== undefined && session.provider.callbackUrl === callbackUrl;
    if (!isAsked || session.code !== undefined || session.failure !== undefined) {
      const message = "This answer belongs to no authorization that is under way. Begin again.";
      throw new ConsentError("state", "the state of an authorization that is under way, once", message);
    }
    const code = answer.get("code");
    if (code === null) session.failure = answer.get("error") ?? "no code";
    else session.code = code;
    return session;
  }

  /** The session that an application is to bind. */
  returned(sessionUri: string): AuthorizationSession | undefined {
    const session = this.sessions.find(sessionUri);
    return session?.code === undefined ? undefined : session;
  }

  /**
   * Redeems the code, once the application vouches for its user.
   *
   * @throws AwsError AccessDeniedException, ValidationException
   */
  async bind(sessionUri: string, user: WorkloadUser, hop: HopRecorder<"token vault">): Promise<void> {
    const session = this.returned(sessionUri);
    const isOpen = session !== undefined;
    const open = { expected: "a session whose user has consented, not older than ten minutes", actual: "none" };
    if (!hop.check("session", isOpen, isOpen ? {} : open) || !isOpen) throw invalidSession();
    const isSame = isSameUser(session.user, user);
    const own = { expected: "the user token or id that the session began with", actual: "another" };
    if (!hop.check("user", isSame, isSame ? {} : own)) throw invalidSession();
    this.sessions.close(session);
    this.keep(keyOf(session), await this.redeem(session, hop));
    session.whenBound?.();
  }

  /** A token that a target refused is not shown again. */
  forget(accessToken: string): void {
    for (const [key, token] of this.kept) if (token.accessToken === accessToken) this.kept.delete(key);
  }

  private async authorizationEndpoint({ provider }: AuthorizationSession, trace: Trace): Promise<string> {
    try {
      return await findEndpoint(this.environment, provider, "authorization endpoint", trace);
    } catch (error) {
      if (!(error instanceof AuthorizationServerError)) throw error;
      throw new ConsentError("authorization endpoint", DEMANDS[error.check], error.message);
    }
  }

  private async redeem(session: AuthorizationSession, hop: HopRecorder<"token vault">): Promise<IssuedToken> {
    const { provider, code = "", redirectUri = "" } = session;
    try {
      const parameters = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
      return await requestToken(this.environment, provider, parameters, hop);
    } catch (error) {
      if (!(error instanceof AuthorizationServerError)) throw error;
      hop.check(error.check, false, { expected: DEMANDS[error.check], actual: error.message });
      throw codeRefused();
    }
  }

  /** @returns undefined where it counts no more, and the user is asked again */
  private async refresh(
    { provider }: UserTokenDemand,
    refreshToken: string,
    trace: Trace,
  ): Promise<IssuedToken | undefined> {
    try {
      const parameters = { grant_type: "refresh_token", refresh_token: refreshToken };
      const token = await requestToken(this.environment, provider, parameters, trace);
      return { ...token, refreshToken: token.refreshToken ?? refreshToken };
    } catch (error) {
      if (error instanceof AuthorizationServerError) return undefined;
      throw error;
    }
  }

  /** One that does not say how long it lasts is kept until it is refused. */
  private keep(key: string, token: IssuedToken): string {
    const { expiresIn = Infinity } = token;
    this.kept.set(key, { ...token, goodUntil: this.environment.clock.now() + expiresIn * 1000 });
    return token.accessToken;
  }

  private pending({ sessionUri, failure }: AuthorizationSession): PendingConsent {
    const url = new URL(`https://${dataPlaneHost(this.environment.region)}${AUTHORIZE_PATH}`);
    url.searchParams.set("request_uri", sessionUri);
    return { authorizationUrl: url.href, sessionUri, sessionStatus: failure === undefined ? "IN_PROGRESS" : "FAILED" };
  }
}

/** Seen in authorization URLs. */
export const AUTHORIZE_PATH = "/identities/oauth2/authorize";

function keyOf({ provider, workload, user, scopes }: Omit<ConsentDemand, "returnUrl">): string {
  return [provider.name, workload, scopes.join(" "), userKey(user)].join("\n");
}
