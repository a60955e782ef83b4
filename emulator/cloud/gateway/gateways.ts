import { SPOKEN_VERSIONS } from "../../../aws/agentcore/protocol-versions";
import { gatewayUrl } from "../../../aws/agentcore/endpoints";
import {
  AUTHORIZER_TYPES,
  EXCEPTION_LEVELS,
  INTERCEPTION_POINTS,
  POLICY_ENGINE_MODES,
  PROTOCOL_TYPES,
  SEARCH_TYPES,
} from "../../../aws/agentcore/values";
import {
  GATEWAY_SESSION_SECONDS,
  MAX_GATEWAY_DESCRIPTION,
  MAX_INSTRUCTIONS,
  MAX_INTERCEPTORS,
} from "../../../aws/agentcore/limits";
import type { GatewayAttributes, GatewayDeclaration } from "../../../topology";
import { checkMembers, GATEWAY_NAME, LAMBDA_ARN, POLICY_ENGINE_ARN, ROLE_ARN } from "../agentcore-constraints";
import { boolean, integer, listOf, oneOf, structure, text, UNBOUNDED } from "../constraints";
import { agentCoreArn, type Environment } from "../environment";
import type { WorkloadIdentities } from "../identity/workload-identities";
import { JwtAuthorizer } from "../jwt-authorizer";
import { enforceQuota } from "../quotas";
import { DIGITS, LOWER_CASE } from "../random";
import { becomeReady } from "../ready";
import { Registry } from "../registry";
import type { TagMap, Tags } from "../tags";
import { timesNow, type Times } from "../times";
import {
  authorizerMissing,
  gatewayHasTargets,
  gatewayNameFixed,
  gatewayTaken,
  gatewayUnknown,
  inMotion,
  interceptorTwice,
  policiesOfHttp,
  policyEngineUnknown,
  versionUnspoken,
  workloadsOfGateway,
} from "./errors";
import type { RateLimit } from "./rate-limit";
import type { Target } from "./target";

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({
  name: GATEWAY_NAME,
  description: text(MAX_GATEWAY_DESCRIPTION, undefined, 1).optional(),
  roleArn: ROLE_ARN,
  authorizerType: oneOf(AUTHORIZER_TYPES),
  protocolType: oneOf(PROTOCOL_TYPES).optional(),
  instructions: text(MAX_INSTRUCTIONS, undefined, 1).optional(),
  searchType: oneOf(SEARCH_TYPES).optional(),
  supportedVersions: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  responseStreaming: boolean().optional(),
  sessionTimeout: integer(GATEWAY_SESSION_SECONDS.shortest, GATEWAY_SESSION_SECONDS.longest).optional(),
  exceptionLevel: oneOf(EXCEPTION_LEVELS).optional(),
  interceptors: listOf(
    structure({
      lambdaArn: LAMBDA_ARN,
      points: listOf(oneOf(INTERCEPTION_POINTS), 2, 1),
      passRequestHeaders: boolean(),
    }),
    MAX_INTERCEPTORS,
    1,
  ).optional(),
  policyEngine: structure({ arn: POLICY_ENGINE_ARN, mode: oneOf(POLICY_ENGINE_MODES) }).optional(),
});

/** What a new gateway speaks when the configuration names no version (Classmethod, July 2026; unconfirmed). */
const DEFAULT_VERSIONS = ["2025-03-26", "2025-11-25"];

export interface Gateway extends Times {
  declaration: GatewayDeclaration;
  readonly attributes: GatewayAttributes;
  supportedVersions: readonly string[];
  /** That of the authorizer type `CUSTOM_JWT`. */
  authorizer?: JwtAuthorizer;
  /** In order of creation. */
  readonly targets: Target[];
  /** In order of creation. */
  readonly rateLimits: RateLimit[];
  status: "CREATING" | "UPDATING" | "DELETING" | "READY";
}

/** AgentCore Gateway's control plane, gateways only. They are known by their ids: an ARN is none. */
export class Gateways extends Registry<Gateway> {
  constructor(
    private readonly environment: Environment,
    private readonly identities: WorkloadIdentities,
    private readonly tags: Tags,
    private readonly policyEngines: { ofArn(policyEngineArn: string): unknown },
  ) {
    super(gatewayUnknown);
  }

