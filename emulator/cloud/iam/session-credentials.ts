import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import type { RoleSession } from "./iam";

/** Temporary credentials, with which a service signs requests in the name of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

interface Issued {
  readonly credentials: SessionCredentials;
  readonly session: RoleSession;
  /** Milliseconds since the epoch. @default - as long as the service uses them */
  readonly expiresAt?: number;
}

/** Longer than any call takes. */
const KEPT_AFTER = 86_400_000;

/** The temporary credentials that are in use, by the role session that they stand for. */
export class SessionCredentialsStore {
  private readonly byArn = new Map<string, SessionCredentials>();
  private readonly byKey = new Map<string, Issued>();

  constructor(private readonly environment: Environment) {}

  /** The same session is given the same credentials again. */
  issue(session: RoleSession): SessionCredentials {
    const credentials = this.byArn.get(session.arn) ?? this.newCredentials();
    this.byArn.set(session.arn, credentials);
    this.byKey.set(credentials.accessKeyId, { credentials, session });
    return credentials;
  }

  /** New ones for a caller outside, until they expire. */
  lend(session: RoleSession, expiresAt: number): SessionCredentials {
    const before = this.environment.clock.now() - KEPT_AFTER;
    for (const [key, { expiresAt = Infinity }] of this.byKey) if (expiresAt < before) this.byKey.delete(key);
    const credentials = this.newCredentials();
    this.byKey.set(credentials.accessKeyId, { credentials, session, expiresAt });
    return credentials;
  }

  /** Those that count now. */
  valid(accessKeyId: string): SessionCredentials | undefined {
    const { credentials, session, expiresAt = Infinity } = this.byKey.get(accessKeyId) ?? {};
    return session?.isOver === false && expiresAt > this.environment.clock.now() ? credentials : undefined;
  }

  /** Whose they are or were: nobody becomes another because they expire during a call. */
  find(accessKeyId: string): Issued | undefined {
    const issued = this.byKey.get(accessKeyId);
    return issued?.expiresAt === undefined ? issued : { ...issued, session: issued.session.anew() };
  }

  private newCredentials(): SessionCredentials {
    const { random } = this.environment;
    return {
      accessKeyId: `ASIA${random.text(16, UPPER_CASE + DIGITS)}`,
      secretAccessKey: random.text(40, LOWER_CASE + UPPER_CASE + DIGITS),
      sessionToken: random.bytes(192).toString("base64"),
    };
  }
}
