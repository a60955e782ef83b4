import { createCipheriv, createDecipheriv } from "node:crypto";

import { z } from "zod";

import type { Environment } from "../environment";
import { AwsError } from "../errors";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const VALIDITY_MS = 900_000;

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

const contents = z.object({ workload: z.string(), expiresAt: z.number() });

/**
 * The opaque tokens that stand for a workload identity: encrypted, so that only the vault can read them. Every call of
 * a gateway makes one and reads it, which a JWE would take ten times as long for.
 */
export class WorkloadAccessTokens {
  private readonly key: Buffer;

  constructor(private readonly environment: Environment) {
    this.key = environment.random.bytes(32);
  }

  issue(workload: string): string {
    const { clock, random } = this.environment;
    const iv = random.bytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv);
    const text = JSON.stringify({ workload, expiresAt: clock.now() + VALIDITY_MS });
    const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url");
  }

  /** @returns the name of the workload identity. @throws AwsError ValidationException */
  resolve(token: string): string {
    const found = this.open(Buffer.from(token, "base64url"));
    if (found && this.environment.clock.now() < found.expiresAt) return found.workload;
    throw new AwsError("ValidationException", "The workload identity token is invalid or has expired.");
  }

  /** @returns undefined for anything that was not made here */
  private open(token: Buffer): z.infer<typeof contents> | undefined {
    try {
      const decipher = createDecipheriv(ALGORITHM, this.key, token.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(token.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(token.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
      return contents.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}
