import { entryOf } from "../../../topology";
import type { Environment } from "../environment";
import { workloadTokenInvalid } from "./errors";
import type { WorkloadUser } from "./workload-user";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const VALIDITY_MS = 900_000;
/** For so long, who asks for the same again is given the same: a gateway asks at every call. */
const REUSE_MS = 300_000;

const TOKEN_BYTES = 96;

/** A workload that shows a token, and whom it acts for. */
export interface TokenBearer {
  readonly workload: string;
  /** Left out where the workload acts for itself. */
  readonly user?: WorkloadUser;
}

interface IssuedToken extends TokenBearer {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** The opaque tokens that stand for a workload identity. */
export class WorkloadAccessTokens {
  private readonly issued = new Map<string, IssuedToken>();
  /** By what was asked for, then by the user, whose token is too long to be made part of a text at every call. */
  private readonly latest = new Map<string, Map<string, IssuedToken>>();

  constructor(private readonly environment: Environment) {}

  /** @param operation by which the workload asked */
  issue(bearer: TokenBearer, operation: string): string {
    const { workload, user } = bearer;
    const latest = entryOf(this.latest, `${operation} ${workload}`, () => new Map<string, IssuedToken>());
    const of = user === undefined ? "" : "userId" in user ? user.userId : user.userToken;
    const known = latest.get(of);
    if (known && this.ageOf(known) < REUSE_MS) return known.token;
    const issued = this.make(bearer);
    latest.set(of, issued);
    return issued.token;
  }

  /** @throws AwsError ValidationException */
  resolve(token: string): TokenBearer {
    const found = this.issued.get(token);
    if (found && this.ageOf(found) < VALIDITY_MS) return found;
    throw workloadTokenInvalid();
  }

  private make(bearer: TokenBearer): IssuedToken {
    for (const old of this.issued.values()) if (this.ageOf(old) >= VALIDITY_MS) this.issued.delete(old.token);
    for (const latest of this.latest.values()) {
      for (const [of, old] of latest) if (this.ageOf(old) >= REUSE_MS) latest.delete(of);
    }
    const { clock, random } = this.environment;
    const issued = { ...bearer, token: random.bytes(TOKEN_BYTES).toString("base64url"), issuedAt: clock.now() };
    this.issued.set(issued.token, issued);
    return issued;
  }

  private ageOf({ issuedAt }: IssuedToken): number {
    return this.environment.clock.now() - issuedAt;
  }
}
