import type { Clock } from "../../../clock";
import type { Random } from "../../random";
import { notAuthorized, refreshTokenReplaced } from "../errors";

/** What makes a refresh token of Cognito look like the encrypted JWT that it is; only the service reads the rest. */
const HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");
/** Bytes of encrypted key, initialization vector, ciphertext and authentication tag. */
const PART_BYTES = [256, 12, 768, 16];

/** What the tokens of one sign-in have in common; a refresh carries it over. */
export interface UserSession {
  readonly username: string;
  /** Who takes the name of a deleted user has another. */
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
  readonly originJti: string;
  readonly eventId: string;
  /** What the app asked for at the hosted pages; left out by a sign-in over the API. */
  readonly grant?: Grant;
}

/** What an app was granted at the hosted pages. */
export interface Grant {
  readonly scopes: readonly string[];
  readonly nonce?: string | undefined;
  readonly resource?: string | undefined;
}

interface Issued {
  readonly clientId: string;
  readonly session: UserSession;
  readonly expiresAt: number;
  /** Since when another has taken its place. */
  readonly replacedAt?: number;
}

/** The refresh tokens of a user pool. */
export class RefreshTokens {
  private readonly issued = new Map<string, Issued>();
  private readonly revokedOrigins = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @param validity seconds */
  issue(clientId: string, session: UserSession, validity: number): string {
    const token = [HEADER, ...PART_BYTES.map((bytes) => this.random.bytes(bytes).toString("base64url"))].join(".");
    this.issued.set(token, { clientId, session, expiresAt: this.clock.now() + validity * 1_000 });
    return token;
  }

  /** @throws AwsError `NotAuthorizedException`, `RefreshTokenReuseException` */
  redeem(token: string, clientId: string): UserSession {
    const issued = this.issued.get(token);
    if (issued?.clientId !== clientId) throw notAuthorized("Invalid Refresh Token");
    if (this.isRevoked(issued.session.originJti)) throw notAuthorized("Refresh Token has been revoked");
    if (this.clock.now() >= issued.expiresAt) {
      this.issued.delete(token);
      throw notAuthorized("Refresh Token has expired");
    }
    if (this.clock.now() >= (issued.replacedAt ?? Infinity)) throw refreshTokenReplaced();
    return issued.session;
  }

  /**
   * Puts another token in the place of one, for as long as that one still had.
   *
   * @param grace seconds for which both are good
   */
  replace(token: string, grace: number): string {
    const issued = this.issued.get(token);
    if (!issued) throw new Error("A token that is not there cannot be replaced.");
    const { clientId, session, expiresAt } = issued;
    const now = this.clock.now();
    this.issued.set(token, { ...issued, replacedAt: issued.replacedAt ?? now + grace * 1_000 });
    return this.issue(clientId, session, (expiresAt - now) / 1_000);
  }

  /** Ends the sign-in that the token came from, with all its tokens. @returns false for a token of another client */
  revoke(token: string, clientId: string): boolean {
    const issued = this.issued.get(token);
    if (issued?.clientId !== clientId) return false;
    this.revokedOrigins.add(issued.session.originJti);
    return true;
  }

  /** Ends every sign-in of the user. */
  revokeAllOf(username: string): void {
    for (const { session } of this.issued.values()) {
      if (session.username === username) this.revokedOrigins.add(session.originJti);
    }
  }

  /** @param originJti the claim `origin_jti`, which all tokens of one sign-in have in common */
  isRevoked(originJti: string): boolean {
    return this.revokedOrigins.has(originJti);
  }
}
