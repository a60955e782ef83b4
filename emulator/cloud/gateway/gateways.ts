import type { GatewayAttributes, GatewayDeclaration } from "../../../topology";
import { agentCoreArn, type Environment } from "../environment";
import { AwsError } from "../errors";
import type { WorkloadIdentities } from "../identity/workload-identities";
import { JwtAuthorizer } from "../jwt-authorizer";
import { DIGITS, LOWER_CASE } from "../random";
import type { Target } from "./target";

/** Patterns and lengths: botocore `bedrock-agentcore-control/2023-06-05`, `CreateGateway`. */
const NAME = /^([0-9a-zA-Z]-?){1,48}$/;
const AUTHORIZER_TYPES = ["CUSTOM_JWT", "AWS_IAM", "NONE", "AUTHENTICATE_ONLY"];

/** What a new gateway speaks when the configuration names no version (Classmethod, July 2026; unconfirmed). */
const DEFAULT_VERSIONS = ["2025-03-26", "2025-11-25"];

export interface Gateway {
  readonly declaration: GatewayDeclaration;
  readonly attributes: GatewayAttributes;
  readonly supportedVersions: readonly string[];
  /** Left out unless the authorizer type is `CUSTOM_JWT`. */
  readonly authorizer?: JwtAuthorizer;
  /** In order of creation. */
  readonly targets: Target[];
}

/** AgentCore Gateway's control plane, gateways only. */
export class Gateways {
  private readonly gateways = new Map<string, Gateway>();

  constructor(
    private readonly environment: Environment,
    private readonly identities: WorkloadIdentities,
  ) {}

  /** @throws AwsError ValidationException, ConflictException */
  create(declaration: GatewayDeclaration): GatewayAttributes {
    const { name, authorizerType, customJwtAuthorizer } = declaration;
    if (!NAME.test(name)) {
      throw new AwsError("ValidationException", `Value '${name}' at 'name' must match ${NAME.source}.`);
    }
    if (!AUTHORIZER_TYPES.includes(authorizerType)) {
      const allowed = AUTHORIZER_TYPES.join(", ");
      throw new AwsError("ValidationException", `Value '${authorizerType}' at 'authorizerType' must be one of ${allowed}.`);
    }
    if (authorizerType === "CUSTOM_JWT" && !customJwtAuthorizer) {
      throw new AwsError("ValidationException", "authorizerConfiguration is required for the authorizer type CUSTOM_JWT.");
    }
    if (this.all().some((gateway) => gateway.declaration.name === name)) {
      throw new AwsError("ConflictException", `A gateway with name ${name} already exists.`);
    }
    const attributes = this.attributesFor(name);
    this.gateways.set(attributes.gatewayId, {
      declaration,
      attributes,
      supportedVersions: declaration.supportedVersions ?? DEFAULT_VERSIONS,
      authorizer: customJwtAuthorizer && new JwtAuthorizer(this.environment, customJwtAuthorizer),
      targets: [],
    });
    return attributes;
  }

  /** @throws AwsError ResourceNotFoundException; an ARN is no identifier. */
  get(gatewayIdentifier: string): Gateway {
    const gateway = this.gateways.get(gatewayIdentifier);
    if (!gateway) throw new AwsError("ResourceNotFoundException", `Gateway ${gatewayIdentifier} not found.`);
    return gateway;
  }

  find(gatewayId: string): Gateway | undefined {
    return this.gateways.get(gatewayId);
  }

  all(): readonly Gateway[] {
    return [...this.gateways.values()];
  }

  private attributesFor(name: string): GatewayAttributes {
    const gatewayId = `${name.toLowerCase()}-${this.environment.random.text(10, LOWER_CASE + DIGITS)}`;
    return {
      gatewayId,
      gatewayArn: agentCoreArn(this.environment, `gateway/${gatewayId}`),
      gatewayUrl: `https://${gatewayHost(this.environment, gatewayId)}/mcp`,
      workloadIdentityArn: this.identities.create(gatewayId),
    };
  }
}

export function gatewayHost({ region }: Environment, gatewayId: string): string {
  return `${gatewayId}.gateway.bedrock-agentcore.${region}.amazonaws.com`;
}
