import type { Clock } from "../../../clock";
import type { Random } from "../../random";
import { invalidParameter, softwareTokenMismatch, softwareTokenUsed, softwareTokenWrong } from "../errors";
import { fromBase32, stepOfCode, toBase32 } from "./totp";
import type { User } from "./users";

/** As long as the service's secrets, which are 52 letters. */
const SECRET_BYTES = 32;

/** The authenticator apps of a pool's users: the secrets that they are told, and the codes that they have used up. */
export class SoftwareTokens {
  /** Secrets whose owner has not yet shown a code, by `sub`. */
  private readonly unproved = new Map<string, string>();
  /** The last half minute of which a code was taken, by `sub` and secret: a code counts once (RFC 6238, section 5.2). */
  private readonly lastSteps = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns the secret, in base32, which replaces an unproved one */
  associate({ sub }: User): string {
    const secret = toBase32(this.random.bytes(SECRET_BYTES));
    this.unproved.set(sub, secret);
    return secret;
  }

  /** The secret that the user has been told and has not yet shown a code of. */
  unprovedSecret({ sub }: User): string | undefined {
    return this.unproved.get(sub);
  }

  /**
   * Takes a code of the secret that was last told, and with it the secret.
   *
   * @throws AwsError `EnableSoftwareTokenMFAException`, `InvalidParameterException` where none was told
   */
  verify(user: User, code: string): string {
    const secret = this.unproved.get(user.sub);
    if (secret === undefined) throw invalidParameter("User has not set up software token mfa");
    if (!this.accepts(user, secret, code)) throw softwareTokenMismatch();
    this.unproved.delete(user.sub);
    return secret;
  }

  /** @throws AwsError `CodeMismatchException`, `ExpiredCodeException` for a code that was taken before */
  prove(user: User, code: string): void {
    if (!this.accepts(user, user.totpSecret ?? "", code)) throw softwareTokenWrong();
  }

  private accepts({ sub }: User, secret: string, code: string): boolean {
    const step = stepOfCode(fromBase32(secret), code, this.clock.now());
    if (secret === "" || step === undefined) return false;
    const used = `${sub} ${secret}`;
    if (step <= (this.lastSteps.get(used) ?? -1)) throw softwareTokenUsed();
    this.lastSteps.set(used, step);
    return true;
  }
}
