import type { Clock } from "../../../clock";
import type { Random } from "../../random";
import type { User } from "../users/users";

/** Developer guide, "amazon-cognito-user-pools-using-the-refresh-token": the cookie is good for an hour. */
export const HOSTED_SESSION_SECONDS = 3_600;

export interface HostedSession {
  /** A deleted user's name may be another's meanwhile. */
  readonly sub: string;
  /** When the user proved who he is, in seconds since the epoch. */
  readonly authTime: number;
}

/** Who is signed in at the hosted pages of a user pool, by the cookie of his browser. */
export class HostedSessions {
  private readonly sessions = new Map<string, HostedSession>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns the cookie's value */
  open({ sub }: User, authTime: number): string {
    const id = this.random.bytes(32).toString("base64url");
    this.sessions.set(id, { sub, authTime });
    return id;
  }

  find(id: string | undefined): HostedSession | undefined {
    const session = this.sessions.get(id ?? "");
    const isOver = session !== undefined && this.clock.now() >= (session.authTime + HOSTED_SESSION_SECONDS) * 1_000;
    if (isOver) this.close(id);
    return isOver ? undefined : session;
  }

  close(id: string | undefined): void {
    this.sessions.delete(id ?? "");
  }
}
