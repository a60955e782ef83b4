import { createLocalJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { z } from "zod";

import type { CustomJwtAuthorizer } from "../../topology";
import type { HopRecorder } from "../trace/tracer";
import type { Environment } from "./environment";
import { AwsError } from "./errors";
import { UnknownHostError } from "./network";

/** What the authorizer found wrong; a runtime and a gateway give different answers to the same finding. */
export type JwtRefusal =
  | { readonly reason: "malformed" | "issuer" | "signature" | "expired" | "discovery" }
  | { readonly reason: "claim"; readonly claim: "client_id" | "aud" | "scope" };

/** Botocore `bedrock-agentcore-control/2023-06-05`, `DiscoveryUrl` of an authorizer. */
const DISCOVERY_URL = /^.+\/\.well-known\/openid-configuration$/;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface Issuer {
  readonly issuer: string;
  readonly keys: ReturnType<typeof createLocalJWKSet>;
}

/**
 * `custom_jwt_authorizer` of a runtime or a gateway. Every kind of constraint that is configured has to hold: clients
 * against `client_id`, audience against `aud`, scopes against `scope` (developer guide, "inbound-jwt-authorizer").
 */
export class JwtAuthorizer {
  private issuer?: Promise<Issuer>;

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
  }

  /** @returns undefined when the token is good. */
  async refusal(token: string, hop: HopRecorder): Promise<JwtRefusal | undefined> {
    const claims = decodeClaims(token);
    if (claims) hop.claims(claims);
    const issuer = await this.findIssuer(hop);
    if (!issuer) return { reason: "discovery" };

    if (!hop.check("token is a JWT", claims !== undefined) || !claims) return { reason: "malformed" };
    if (!hop.check("iss", claims.iss === issuer.issuer, { expected: issuer.issuer, actual: claims.iss ?? "no such claim" })) {
      return { reason: "issuer" };
    }
    return (await this.verify(token, issuer, hop)) ?? this.refuseClaims(claims, hop);
  }

  /** Authentication alone: signature by the issuer's keys, and time. */
  private async verify(token: string, { issuer, keys }: Issuer, hop: HopRecorder): Promise<JwtRefusal | undefined> {
    const now = new Date(this.environment.clock.now());
    try {
      await jwtVerify(token, keys, { issuer, algorithms: ["RS256"], currentDate: now });
      hop.check("signature", true);
      hop.check("exp", true);
      return undefined;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        hop.check("signature", true);
        hop.check("exp", false, { expected: `after ${now.toISOString()}`, actual: isoTime(error.payload.exp) });
        return { reason: "expired" };
      }
      if (error instanceof errors.JOSEError) {
        hop.check("signature", false, { expected: `a key of ${issuer}`, actual: error.message });
        return { reason: "signature" };
      }
      throw error;
    }
  }

  private refuseClaims(claims: JWTPayload, hop: HopRecorder): JwtRefusal | undefined {
    const { allowedClients, allowedAudience, allowedScopes } = this.configuration;
    const constraints = [
      { claim: "client_id", allowed: allowedClients, actual: words(claims["client_id"]) },
      { claim: "aud", allowed: allowedAudience, actual: words(claims.aud) },
      { claim: "scope", allowed: allowedScopes, actual: words(claims["scope"]) },
    ] as const;
    for (const { claim, allowed, actual } of constraints) {
      if (!allowed) continue;
      const passed = actual.some((value) => allowed.includes(value));
      const evidence = { expected: allowed.join(" or "), actual: actual.join(" ") || "no such claim" };
      if (!hop.check(claim, passed, evidence)) return { reason: "claim", claim };
    }
    return undefined;
  }

  /** Fetched once, as the keys of an emulated pool do not rotate. */
  private async findIssuer(hop: HopRecorder): Promise<Issuer | undefined> {
    this.issuer ??= this.discover();
    try {
      return await this.issuer;
    } catch (error) {
      this.issuer = undefined;
      const actual = error instanceof Error ? error.message : String(error);
      hop.check("discovery document", false, { expected: this.configuration.discoveryUrl, actual });
      if (error instanceof z.ZodError || error instanceof UnknownHostError || error instanceof DiscoveryError) return undefined;
      throw error;
    }
  }

  private async discover(): Promise<Issuer> {
    const { issuer, jwks_uri } = discoveryDocument.parse(await this.fetchJson(this.configuration.discoveryUrl));
    return { issuer, keys: createLocalJWKSet(keySet.parse(await this.fetchJson(jwks_uri))) };
  }

  private async fetchJson(url: string): Promise<unknown> {
    const response = await this.environment.network.fetch(url);
    if (!response.ok) throw new DiscoveryError(`${url} answered ${response.status}`);
    try {
      return await response.json();
    } catch {
      throw new DiscoveryError(`${url} did not answer with JSON`);
    }
  }
}

class DiscoveryError extends Error {}

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

function isoTime(seconds: number | undefined): string {
  return seconds === undefined ? "no exp" : new Date(seconds * 1000).toISOString();
}
