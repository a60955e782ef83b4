import { EncryptJWT, errors, jwtDecrypt } from "jose";

import { agentCoreArn, type Environment } from "../environment";
import { epochSeconds } from "../clock";
import { AwsError } from "../errors";

export const WORKLOAD_IDENTITY_DIRECTORY = "workload-identity-directory/default";

/** AWS does not document how long a workload access token lasts; one call needs seconds. */
const TOKEN_VALIDITY_SECONDS = 900;

/** The identities that gateways and runtimes are given under their own id, and the opaque tokens that stand for them. */
export class WorkloadIdentities {
  private readonly names = new Set<string>();
  private readonly key: Uint8Array;

  constructor(private readonly environment: Environment) {
    this.key = new Uint8Array(environment.random.bytes(32));
  }

  /** @returns the identity's ARN */
  create(name: string): string {
    this.names.add(name);
    return this.arn(name);
  }

  arn(name: string): string {
    return agentCoreArn(this.environment, `${WORKLOAD_IDENTITY_DIRECTORY}/workload-identity/${name}`);
  }

  /** @throws AwsError ResourceNotFoundException */
  async issueToken(name: string): Promise<string> {
    if (!this.names.has(name)) {
      throw new AwsError("ResourceNotFoundException", `Workload identity ${name} not found.`);
    }
    return new EncryptJWT({ workload: name })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setExpirationTime(epochSeconds(this.environment.clock) + TOKEN_VALIDITY_SECONDS)
      .encrypt(this.key);
  }

  /** @returns the name of the identity that the token stands for. @throws AwsError ValidationException */
  async resolveToken(token: string): Promise<string> {
    try {
      const { payload } = await jwtDecrypt(token, this.key, { currentDate: new Date(this.environment.clock.now()) });
      return String(payload["workload"]);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new AwsError("ValidationException", "The workload identity token is invalid or has expired.");
    }
  }
}
