import type { Clock } from "../../../clock";
import type { Random } from "../../random";
import type { UserPoolClient } from "../user-pool-client";
import type { User } from "../users/users";

/** Developer guide, "authorization-endpoint". */
const VALIDITY_MILLISECONDS = 5 * 60_000;

/** What an app asks for as it sends a user to the hosted pages (developer guide, "authorization-endpoint"). */
export interface AuthorizationRequest {
  readonly client: UserPoolClient;
  readonly redirectUri: string;
  readonly responseType: "code" | "token";
  /** Undefined where none are named. */
  readonly scopes?: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  /** Of PKCE, by S256. */
  readonly codeChallenge?: string;
  /** What the access token is for: its `aud`. */
  readonly resource?: string;
}

/** A sign-in whose tokens are still to be fetched. */
export interface AuthorizedUser {
  readonly request: AuthorizationRequest;
  readonly user: User;
  /** When the user proved who he is, in seconds since the epoch. */
  readonly authTime: number;
}

/** The authorization codes of a user pool that nobody has redeemed yet. */
export class AuthorizationCodes {
  private readonly issued = new Map<string, AuthorizedUser & { readonly expiresAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  issue(authorized: AuthorizedUser): string {
    for (const [code, { expiresAt }] of this.issued) if (this.clock.now() >= expiresAt) this.issued.delete(code);
    const code = this.random.uuid();
    this.issued.set(code, { ...authorized, expiresAt: this.clock.now() + VALIDITY_MILLISECONDS });
    return code;
  }

  /** A code counts once, whatever comes of it. @returns undefined for one that is used, expired or another client's */
  redeem(code: string, clientId: string): AuthorizedUser | undefined {
    const issued = this.issued.get(code);
    if (issued?.request.client.clientId !== clientId) return undefined;
    this.issued.delete(code);
    return this.clock.now() < issued.expiresAt ? issued : undefined;
  }
}
