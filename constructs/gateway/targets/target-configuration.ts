import type { BedrockagentcoreGatewayTargetTargetConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { ITerraformDependable } from "cdktf";
import type { Permission } from "../../iam/permission";
import type { PrivateEndpoint } from "../../network/private-endpoint";
import type { Problem } from "../../private/errors";
import type { NewerField } from "../../private/provider-version";
import type { IGateway } from "../gateway-interface";
import type { GatewayProtocol } from "../gateway-protocol";
import type { GatewayAuthorizer } from "../inbound-auth/gateway-authorizer";
import type { TargetKind } from "../../../aws/agentcore/outbound-matrix";
import type { ITargetCredential } from "../outbound-auth/target-credential";

/** What of a call a target is told beside the tool's arguments, and what of its answer the caller. */
export interface TargetMetadataConfiguration {
  /**
   * Headers of the caller that reach the target.
   * @default - none
   */
  readonly allowedRequestHeaders?: readonly string[];
  /**
   * Headers of the target that reach the caller.
   * @default - none
   */
  readonly allowedResponseHeaders?: readonly string[];
  /**
   * Query parameters of the caller that reach the target.
   * @default - none
   */
  readonly allowedQueryParameters?: readonly string[];
}

/** What every target can be given. */
export interface GatewayTargetOptions {
  /**
   * 1 to 100 letters, digits and single hyphens, unique in the gateway. Clients see it: tools are called
   * `<target name>___<tool name>`.
   * @default - the construct's id, with hyphens for what a name cannot hold
   */
  readonly gatewayTargetName?: string;

  /**
   * 1 to 200 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * Headers and query parameters that the gateway passes on. Needs AWS provider 6.40.
   * @default - none
   */
  readonly metadataConfiguration?: TargetMetadataConfiguration;

  /**
   * How the gateway reaches a target that only a VPC knows. Needs AWS provider 6.50.
   * @default - over the internet
   */
  readonly privateEndpoint?: PrivateEndpoint;
}

/** What the service connects to, and what a gateway needs for it. */
export interface TargetConfiguration {
  readonly kind: TargetKind;
  readonly gateway: ITargetGateway;
  /** At most one, of a class that the kind takes. */
  readonly credentials: readonly ITargetCredential[];
  /** The target's `target_configuration` block, as far as the bindings know it. @internal */
  readonly block: BedrockagentcoreGatewayTargetTargetConfiguration;
  /** The rest of the resource. */
  readonly newerFields?: readonly NewerField[];
  /** What the gateway's role must be allowed, besides what the credential asks for. */
  readonly permissions?: readonly Permission[];
  /** What must exist before the service connects. */
  readonly dependencies?: readonly ITerraformDependable[];
  /** The names of the target's tools, where this program knows them. */
  readonly toolNames?: readonly string[];
  /** What the description ends in; its change has the service read the tools again. */
  readonly revision?: string;
  /** What is wrong, looked for at synthesis. */
  readonly findProblems?: () => readonly Problem[];
}

/** A target that a gateway has taken note of. @hidden */
export interface RegisteredTarget {
  /** The target's name, unique in the gateway. */
  readonly name: string;
  /** The target's Terraform resource. */
  readonly resource: ITerraformDependable;
}

/** A gateway as its targets see it. */
export interface ITargetGateway extends IGateway {
  /** Left out for an imported gateway. */
  readonly authorizerConfiguration?: GatewayAuthorizer;
  /** Left out for an imported gateway. */
  readonly protocolConfiguration?: GatewayProtocol;
  /** Whether a target of this name was added before. */
  hasTarget(name: string): boolean;
  /** The targets that must be done before the next one. */
  targetsBefore(): readonly ITerraformDependable[];
  /** Takes note of a target. */
  registerTarget(target: RegisteredTarget): void;
  /** Allows the gateway's role more, and returns what must wait for it. */
  allow(permissions: readonly Permission[]): readonly ITerraformDependable[];
}
