// emulator/cloud/cognito/users/: who is in a pool, and what proves it.

import type { Clock } from "../../../clock";
import { DIGITS, type Random } from "../../random";
import { codeExpired, codeMismatch } from "../errors";
import type { User } from "./users";

/** How long a code is good for: developer guide, signing-up-users-in-your-app. */
const VALIDITY_MILLISECONDS = 24 * 60 * 60_000;

interface IssuedCode {
  readonly code: string;
  readonly expiresAt: number;
}

/** The codes that a user pool sends to those who sign up. */
export class ConfirmationCodes {
  /** By `sub`. */
  private readonly issued = new Map<string, IssuedCode>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns the code, which replaces an earlier one */
  issue({ sub }: User): string {
    const code = this.random.text(6, DIGITS);
    this.issued.set(sub, { code, expiresAt: this.clock.now() + VALIDITY_MILLISECONDS });
    return code;
  }

  /** @throws AwsError `CodeMismatchException`, `ExpiredCodeException` */
  redeem({ sub }: User, code: string): void {
    const issued = this.issued.get(sub);
    if (!issued || this.clock.now() >= issued.expiresAt) throw codeExpired();
    if (issued.code !== code) throw codeMismatch();
    this.issued.delete(sub);
  }
}
