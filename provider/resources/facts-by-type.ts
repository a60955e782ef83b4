// provider/resources/: what bindings do not tell of each type: checks, what forces a replacement, what is assigned.
import { agentRuntime, agentRuntimeEndpoint } from "./agent-runtime";
import { browser, codeInterpreter, memory, memoryStrategy } from "./agentcore-tools";
import { resourceServer, userPool, userPoolClient, userPoolDomain } from "./cognito";
import {
  apiKeyCredentialProvider,
  oauth2CredentialProvider,
  tokenVaultCmk,
  workloadIdentity,
} from "./credential-provider";
import type { ResourceFacts } from "./facts";
import { gateway } from "./gateway";
import { gatewayTarget } from "./gateway-target";
import { enginePolicy, policyEngine } from "./policy-engine";
import { resourcePolicy } from "./resource-policy";
import { policy, role, rolePolicy, rolePolicyAttachment } from "./iam";
import { logDelivery, logDeliveryDestination, logDeliverySource } from "./log-delivery";
import { ecrLifecyclePolicy, ecrRepository, lambdaFunction, logGroup, s3Bucket, s3Object } from "./other-services";

const factsByType: Readonly<Record<string, ResourceFacts>> = {
  aws_bedrockagentcore_agent_runtime: agentRuntime,
  aws_bedrockagentcore_agent_runtime_endpoint: agentRuntimeEndpoint,
  aws_bedrockagentcore_api_key_credential_provider: apiKeyCredentialProvider,
  aws_bedrockagentcore_browser: browser,
  aws_bedrockagentcore_code_interpreter: codeInterpreter,
  aws_bedrockagentcore_gateway: gateway,
  aws_bedrockagentcore_gateway_target: gatewayTarget,
  aws_bedrockagentcore_memory: memory,
  aws_bedrockagentcore_memory_strategy: memoryStrategy,
  aws_bedrockagentcore_oauth2_credential_provider: oauth2CredentialProvider,
  aws_bedrockagentcore_policy: enginePolicy,
  aws_bedrockagentcore_policy_engine: policyEngine,
  aws_bedrockagentcore_resource_policy: resourcePolicy,
  aws_bedrockagentcore_token_vault_cmk: tokenVaultCmk,
  aws_bedrockagentcore_workload_identity: workloadIdentity,
  aws_cloudwatch_log_delivery: logDelivery,
  aws_cloudwatch_log_delivery_destination: logDeliveryDestination,
  aws_cloudwatch_log_delivery_source: logDeliverySource,
  aws_cloudwatch_log_group: logGroup,
  aws_cognito_resource_server: resourceServer,
  aws_cognito_user_pool: userPool,
  aws_cognito_user_pool_client: userPoolClient,
  aws_cognito_user_pool_domain: userPoolDomain,
  aws_ecr_lifecycle_policy: ecrLifecyclePolicy,
  aws_ecr_repository: ecrRepository,
  aws_iam_policy: policy,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: rolePolicyAttachment,
  aws_lambda_function: lambdaFunction,
  aws_s3_bucket: s3Bucket,
  aws_s3_object: s3Object,
};

/** @throws Error for a type whose schema is known but of which nobody wrote down the facts. */
export function factsOf(type: string): ResourceFacts {
  const facts = factsByType[type];
  if (!facts) {
    throw new Error(`The stand-in provider has no facts about ${type}: add them to resources/facts-by-type.ts.`);
  }
  return facts;
}
