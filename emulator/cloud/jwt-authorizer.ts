import { decodeJwt, errors, type JWTPayload } from "jose";

import type { CustomJwtAuthorizer } from "../../topology";
import type { HopRecorder } from "../trace/hop-record";
import { epochSeconds } from "./clock";
import type { Environment } from "./environment";
import { AwsError } from "./errors";
import { DiscoveryError, OpenIdIssuer } from "./openid-issuer";

/** What the authorizer found wrong; a runtime and a gateway give different answers to the same finding. */
export type JwtRefusal =
  | { readonly reason: "malformed" | "issuer" | "signature" | "expired" | "discovery" }
  | { readonly reason: "claim"; readonly claim: "client_id" | "aud" | "scope" };

/** Botocore `bedrock-agentcore-control/2023-06-05`, `DiscoveryUrl` of an authorizer. */
const DISCOVERY_URL = /^.+\/\.well-known\/openid-configuration$/;

interface PresentedToken {
  readonly token: string;
  /** Left out where the token is no JWT. */
  readonly claims: JWTPayload | undefined;
  /** Its signature was found genuine before. */
  readonly isVerified: boolean;
}

/**
 * `custom_jwt_authorizer` of a runtime or a gateway. Every kind of constraint that is configured has to hold: clients
 * against `client_id`, audience against `aud`, scopes against `scope` (developer guide, "inbound-jwt-authorizer").
 */
export class JwtAuthorizer {
  private readonly issuer: OpenIdIssuer;

  /** @throws AwsError ValidationException for a configuration that the service refuses. */
  constructor(
    private readonly environment: Environment,
    private readonly configuration: CustomJwtAuthorizer,
  ) {
    const { discoveryUrl, allowedClients, allowedAudience, allowedScopes } = configuration;
    if (!DISCOVERY_URL.test(discoveryUrl)) {
      throw new AwsError("ValidationException", `Value '${discoveryUrl}' at 'discoveryUrl' must match ${DISCOVERY_URL.source}.`);
    }
    const constraints = { allowedClients, allowedAudience, allowedScopes };
    for (const [name, values] of Object.entries(constraints)) {
      if (values?.length === 0) throw new AwsError("ValidationException", `Value at '${name}' must have at least 1 entry.`);
    }
    if (Object.values(constraints).every((values) => values === undefined)) {
      throw new AwsError(
        "ValidationException",
        "At least one of allowedClients, allowedAudience and allowedScopes must be configured.",
      );
    }
    this.issuer = new OpenIdIssuer(environment, discoveryUrl);
  }

  /** @returns undefined when the token is good. */
  async refusal(token: string, hop: HopRecorder): Promise<JwtRefusal | undefined> {
    const verified = this.issuer.verified(token);
    const claims = verified ?? decodeClaims(token);
    if (claims) hop.claims(claims);
    try {
      return await this.judge({ token, claims, isVerified: verified !== undefined }, hop);
    } catch (error) {
      if (!(error instanceof DiscoveryError)) throw error;
      hop.check("discovery document", false, { expected: this.issuer.discoveryUrl, actual: error.message });
      return { reason: "discovery" };
    }
  }

  private async judge({ token, claims, isVerified }: PresentedToken, hop: HopRecorder): Promise<JwtRefusal | undefined> {
    const issuer = await this.issuer.issuer(hop);
    if (!hop.check("token is a JWT", claims !== undefined, claims ? {} : describeForm(token)) || !claims) return { reason: "malformed" };
    // A claim of any type may come from outside.
    const found = () => ({ expected: issuer, actual: claims.iss === undefined ? "no such claim" : String(claims.iss) });
    if (!hop.check("iss", claims.iss === issuer, found)) return { reason: claims.iss === undefined ? "malformed" : "issuer" };
    const forged = isVerified && hop.check("signature", true) ? undefined : await this.refuseSignature(token, claims, issuer, hop);
    return forged ?? this.refuseTime(claims, hop) ?? this.refuseClaims(claims, hop);
  }

  private async refuseSignature(token: string, claims: JWTPayload, issuer: string, hop: HopRecorder): Promise<JwtRefusal | undefined> {
    try {
      await this.issuer.verifySignature(token, claims, hop);
      hop.check("signature", true);
      return undefined;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      hop.check("signature", false, { expected: `a key of ${issuer}`, actual: error.message });
      return { reason: "signature" };
    }
  }

  private refuseTime({ exp, nbf }: JWTPayload, hop: HopRecorder): JwtRefusal | undefined {
    const now = epochSeconds(this.environment.clock);
    const expiry = () => ({ expected: `after ${isoTime(now)}`, actual: isoTime(exp) });
    if (!hop.check("exp", typeof exp === "number" && exp > now, expiry)) return { reason: "expired" };
    if (nbf === undefined || hop.check("nbf", nbf <= now, () => ({ expected: `until ${isoTime(now)}`, actual: isoTime(nbf) }))) return undefined;
    return { reason: "expired" };
  }

  private refuseClaims(claims: JWTPayload, hop: HopRecorder): JwtRefusal | undefined {
    const { allowedClients, allowedAudience, allowedScopes } = this.configuration;
    const constraints = [
      { claim: "client_id", allowed: allowedClients },
      { claim: "aud", allowed: allowedAudience },
      { claim: "scope", allowed: allowedScopes },
    ] as const;
    for (const { claim, allowed } of constraints) {
      if (!allowed) continue;
      const actual = words(claims[claim]);
      const passed = actual.some((value) => allowed.includes(value));
      const evidence = () => ({ expected: allowed.join(" or "), actual: actual.join(" ") || "no such claim" });
      if (!hop.check(claim, passed, evidence)) return { reason: "claim", claim };
    }
    return undefined;
  }
}

function describeForm(token: string): { expected: string; actual: string } {
  return { expected: "three base64url parts", actual: `${token.split(".").length} parts, ${token.length} characters` };
}

function decodeClaims(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** A claim as a list: `aud` may be one or an array (RFC 7519), `scope` is separated by spaces (RFC 8693). */
function words(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  return typeof claim === "string" ? claim.split(" ").filter(Boolean) : [];
}

function isoTime(seconds: unknown): string {
  return typeof seconds === "number" ? new Date(seconds * 1000).toISOString() : "no time";
}
