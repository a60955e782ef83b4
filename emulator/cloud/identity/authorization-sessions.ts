import type { Environment } from "../environment";
import type { TokenDemand } from "./authorization-server";
import type { OAuth2CredentialProvider } from "./oauth2-credential-providers";
import type { WorkloadUser } from "./workload-user";

/** Developer guide, "oauth2-authorization-url-session-binding". */
export const SESSION_MINUTES = 10;

const URI_PREFIX = "urn:ietf:params:oauth:request_uri:";
const RANDOM_BYTES = 32;
/** Our own: each call of a user who has not consented opens another. */
const MOST_SESSIONS = 10_000;

/** What a user is asked to consent to. */
export interface ConsentDemand extends TokenDemand {
  readonly provider: OAuth2CredentialProvider;
  readonly workload: string;
  readonly user: WorkloadUser;
  /** The page of the application that binds the session to its user. */
  readonly returnUrl: string;
  /** Given back to that page. */
  readonly customState?: string;
}

/** A user's way to the authorization server and back, until the application has bound it to him. */
export interface AuthorizationSession extends ConsentDemand {
  readonly sessionUri: string;
  /** By which the authorization server's answer is known to be one to this session: RFC 6749, section 10.12. */
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  /** Where the authorization server was told to send the user back to. */
  redirectUri?: string;
  /** The user has consented. */
  code?: string;
  /** He has not: the authorization server's error. */
  failure?: string;
  /** Runs once the session is bound. */
  whenBound?: () => void;
}

/** The sessions that are not bound yet; each can be bound once. */
export class AuthorizationSessions {
  private readonly sessions = new Map<string, AuthorizationSession>();

  constructor(private readonly environment: Environment) {}

  open(demand: ConsentDemand): AuthorizationSession {
    for (const old of this.sessions.values()) {
      if (!this.isOver(old)) break;
      this.close(old);
    }
    const { clock, random } = this.environment;
    const draw = () => random.bytes(RANDOM_BYTES).toString("base64url");
    const session = { ...demand, sessionUri: URI_PREFIX + draw(), state: draw(), openedAt: clock.now() };
    const [oldest] = this.sessions.values();
    if (oldest && this.sessions.size >= MOST_SESSIONS) this.close(oldest);
    this.sessions.set(session.sessionUri, session);
    return session;
  }

  /** @returns undefined for one that there is not, that is bound, or that is older than ten minutes */
  find(sessionUri: string): AuthorizationSession | undefined {
    const session = this.sessions.get(sessionUri);
    return session && !this.isOver(session) ? session : undefined;
  }

  /** The session whose authorization request had this state. */
  ofState(state: string): AuthorizationSession | undefined {
    return [...this.sessions.values()].find((session) => session.state === state && !this.isOver(session));
  }

  close({ sessionUri }: AuthorizationSession): void {
    this.sessions.delete(sessionUri);
  }

  private isOver({ openedAt }: AuthorizationSession): boolean {
    return this.environment.clock.now() - openedAt >= SESSION_MINUTES * 60_000;
  }
}
