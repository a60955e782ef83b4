import { SignJWT, type JWTPayload } from "jose";

import { epochSeconds } from "../clock";
import { PoolKeys } from "../cloud/cognito/keys";
import type { Environment } from "../cloud/environment";

const VALIDITY_SECONDS = 3_600;

/** The tokens that a stand-in signs, with a key of its own. */
export class IssuerTokens {
  readonly keys: PoolKeys;

  constructor(
    private readonly environment: Environment,
    host: string,
  ) {
    this.keys = new PoolKeys(environment.random.fork(host));
  }

  /** @param claims win over what tokens have by themselves; null takes a claim away */
  async sign(issuer: string, claims: JWTPayload): Promise<{ token: string; expiresIn: number }> {
    const now = epochSeconds(this.environment.clock);
    const all = { iss: issuer, iat: now, exp: now + VALIDITY_SECONDS, jti: this.environment.random.uuid(), ...claims };
    const kept = Object.fromEntries(Object.entries(all).filter(([, claim]) => claim !== null)) as JWTPayload;
    const { kid, privateKey } = this.keys.access;
    const token = await new SignJWT(kept).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(privateKey);
    return { token, expiresIn: typeof kept.exp === "number" ? kept.exp - now : VALIDITY_SECONDS };
  }
}
