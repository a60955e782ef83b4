import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { OauthCredentialProviderConfiguration } from "../outbound-auth/oauth-credential";
import type { ITargetCredential } from "../outbound-auth/target-credential";
import { WorkloadIdentity } from "../../identity/workload-identity";
import { AwsEnvironment } from "../../private/aws-environment";
import { LocalCommand } from "../../private/local-command";
import { providerCredentials } from "../../private/provider-credentials";
import { CALL_WITH_SIGNATURE, CALL_WITH_TOKEN } from "./readiness-commands";
import type { IRuntime } from "../../runtime/runtime-interface";

export interface ReadinessProbeProps {
  readonly runtime: IRuntime;
  /** Where the runtime is called. */
  readonly endpoint: string;
  /** How the gateway will call it. */
  readonly credential: ITargetCredential | undefined;
}

/**
 * Has `apply` wait until a runtime answers MCP's `initialize`. AWS calls a runtime ready before its container is.
 *
 * A runtime that takes tokens is called with a token of the very credential provider that the gateway uses, which the
 * AWS CLI fetches from AgentCore Identity: no client secret leaves the vault. The probe has a workload identity of its
 * own for that, because AWS gives a gateway's to nobody else.
 */
export class ReadinessProbe extends Construct {
  /** What must wait for the runtime. */
  public readonly answered: ITerraformDependable;

  public constructor(scope: Construct, id: string, props: ReadinessProbeProps) {
    super(scope, id);
    const { runtime, endpoint, credential } = props;
    const oauth = credential instanceof OauthCredentialProviderConfiguration ? credential.options : undefined;
    this.answered = new LocalCommand(this, "Resource", {
      triggersReplace: { version: runtime.agentRuntimeVersion ?? runtime.agentRuntimeArn },
      command: oauth ? CALL_WITH_TOKEN : CALL_WITH_SIGNATURE,
      environment: {
        REGION: AwsEnvironment.of(this).region,
        RUNTIME_ARN: runtime.agentRuntimeArn,
        RUNTIME_URL: endpoint,
        ...providerCredentials(this),
        ...(oauth && {
          WORKLOAD_NAME: new WorkloadIdentity(this, "Identity").workloadIdentityName,
          PROVIDER_ARN: oauth.provider.credentialProviderArn,
          SCOPES: Token.isUnresolved(oauth.scopes) ? Fn.join(" ", [...oauth.scopes]) : oauth.scopes.join(" "),
        }),
      },
    });
  }
}
