import { EncryptJWT, errors, jwtDecrypt } from "jose";
import { z } from "zod";

import { epochSeconds } from "../clock";
import type { Environment } from "../environment";
import { AwsError } from "../errors";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const VALIDITY_SECONDS = 900;

const claims = z.object({ workload: z.string() });

/** The opaque tokens that stand for a workload identity: encrypted, so that only the vault can read them. */
export class WorkloadAccessTokens {
  private readonly key: Uint8Array;

  constructor(private readonly environment: Environment) {
    this.key = new Uint8Array(environment.random.bytes(32));
  }

  async issue(workload: string): Promise<string> {
    return new EncryptJWT({ workload })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setExpirationTime(epochSeconds(this.environment.clock) + VALIDITY_SECONDS)
      .encrypt(this.key);
  }

  /** @returns the name of the workload identity. @throws AwsError ValidationException */
  async resolve(token: string): Promise<string> {
    try {
      const { payload } = await jwtDecrypt(token, this.key, { currentDate: new Date(this.environment.clock.now()) });
      return claims.parse(payload).workload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new AwsError("ValidationException", "The workload identity token is invalid or has expired.");
    }
  }
}
