import type { IConstruct } from "constructs";
import type { Grant } from "../iam/grant";
import type { Permission } from "../iam/permission";
import type { ResourcePolicyStatement } from "../iam/resource-policy";
import type { IRole } from "../iam/role";
import type { OauthIdentityOptions } from "../identity/oauth-identity";
import type { IHostingEnvironment } from "./allowed-workload-configuration";
import type { ProtocolType } from "./protocol-type";
import type { RuntimeAuthorizerConfiguration } from "./runtime-authorizer-configuration";

/** A runtime, of this program or of another. */
export interface IRuntime extends IConstruct {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:runtime/<id>`. */
  readonly agentRuntimeArn: string;
  /** The name, a hyphen, and 10 characters. */
  readonly agentRuntimeId: string;
  /** 1 to 48 letters, digits and underscores. */
  readonly agentRuntimeName: string;
  /**
   * Changes with every update of the runtime.
   * @default - not known of an imported runtime
   */
  readonly agentRuntimeVersion?: string;
  /** What the container speaks. */
  readonly protocolConfiguration: ProtocolType;
  /** Who may call the runtime. */
  readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;
  /**
   * Where the runtime is called: `https://bedrock-agentcore.<region>.amazonaws.com/runtimes/<encoded ARN>/invocations`.
   */
  readonly invocationUrl: string;

  /**
   * What a gateway asks for, and of whom, to get a token that the runtime accepts; undefined when the authorizer does
   * not tell. The credential provider is made once for each user pool or runtime.
   */
  gatewayClient(): OauthIdentityOptions | undefined;

  /**
   * Has the runtime take calls of a gateway, and of nobody who is not admitted likewise: where the stack's provider has
   * `allowed_workload_configuration`, or in any case. An imported runtime, and one that takes SigV4, stay as they are.
   *
   * @param required - whether the stack asks for a provider that has it (6.55)
   * @returns what of the runtime is against it, as a relative clause
   */
  admit(gateway: IHostingEnvironment, required: boolean): string | undefined;

  /**
   * The role that the container has.
   * @default - not known of an imported runtime
   */
  readonly role?: IRole;

  /** Allows the container's role more. Nothing happens where the role is not known or not mutable. */
  addToRolePolicy(permission: Permission): void;

  /** Says who may call the runtime and who may not, beside what policies of roles say. */
  addToResourcePolicy(statement: ResourcePolicyStatement): void;

  /** Lets a role call the runtime: `bedrock-agentcore:InvokeAgentRuntime`. For a runtime that takes SigV4. */
  grantInvokeRuntime(role: IRole): Grant;

  /** Lets a role call the runtime, for itself and in the name of users. */
  grantInvoke(role: IRole): Grant;
}
