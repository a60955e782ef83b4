import { Fn } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { runtimeUrl } from "../../aws/agentcore/endpoints";
import { Grant } from "../iam/grant";
import type { IRole } from "../iam/role";
import type { OauthIdentityOptions } from "../identity/oauth-identity";
import { OAuth2CredentialProvider } from "../identity/oauth2-credential-provider";
import { AwsEnvironment } from "../private/aws-environment";
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

  /** Lets a role call the runtime: `bedrock-agentcore:InvokeAgentRuntime`. For a runtime that takes SigV4. */
  grantInvoke(role: IRole): Grant;
}

/** What runtimes of this program and imported ones have in common. */
export abstract class RuntimeBase extends Construct implements IRuntime {
  public abstract readonly agentRuntimeArn: string;
  public abstract readonly agentRuntimeId: string;
  public abstract readonly agentRuntimeName: string;
  public abstract readonly agentRuntimeVersion?: string;
  public abstract readonly protocolConfiguration: ProtocolType;
  public abstract readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;
  private derivedClient: OauthIdentityOptions | undefined;

  public get invocationUrl(): string {
    return runtimeUrl(AwsEnvironment.of(this).region, Fn.urlencode(this.agentRuntimeArn));
  }

  public gatewayClient(): OauthIdentityOptions | undefined {
    this.derivedClient ??= this.deriveClient();
    return this.derivedClient;
  }

  /** Allows a role actions on this runtime and its DEFAULT endpoint. */
  public grant(role: IRole, ...actions: readonly string[]): Grant {
    const sid = actions.map((action) => action.replace(/^.*:/, "").replace(/\W/g, "")).join("");
    const resources = [this.agentRuntimeArn, `${this.agentRuntimeArn}/runtime-endpoint/DEFAULT`];
    return Grant.add(this, role, { sid, actions, resources });
  }

  public grantInvoke(role: IRole): Grant {
    return this.grant(role, "bedrock-agentcore:InvokeAgentRuntime");
  }

  /** Lets a role call the runtime in the name of users (`X-Amzn-Bedrock-AgentCore-Runtime-User-Id`). */
  public grantInvokeForUser(role: IRole): Grant {
    return this.grant(role, "bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeForUser");
  }

  private deriveClient(): OauthIdentityOptions | undefined {
    const { userPool, gatewayClient, customJwt } = this.authorizerConfiguration;
    if (userPool?.machineClient) {
      const { scopes } = userPool.machineClient;
      return { provider: OAuth2CredentialProvider.ofUserPool(this, userPool), scopes };
    }
    if (!gatewayClient || !customJwt) {
      return undefined;
    }
    const { scopes, customParameters, ...client } = gatewayClient;
    const { discoveryUrl } = customJwt;
    const provider = OAuth2CredentialProvider.usingCustom(this, "CredentialProvider", { ...client, discoveryUrl });
    return { provider, scopes, customParameters };
  }
}
