import { createHmac, timingSafeEqual } from "node:crypto";

import type { Environment } from "../environment";
import { AwsError } from "../errors";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const VALIDITY_MS = 900_000;

const NONCE_BYTES = 12;
const SIGNATURE_BYTES = 32;

/**
 * The tokens that stand for a workload identity, opaque to everybody but the vault. Every call of a gateway makes one
 * and reads it, so they are signed by the vault's own key, which a JWT would take ten times as long for.
 */
export class WorkloadAccessTokens {
  private readonly key: Buffer;

  constructor(private readonly environment: Environment) {
    this.key = environment.random.bytes(32);
  }

  issue(workload: string): string {
    const { clock, random } = this.environment;
    const nonce = random.bytes(NONCE_BYTES).toString("base64url");
    const contents = Buffer.from(`${nonce} ${clock.now() + VALIDITY_MS} ${workload}`);
    return Buffer.concat([this.sign(contents), contents]).toString("base64url");
  }

  /** @returns the name of the workload identity. @throws AwsError ValidationException */
  resolve(token: string): string {
    const bytes = Buffer.from(token, "base64url");
    const [signature, contents] = [bytes.subarray(0, SIGNATURE_BYTES), bytes.subarray(SIGNATURE_BYTES)];
    const isGenuine = signature.length === SIGNATURE_BYTES && timingSafeEqual(signature, this.sign(contents));
    const [, expiresAt, workload] = contents.toString().split(" ");
    if (isGenuine && workload !== undefined && this.environment.clock.now() < Number(expiresAt)) return workload;
    throw new AwsError("ValidationException", "The workload identity token is invalid or has expired.");
  }

  private sign(contents: Buffer): Buffer {
    return createHmac("sha256", this.key).update(contents).digest();
  }
}
