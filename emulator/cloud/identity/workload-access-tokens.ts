import type { Environment } from "../environment";
import { refusal } from "../refusal";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const VALIDITY_MS = 900_000;
/** For so long, who asks for the same again is given the same: a gateway asks at every call. */
const REUSE_MS = 300_000;

const TOKEN_BYTES = 96;

interface IssuedToken {
  readonly token: string;
  readonly workload: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** The opaque tokens that stand for a workload identity. */
export class WorkloadAccessTokens {
  private readonly issued = new Map<string, IssuedToken>();
  /** By what was asked for. */
  private readonly latest = new Map<string, IssuedToken>();

  constructor(private readonly environment: Environment) {}

  /** @param operation by which the workload asked */
  issue(workload: string, operation: string): string {
    const asked = `${operation} ${workload}`;
    const latest = this.latest.get(asked);
    if (latest && this.ageOf(latest) < REUSE_MS) return latest.token;
    const issued = this.make(workload);
    this.latest.set(asked, issued);
    return issued.token;
  }

  /** @returns the name of the workload identity. @throws AwsError ValidationException */
  resolve(token: string): string {
    const found = this.issued.get(token);
    if (found && this.ageOf(found) < VALIDITY_MS) return found.workload;
    throw refusal("workload-token", "The workload identity token is invalid or has expired.");
  }

  private make(workload: string): IssuedToken {
    for (const old of this.issued.values()) if (this.ageOf(old) >= VALIDITY_MS) this.issued.delete(old.token);
    const { clock, random } = this.environment;
    const issued = { token: random.bytes(TOKEN_BYTES).toString("base64url"), workload, issuedAt: clock.now() };
    this.issued.set(issued.token, issued);
    return issued;
  }

  private ageOf({ issuedAt }: IssuedToken): number {
    return this.environment.clock.now() - issuedAt;
  }
}
