import type { Clock } from "../../../clock";

/** Between the challenge and its answer, as with other challenges. */
const VALIDITY_MILLISECONDS = 3 * 60_000;

export interface SrpHandshake {
  readonly clientId: string;
  /** `USER_ID_FOR_SRP`, which the client repeats. */
  readonly userId: string;
  readonly key: Buffer;
}

interface OpenHandshake extends SrpHandshake {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The sign-ins by SRP that wait for the client's proof, by the secret block that stands for each. */
export class SrpHandshakes {
  private readonly open = new Map<string, OpenHandshake>();

  constructor(private readonly clock: Clock) {}

  /** @param secretBlock base64 */
  add(secretBlock: string, handshake: SrpHandshake): void {
    const now = this.clock.now();
    for (const [block, { expiresAt }] of this.open) {
      if (now < expiresAt) break;
      this.open.delete(block);
    }
    this.open.set(secretBlock, { ...handshake, expiresAt: now + VALIDITY_MILLISECONDS });
  }

  /** A handshake can be answered once. @returns undefined where it is over or never was */
  take(secretBlock: string): SrpHandshake | undefined {
    const handshake = this.open.get(secretBlock);
    this.open.delete(secretBlock);
    return handshake && this.clock.now() < handshake.expiresAt ? handshake : undefined;
  }
}
