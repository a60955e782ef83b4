// emulator/http/agentcore-control/: the control API of AgentCore, one file for each resource.
import { SERVICE } from "../../../aws/agentcore/endpoints";
import { apiHost } from "../../../aws/hosts";
import { restJsonService } from "../protocols/aws-service";
import { agentRuntimeEndpointOperations } from "./agent-runtime-endpoints";
import { agentRuntimeOperations } from "./agent-runtimes";
import { apiKeyCredentialProviderOperations } from "./api-key-credential-providers";
import { gatewayRateLimitOperations } from "./gateway-rate-limits";
import { gatewayTargetOperations } from "./gateway-targets";
import { gatewayOperations } from "./gateways";
import { oauth2CredentialProviderOperations } from "./oauth2-credential-providers";
import { policyEngineOperations } from "./policy-engines";
import { resourcePolicyOperations } from "./resource-policies";
import { tagOperations } from "./tags";
import { tokenVaultOperations } from "./token-vault";
import { workloadIdentityOperations } from "./workload-identities";

/** AgentCore's control plane, `https://bedrock-agentcore-control.REGION.amazonaws.com/`. */
export const agentCoreControl = restJsonService({
  signingName: SERVICE,
  host: (region) => apiHost("bedrock-agentcore-control", region),
  paths: /^\/(gateways|runtimes|identities|policy-engines|resourcepolicy|tags)(\/|$)/,
  operations: (account) => [
    ...gatewayOperations(account.gateways),
    ...policyEngineOperations(account.policyEngines),
    ...resourcePolicyOperations(account.resourcePolicies),
    ...gatewayTargetOperations(account.gateways, account.gatewayTargets, account.report),
    ...gatewayRateLimitOperations(account.gateways, account.rateLimits),
    ...agentRuntimeOperations(account.runtimes),
    ...agentRuntimeEndpointOperations(account.runtimes),
    ...oauth2CredentialProviderOperations(account.credentialProviders),
    ...apiKeyCredentialProviderOperations(account.apiKeyProviders),
    ...workloadIdentityOperations(account.workloadIdentities),
    ...tokenVaultOperations(account.vault),
    ...tagOperations(account.tags),
  ],
});
