import { Fn } from "cdktf";
import { Construct } from "constructs";
import { INVOKE_RUNTIME } from "../../aws/agentcore/actions";
import { runtimeUrl } from "../../aws/agentcore/endpoints";
import { Grant } from "../iam/grant";
import { actionSid, type Permission } from "../iam/permission";
import { ResourcePolicy, type ResourcePolicyStatement } from "../iam/resource-policy";
import type { IRole } from "../iam/role";
import type { OauthIdentityOptions } from "../identity/oauth-identity";
import { OAuth2CredentialProvider } from "../identity/oauth2-credential-provider";
import { resolved } from "../private/resolved";
import type { IHostingEnvironment } from "./allowed-workload-configuration";
import type { ProtocolType } from "./protocol-type";
import type { RuntimeAuthorizerConfiguration } from "./runtime-authorizer-configuration";
import type { IRuntime } from "./runtime-interface";
import { RuntimeEndpoint, type RuntimeEndpointOptions } from "./runtime-endpoint";

/** What runtimes of this program and imported ones have in common. */
export abstract class RuntimeBase extends Construct implements IRuntime {
  public abstract readonly agentRuntimeArn: string;
  public abstract readonly agentRuntimeId: string;
  public abstract readonly agentRuntimeName: string;
  public abstract readonly agentRuntimeVersion?: string;
  public abstract readonly protocolConfiguration: ProtocolType;
  public abstract readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;
  public abstract readonly role?: IRole;
  private derivedClient: OauthIdentityOptions | undefined;

  public get invocationUrl(): string {
    return runtimeUrl(this.region, Fn.urlencode(this.agentRuntimeArn));
  }

  public gatewayClient(): OauthIdentityOptions | undefined {
    this.derivedClient ??= this.deriveClient();
    return this.derivedClient;
  }

  public abstract admit(gateway: IHostingEnvironment, required: boolean): string | undefined;

  /** Allows the container's role more. Nothing happens where the role is not known or not mutable. */
  public abstract addToRolePolicy(permission: Permission): void;

  /**
   * Says who may call the runtime and who may not, beside what policies of roles say. Needs AWS provider 6.47. A runtime
   * has one policy: that of an imported one takes the place of whatever policy it has.
   */
  public addToResourcePolicy(statement: ResourcePolicyStatement): void {
    ResourcePolicy.add(this, { resourceArn: this.agentRuntimeArn, invokeAction: INVOKE_RUNTIME }, statement);
  }

  /** Gives a version of the runtime a name of its own. */
  public addEndpoint(endpointName: string, options: RuntimeEndpointOptions = {}): RuntimeEndpoint {
    // A token's own text changes with every other token of the program, and the endpoint's address would with it.
    return new RuntimeEndpoint(this, `Endpoint-${resolved(this, endpointName)}`, {
      ...options,
      runtime: this,
      endpointName,
    });
  }

  /** Allows the container's role actions on resources, as `addToRolePolicy`. */
  public grant(actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy({ sid: actionSid(actions), actions, resources });
  }

  /** Lets a role call the runtime: `bedrock-agentcore:InvokeAgentRuntime`. For a runtime that takes SigV4. */
  public grantInvokeRuntime(role: IRole): Grant {
    return this.grantActions(role, INVOKE_RUNTIME);
  }

  /** Lets a role call the runtime in the name of users (`X-Amzn-Bedrock-AgentCore-Runtime-User-Id`). */
  public grantInvokeRuntimeForUser(role: IRole): Grant {
    return this.grantActions(role, "bedrock-agentcore:InvokeAgentRuntimeForUser");
  }

  /** Lets a role call the runtime, for itself and in the name of users. */
  public grantInvoke(role: IRole): Grant {
    this.grantInvokeRuntime(role);
    return this.grantInvokeRuntimeForUser(role);
  }

  /** Where the runtime is. */
  protected abstract readonly region: string;

  /** Allows a role actions on this runtime and its DEFAULT endpoint. */
  private grantActions(role: IRole, ...actions: readonly string[]): Grant {
    const sid = actionSid(actions);
    const resources = [this.agentRuntimeArn, `${this.agentRuntimeArn}/runtime-endpoint/DEFAULT`];
    return Grant.add(this, role, { sid, actions, resources });
  }

  private deriveClient(): OauthIdentityOptions | undefined {
    const { userPool, gatewayClient, customJwt } = this.authorizerConfiguration;
    if (userPool?.machineClient) {
      const { scopes } = userPool.machineClient;
      return { provider: OAuth2CredentialProvider.ofUserPool(this, userPool), scopes };
    }
    if (!gatewayClient || !customJwt) return undefined;
    const { scopes, customParameters, ...client } = gatewayClient;
    const { discoveryUrl } = customJwt;
    const provider = OAuth2CredentialProvider.usingCustom(this, "CredentialProvider", { ...client, discoveryUrl });
    return { provider, scopes, customParameters };
  }
}
