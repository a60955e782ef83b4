import { decodeJwt, errors, type JWTPayload } from "jose";

import { DISCOVERY_DOCUMENTS, discoveryUrlPattern } from "../../aws/agentcore/discovery";
import { MAX_ALLOWED_WORKLOADS } from "../../aws/agentcore/limits";
import { otherComparisons } from "../../aws/agentcore/claims";
import type { AllowedWorkloadConfiguration, CustomClaim, CustomJwtAuthorizer } from "../../topology";
import { openName, type CheckName } from "../trace/fixes";
import type { HopRecorder } from "../trace/hop-record";
import { epochSeconds } from "../clock";
import type { Eventual } from "../eventual";
import type { Environment } from "./environment";
import type { Workload } from "./network/http-message";
import { DiscoveryError, OpenIdIssuer } from "./openid-issuer";
import { refusal } from "./refusal";

/** What the authorizer found wrong; a runtime and a gateway give different answers to the same finding. */
export type JwtRefusal =
  | { readonly reason: "malformed" | "issuer" | "signature" | "expired" | "discovery" | "workload" }
  | { readonly reason: "claim"; readonly claim: string };

/** Botocore `bedrock-agentcore-control/2023-06-05`, `DiscoveryUrl` of an authorizer. */
const DISCOVERY_URL = new RegExp(`^${discoveryUrlPattern(DISCOVERY_DOCUMENTS)}$`);

/** What a claim has to be. */
/** The hops in which a JWT is judged. */
export type AuthorizerHop = "gateway authorizer" | "runtime authorizer";

interface Constraint {
  readonly claim: CheckName<AuthorizerHop>;
  /** One of these has to be among what the token has. */
  readonly allowed: readonly string[];
  /** What the token has of the claim. */
  readonly values: (claims: JWTPayload) => readonly string[];
}

/**
 * `custom_jwt_authorizer` of a runtime or a gateway. Every kind of constraint that is configured has to hold: clients
 * against `client_id`, audience against `aud`, scopes against `scope` or the `scp` of Entra and Okta, and custom claims
 * (developer guide, "inbound-jwt-authorizer").
 */
export class JwtAuthorizer {
  private readonly issuer: OpenIdIssuer;
  private readonly constraints: readonly Constraint[];
  private readonly workloads?: AllowedWorkloadConfiguration;

  /** @throws AwsError ValidationException for a configuration that the service refuses. */
  constructor(
    private readonly environment: Environment,
    configuration: CustomJwtAuthorizer,
  ) {
    const { discoveryUrl, allowedClients, allowedAudience, allowedScopes, customClaims } = configuration;
    if (!DISCOVERY_URL.test(discoveryUrl)) {
      throw refusal("discovery-url", `Value '${discoveryUrl}' at 'discoveryUrl' must match ${DISCOVERY_URL.source}.`);
    }
    const constraints = { allowedClients, allowedAudience, allowedScopes, customClaims };
    for (const [name, values] of Object.entries(constraints)) {
      if (values?.length === 0) {
        throw refusal("authorizer-list-empty", `Value at '${name}' must have at least 1 entry.`);
      }
    }
    if (Object.values(constraints).every((values) => values === undefined)) {
      throw refusal(
        "authorizer-unrestricted",
        "At least one of allowedClients, allowedAudience, allowedScopes and customClaims must be configured.",
      );
    }
    this.workloads = configuration.allowedWorkloadConfiguration;
    if (this.workloads) refuseWorkloadCount(this.workloads);
    this.issuer = new OpenIdIssuer(environment, discoveryUrl);
    this.constraints = [
      ...constraint("client_id", allowedClients),
      ...constraint("aud", allowedAudience),
      ...(allowedScopes ? [{ claim: "scope" as const, allowed: allowedScopes, values: scopesOf }] : []),
      ...(customClaims ?? []).map(customConstraint),
    ];
  }

