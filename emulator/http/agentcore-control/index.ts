// emulator/http/agentcore-control/: the control API of AgentCore, one file for each resource.
import { SERVICE } from "../../../aws/agentcore/endpoints";
import { apiHost } from "../../../aws/hosts";
import type { Account } from "../../cloud/account";
import { ApiHost } from "../protocols/api-host";
import { restJsonHandler, type RestJsonHandler } from "../protocols/aws-rest-json";
import type { AwsService } from "../protocols/aws-service";
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

const COLLECTIONS = /^\/(gateways|runtimes|identities|policy-engines|resourcepolicy|tags)(\/|$)/;

/** AgentCore's control plane, `https://bedrock-agentcore-control.REGION.amazonaws.com/`. */
export const agentCoreControl: AwsService = {
  host: (region) => apiHost("bedrock-agentcore-control", region),
  isMeantBy: ({ signedFor, pathname }) => signedFor === SERVICE || COLLECTIONS.test(pathname),
  open: (account) => new ApiHost(agentCoreControl.host(account.environment.region), agentCoreControlHandler(account)),
};

function agentCoreControlHandler(account: Account): RestJsonHandler {
  const { environment, gateways, gatewayTargets, runtimes, credentialProviders, apiKeyProviders } = account;
  return restJsonHandler({
    signingName: SERVICE,
    region: environment.region,
    journal: account.journal,
    operations: [
      ...gatewayOperations(gateways),
      ...policyEngineOperations(account.policyEngines),
      ...resourcePolicyOperations(account.resourcePolicies),
      ...gatewayTargetOperations(gateways, gatewayTargets, account.report),
      ...gatewayRateLimitOperations(gateways, account.rateLimits),
      ...agentRuntimeOperations(runtimes),
      ...agentRuntimeEndpointOperations(runtimes),
      ...oauth2CredentialProviderOperations(credentialProviders),
      ...apiKeyCredentialProviderOperations(apiKeyProviders),
      ...workloadIdentityOperations(account.workloadIdentities),
      ...tokenVaultOperations(account.vault),
      ...tagOperations(account.tags),
    ],
    requestId: () => environment.random.uuid(),
  });
}
