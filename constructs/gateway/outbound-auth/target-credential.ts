import type { BedrockagentcoreGatewayTargetCredentialProviderConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { Construct } from "constructs";
import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import type { NewerField } from "../../private/provider-version";
import type { CredentialKind, TargetKind } from "../../../aws/agentcore/outbound-matrix";

/** Whose permissions a credential asks for. @hidden */
export interface CredentialUser {
  /** ARN of the gateway's own identity, which the service creates with the gateway. */
  readonly workloadIdentityArn: string;
}

/** How a gateway authorizes itself to a target. Made by GatewayCredentialProvider. */
export interface ITargetCredential {
  /** Its column in the outbound matrix. */
  readonly kind: CredentialKind;
  /** The kinds of target that take the credential. */
  readonly targetKinds: readonly TargetKind[];
  /** The target's `credential_provider_configuration` block, as far as the bindings know it. @internal */
  readonly block: BedrockagentcoreGatewayTargetCredentialProviderConfiguration;
  /** The rest of the block. Paths begin inside it. */
  readonly newerFields: readonly NewerField[];
  /** What the service would refuse. */
  validate(): readonly Problem[];
  /** What the gateway's role must be allowed. */
  permissions(scope: Construct, gateway: CredentialUser): readonly Permission[];
}

/** A credential that an API Gateway stage takes. */
export interface IApiGatewayTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesApiGateway: true;
}

/** A credential that a Lambda function takes. */
export interface ILambdaTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesLambda: true;
}

/** A credential that an MCP server takes. */
export interface IMcpServerTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesMcpServer: true;
}

/** A credential that an API with an OpenAPI schema takes. */
export interface IOpenApiTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesOpenApi: true;
}

/** A credential that a service with a Smithy model takes. */
export interface ISmithyTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesSmithy: true;
}

/** A credential that an HTTP runtime takes. */
export interface IHttpRuntimeTargetCredential extends ITargetCredential {
  /** Tells the compiler that the target takes it. */
  readonly authorizesHttpRuntime: true;
}
