import type { Clock } from "../clock";
import { AwsError } from "../errors";
import type { Random } from "../random";
import type { UserSession } from "./tokens";

/** What makes a refresh token of Cognito look like the encrypted JWT that it is; only the service reads the rest. */
const HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");
/** Bytes of encrypted key, initialization vector, ciphertext and authentication tag. */
const PART_BYTES = [256, 12, 768, 16];

interface Issued {
  readonly clientId: string;
  readonly session: UserSession;
  readonly expiresAt: number;
}

/** The refresh tokens of a user pool. */
export class RefreshTokens {
  private readonly issued = new Map<string, Issued>();

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

  /** @throws AwsError `NotAuthorizedException` */
  redeem(token: string, clientId: string): UserSession {
    const issued = this.issued.get(token);
    if (issued?.clientId !== clientId) throw new AwsError("NotAuthorizedException", "Invalid Refresh Token");
    if (this.clock.now() >= issued.expiresAt) {
      this.issued.delete(token);
      throw new AwsError("NotAuthorizedException", "Refresh Token has expired");
    }
    return issued.session;
  }
}