  /**
   * The gateway is CREATING at first.
   *
   * @param gatewayId of one that exists already. @default - a new one
   * @throws AwsError ValidationException, ConflictException, ServiceQuotaExceededException
   */
  create(declaration: GatewayDeclaration, tags?: TagMap, gatewayId?: string): Gateway {
    const authorizer = this.validate(declaration);
    const { name, supportedVersions = DEFAULT_VERSIONS } = declaration;
    if (this.all().some((gateway) => gateway.declaration.name === name)) throw gatewayTaken(name);
    enforceQuota("gateways", this.items.size);
    const attributes = this.attributesFor(gatewayId ?? this.newId(name), declaration.protocolType);
    const gateway: Gateway = {
      declaration,
      attributes,
      supportedVersions,
      authorizer,
      targets: [],
      rateLimits: [],
      status: "CREATING",
      ...timesNow(this.environment.clock),
    };
    this.items.set(attributes.gatewayId, gateway);
    this.tags.create(attributes.gatewayArn, tags);
    becomeReady(gateway);
    return gateway;
  }

  /**
   * Replaces the whole configuration.
   *
   * @throws AwsError ValidationException, ConflictException, ResourceNotFoundException
   */
  update(gatewayIdentifier: string, declaration: GatewayDeclaration): Gateway {
    const gateway = this.settled(gatewayIdentifier, "UpdateGateway");
    const authorizer = this.validate(declaration);
    if (declaration.name !== gateway.declaration.name) throw gatewayNameFixed();
    gateway.supportedVersions = declaration.supportedVersions ?? gateway.supportedVersions;
    gateway.declaration = declaration;
    gateway.authorizer = authorizer;
    gateway.status = "UPDATING";
    gateway.updatedAt = this.environment.clock.now();
    becomeReady(gateway);
    return gateway;
  }

  /** The gateway is DELETING, then gone. @throws AwsError ValidationException while it has targets */
  override delete(gatewayIdentifier: string): Gateway {
    const gateway = this.settled(gatewayIdentifier, "DeleteGateway");
    const { gatewayId, gatewayArn } = gateway.attributes;
    if (gateway.targets.length > 0) throw gatewayHasTargets(gatewayId);
    gateway.status = "DELETING";
    setImmediate(() => {
      this.items.delete(gatewayId);
      this.tags.delete(gatewayArn);
      this.identities.deleteLinked(gatewayId);
    });
    return gateway;
  }

  /** A gateway in motion takes no change. @throws AwsError ConflictException, ResourceNotFoundException */
  settled(gatewayIdentifier: string, operation: string): Gateway {
    const gateway = this.get(gatewayIdentifier);
    if (gateway.status === "READY") return gateway;
    throw inMotion(operation, gateway.status);
  }

  /** @returns the authorizer that the configuration asks for */
  private validate(declaration: GatewayDeclaration): JwtAuthorizer | undefined {
    checkMembers(DECLARATION, declaration);
    const {
      authorizerType,
      customJwtAuthorizer,
      supportedVersions = [],
      interceptors = [],
      policyEngine,
    } = declaration;
    const unspoken = supportedVersions.find((version) => !SPOKEN_VERSIONS.includes(version));
    if (unspoken !== undefined) throw versionUnspoken(unspoken);
    if (authorizerType === "CUSTOM_JWT" && !customJwtAuthorizer) throw authorizerMissing();
    for (const point of INTERCEPTION_POINTS) {
      const count = interceptors.filter(({ points }) => points.includes(point)).length;
      if (count > 1) throw interceptorTwice(point);
    }
    if (policyEngine && declaration.protocolType === undefined) throw policiesOfHttp();
    if (policyEngine && this.policyEngines.ofArn(policyEngine.arn) === undefined) {
      throw policyEngineUnknown(policyEngine.arn);
    }
    if (customJwtAuthorizer?.allowedWorkloadConfiguration) throw workloadsOfGateway();
    const authorizer = customJwtAuthorizer && new JwtAuthorizer(this.environment, customJwtAuthorizer);
    return authorizerType === "CUSTOM_JWT" ? authorizer : undefined;
  }

  private newId(name: string): string {
    return `${name.toLowerCase()}-${this.environment.random.text(10, LOWER_CASE + DIGITS)}`;
  }

  private attributesFor(gatewayId: string, protocolType: string | undefined): GatewayAttributes {
    return {
      gatewayId,
      gatewayArn: agentCoreArn(this.environment, `gateway/${gatewayId}`),
      gatewayUrl: gatewayUrl(gatewayId, this.environment.region, protocolType),
      workloadIdentityArn: this.identities.createLinked(gatewayId),
    };
  }
}
