// emulator/cloud/cognito/sessions/: what lasts from one request of a person to the next.

import type { Clock } from "../../../clock";
import { AwsError } from "../../errors";
import { DIGITS, LOWER_CASE, UPPER_CASE, type Random } from "../../random";
import { notAuthorized } from "../errors";

/** Between a challenge and its answer, unless the client says otherwise: API reference, CreateUserPoolClient. */
export const DEFAULT_SESSION_MINUTES = 3;

/** Expired sessions are kept that long, to be refused as such. */
const KEPT_MILLISECONDS = 15 * 60_000;

interface SessionClient {
  readonly clientId: string;
  /** Minutes. */
  readonly authSessionValidity?: number;
}

interface AuthSession {
  readonly clientId: string;
  readonly username: string;
  readonly challengeName: string;
  readonly expiresAt: number;
  /** What was sent to the user, who has to repeat it. */
  readonly code?: string | undefined;
  isUsed: boolean;
}

/** The sign-ins of a user pool that wait for the answer to a challenge. */
export class AuthSessions {
  private readonly sessions = new Map<string, AuthSession>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns the `Session` that the answer has to repeat. */
  open(
    { clientId, authSessionValidity = DEFAULT_SESSION_MINUTES }: SessionClient,
    username: string,
    challengeName: string,
    code?: string,
  ): string {
    const now = this.clock.now();
    for (const [id, session] of this.sessions) {
      if (now < session.expiresAt + KEPT_MILLISECONDS) break;
      this.sessions.delete(id);
    }
    const id = `AYAB${this.random.text(160, DIGITS + LOWER_CASE + UPPER_CASE)}`;
    const expiresAt = now + authSessionValidity * 60_000;
    this.sessions.set(id, { clientId, username, challengeName, expiresAt, code, isUsed: false });
    return id;
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  /**
   * Judges the session that an answer names. It stays open, so that a refused new password can be corrected.
   *
   * @throws AwsError `NotAuthorizedException`
   */
  verify(
    id: string,
    { challengeName, ...answer }: { clientId: string; username: string; challengeName: string },
  ): Readonly<AuthSession> {
    const session = this.sessions.get(id);
    const belongsToAnswer = session?.clientId === answer.clientId && session.username === answer.username;
    if (!belongsToAnswer) throw invalidSession(".");
    return this.find(id, challengeName);
  }

  /** Whoever the session is of. @throws AwsError `NotAuthorizedException` */
  find(id: string, challengeName: string): Readonly<AuthSession> {
    const session = this.sessions.get(id);
    if (session?.challengeName !== challengeName) throw invalidSession(".");
    if (session.isUsed) throw invalidSession(", session can only be used once.");
    if (this.clock.now() >= session.expiresAt) throw invalidSession(", session is expired.");
    return session;
  }

  close(id: string): void {
    const session = this.sessions.get(id);
    if (session) session.isUsed = true;
  }
}

export function invalidSession(reason: string): AwsError {
  return notAuthorized(`Invalid session for the user${reason}`);
}