  /**
   * @param workload that calls; left out for callers outside the account
   * @returns undefined when the token is good, and its bearer may call
   */
  refusal(token: string, hop: HopRecorder<AuthorizerHop>, workload?: Workload): Eventual<JwtRefusal | undefined> {
    const { name: issuer } = this.issuer;
    const claims = this.issuer.verified(token);
    if (issuer === undefined || !claims) return this.refuseUnknown(token, hop, workload);
    hop.claims(claims);
    hop.check("token is a JWT", true);
    return refuseIssuer(claims, issuer, hop) ?? acceptSignature(hop) ?? this.refuseContent(claims, hop, workload);
  }

  private async refuseUnknown(
    token: string,
    hop: HopRecorder<AuthorizerHop>,
    workload: Workload | undefined,
  ): Promise<JwtRefusal | undefined> {
    const claims = decodeClaims(token);
    if (claims) hop.claims(claims);
    try {
      const issuer = this.issuer.name ?? (await this.issuer.fetchName(hop));
      if (!hop.check("token is a JWT", claims !== undefined, claims ? {} : describeForm(token)) || !claims) {
        return { reason: "malformed" };
      }
      return (
        refuseIssuer(claims, issuer, hop) ??
        (await this.refuseSignature(token, claims, issuer, hop)) ??
        this.refuseContent(claims, hop, workload)
      );
    } catch (error) {
      if (!(error instanceof DiscoveryError)) throw error;
      hop.check("discovery document", false, { expected: this.issuer.discoveryUrl, actual: error.message });
      return { reason: "discovery" };
    }
  }

  private async refuseSignature(
    token: string,
    claims: JWTPayload,
    issuer: string,
    hop: HopRecorder<AuthorizerHop>,
  ): Promise<JwtRefusal | undefined> {
    try {
      await this.issuer.verifySignature(token, claims, hop);
      return acceptSignature(hop);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      hop.check("signature", false, { expected: `a key of ${issuer}`, actual: error.message });
      return { reason: "signature" };
    }
  }

  private refuseContent(
    claims: JWTPayload,
    hop: HopRecorder<AuthorizerHop>,
    workload: Workload | undefined,
  ): JwtRefusal | undefined {
    return this.refuseTime(claims, hop) ?? this.refuseClaims(claims, hop) ?? this.refuseWorkload(workload, hop);
  }

  private refuseTime({ exp, nbf }: JWTPayload, hop: HopRecorder<AuthorizerHop>): JwtRefusal | undefined {
    const now = epochSeconds(this.environment.clock);
    const expiry = () => ({ expected: `after ${isoTime(now)}`, actual: isoTime(exp) });
    if (!hop.check("exp", typeof exp === "number" && exp > now, expiry)) return { reason: "expired" };
    if (
      nbf === undefined ||
      hop.check("nbf", typeof nbf === "number" && nbf <= now, () => ({
        expected: `until ${isoTime(now)}`,
        actual: isoTime(nbf),
      }))
    ) {
      return undefined;
    }
    return { reason: "expired" };
  }

  private refuseWorkload(workload: Workload | undefined, hop: HopRecorder<AuthorizerHop>): JwtRefusal | undefined {
    if (!this.workloads) return undefined;
    const { hostingEnvironments = [], workloadIdentities = [] } = this.workloads;
    const environments = hostingEnvironments.map(({ arn }) => arn);
    const isAllowed =
      workload !== undefined &&
      (environments.includes(workload.hostingEnvironment) || workloadIdentities.includes(workload.identity));
    const expected = [...environments, ...workloadIdentities].join(" or ");
    const actual = workload?.hostingEnvironment ?? "no workload";
    return hop.check("workload", isAllowed, { expected, actual }) ? undefined : { reason: "workload" };
  }

