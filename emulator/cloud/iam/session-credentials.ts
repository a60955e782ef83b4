import { DIGITS, LOWER_CASE, UPPER_CASE, type Random } from "../random";
import type { RoleSession } from "./iam";

/** Temporary credentials, with which a service signs requests in the name of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The temporary credentials that are in use, by the role session that they stand for. */
export class SessionCredentialsStore {
  private readonly byArn = new Map<string, SessionCredentials>();
  private readonly byKey = new Map<string, { credentials: SessionCredentials; session: RoleSession }>();

  constructor(private readonly random: Random) {}

  /** The same session is given the same credentials again. */
  issue(session: RoleSession): SessionCredentials {
    const credentials = this.byArn.get(session.arn) ?? {
      accessKeyId: `ASIA${this.random.text(16, UPPER_CASE + DIGITS)}`,
      secretAccessKey: this.random.text(40, LOWER_CASE + UPPER_CASE + DIGITS),
      sessionToken: this.random.bytes(192).toString("base64"),
    };
    this.byArn.set(session.arn, credentials);
    this.byKey.set(credentials.accessKeyId, { credentials, session });
    return credentials;
  }

  find(accessKeyId: string): { credentials: SessionCredentials; session: RoleSession } | undefined {
    return this.byKey.get(accessKeyId);
  }
}
