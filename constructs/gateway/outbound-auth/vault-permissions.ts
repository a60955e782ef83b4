import { GET_SECRET, GET_WORKLOAD_TOKEN } from "../../../aws/agentcore/actions";
import { WORKLOAD_IDENTITY_DIRECTORY } from "../../../aws/agentcore/names";
import type { Construct } from "constructs";
import type { Permission } from "../../iam/permission";
import { AwsEnvironment } from "../../private/aws-environment";

export interface VaultPermissionsOptions {
  readonly action: "GetResourceOauth2Token" | "GetResourceApiKey";
  readonly workloadIdentityArn: string;
  readonly credentialProviderArn: string;
  /** ARN of the secret that AgentCore Identity keeps for the provider. */
  readonly secretArn: string;
}

/**
 * What AgentCore Identity asks of a gateway's role when the gateway fetches a credential: the workload access token,
 * the credential, which is authorized on all four kinds of resource at once, and the secret, which the token vault
 * reads in the role's name.
 *
 * It names the gateway's own identity, the provider and its secret, nothing else.
 */
export function vaultPermissions(scope: Construct, options: VaultPermissionsOptions): readonly Permission[] {
  const environment = AwsEnvironment.of(scope);
  const workload = [environment.arn("bedrock-agentcore", WORKLOAD_IDENTITY_DIRECTORY), options.workloadIdentityArn];
  const tokenVault = environment.arn("bedrock-agentcore", "token-vault/default");
  return [
    {
      sid: "GetWorkloadAccessToken",
      actions: [GET_WORKLOAD_TOKEN],
      resources: workload,
    },
    {
      sid: options.action,
      actions: [`bedrock-agentcore:${options.action}`],
      resources: [...workload, tokenVault, options.credentialProviderArn],
    },
    { sid: "GetSecretValue", actions: [GET_SECRET], resources: [options.secretArn] },
  ];
}