  private refuseClaims(claims: JWTPayload, hop: HopRecorder<AuthorizerHop>): JwtRefusal | undefined {
    for (const { claim, allowed, values } of this.constraints) {
      const actual = values(claims);
      const passed = actual.some((value) => allowed.includes(value));
      if (!hop.check(claim, passed, { expected: allowed.join(" or "), actual: actual.join(" ") || NO_CLAIM })) {
        return { reason: "claim", claim };
      }
    }
    return undefined;
  }
}

/** API reference, AllowedWorkloadConfiguration. @throws AwsError ValidationException */
function refuseWorkloadCount({ hostingEnvironments, workloadIdentities }: AllowedWorkloadConfiguration): void {
  const lists = Object.entries({ hostingEnvironments, workloadIdentities }).filter(([, list]) => list !== undefined);
  for (const [name, list = []] of lists) {
    if (list.length < 1 || list.length > MAX_ALLOWED_WORKLOADS) {
      throw refusal("workloads", `Value at '${name}' must have 1 to ${MAX_ALLOWED_WORKLOADS} entries.`);
    }
  }
  if (lists.length === 0) {
    throw refusal("workloads", "allowedWorkloadConfiguration must name a hosting environment or an identity.");
  }
}

const NO_CLAIM = "no such claim";

/** None where the kind is not configured. */
function constraint(claim: "client_id" | "aud", allowed: readonly string[] | undefined): Constraint[] {
  return allowed ? [{ claim, allowed, values: (claims) => textsIn(claims[claim]) }] : [];
}

function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  return [...words(scope), ...words(scp)];
}

/** @throws AwsError ValidationException */
function customConstraint({ name, valueType, operator, value, values }: CustomClaim): Constraint {
  const possible = otherComparisons(valueType, operator);
  if (possible) {
    throw refusal(
      "claim-operator",
      `The custom claim ${name} compares ${valueType} with ${operator}: it can be ${possible.join(", ")}.`,
    );
  }
  const allowed = operator === "CONTAINS_ANY" ? values : value === undefined ? undefined : [value];
  const superfluous = operator === "CONTAINS_ANY" ? value : values;
  if (!allowed || superfluous !== undefined) {
    const member = operator === "CONTAINS_ANY" ? "matchValueStringList" : "matchValueString";
    throw refusal("claim-value", `The custom claim ${name} needs ${member}, and nothing else, for ${operator}.`);
  }
  const isList = valueType === "STRING_ARRAY";
  return {
    claim: openName(name),
    allowed,
    values: ({ [name]: claim }) => (Array.isArray(claim) === isList ? textsIn(claim) : []),
  };
}

function refuseIssuer({ iss }: JWTPayload, issuer: string, hop: HopRecorder<AuthorizerHop>): JwtRefusal | undefined {
  if (hop.check("iss", iss === issuer, { expected: issuer, actual: describeClaim(iss) })) return undefined;
  return { reason: iss === undefined ? "malformed" : "issuer" };
}

/** A claim of any type may come from outside, even one that cannot be made a text. */
function describeClaim(claim: unknown): string {
  if (typeof claim === "string") return claim;
  return claim === undefined ? NO_CLAIM : "a claim that is no text";
}

function acceptSignature(hop: HopRecorder<AuthorizerHop>): undefined {
  hop.check("signature", true);
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

/** A claim as a list: `aud` may be one or an array (RFC 7519). */
function textsIn(claim: unknown): string[] {
  const entries: unknown[] = Array.isArray(claim) ? claim : [claim];
  return entries.filter((entry) => typeof entry === "string");
}

/** Scopes are separated by spaces (RFC 8693), or make up a list. */
function words(claim: unknown): string[] {
  return textsIn(claim).flatMap((text) => text.split(" ").filter(Boolean));
}

function isoTime(seconds: unknown): string {
  if (typeof seconds !== "number") return "no time";
  const date = new Date(seconds * 1000);
  const isInCalendar = !Number.isNaN(date.getTime());
  return isInCalendar ? date.toISOString() : `${seconds} s after 1970`;
}
