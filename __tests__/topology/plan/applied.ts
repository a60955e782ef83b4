import type {
  Declaration,
  Deployment,
  ResourceKind,
  Topology,
  TopologyResource,
  Value,
  ValueObject,
} from "../../../topology";
import { Arguments } from "../../../topology/arguments/arguments";
import { resourceReaders } from "../../../topology/resources";
import { ENVIRONMENT } from "../fake-account";
import { type PlanDocument, plannedValues, type Values } from "./documents";

/** What each service assigned, in the values that terraform keeps. */
const assigned: { [K in ResourceKind]: (values: Values) => object } = {
  userPool: ({ id, arn }) => ({ userPoolId: id, arn }),
  userPoolDomain: () => ({}),
  userPoolClient: ({ id, client_secret }) => ({ clientId: id, clientSecret: client_secret }),
  resourceServer: () => ({}),
  role: ({ arn, unique_id }) => ({ arn, roleId: unique_id }),
  bucket: ({ arn }) => ({ arn }),
  bucketObject: ({ version_id }) => ({ versionId: version_id }),
  restApi: ({ id, arn, execution_arn, root_resource_id }) => ({
    restApiId: id,
    arn,
    executionArn: execution_arn,
    rootResourceId: root_resource_id,
  }),
  restApiResource: ({ id, path }) => ({ resourceId: id, path }),
  restApiMethod: () => ({}),
  restApiModel: ({ id }) => ({ modelId: id }),
  restApiDeployment: ({ id }) => ({ deploymentId: id }),
  restApiStage: ({ arn, invoke_url, execution_arn }) => ({ arn, invokeUrl: invoke_url, executionArn: execution_arn }),
  rolePolicy: () => ({}),
  managedPolicy: ({ arn, policy_id }) => ({ arn, policyId: policy_id }),
  rolePolicyAttachment: () => ({}),
  policyAttachment: () => ({}),
  rolePoliciesExclusive: () => ({}),
  rolePolicyAttachmentsExclusive: () => ({}),
  repository: ({ arn, registry_id, repository_url }) => ({
    arn,
    registryId: registry_id,
    repositoryUrl: repository_url,
  }),
  terraformData: ({ id }) => ({ id }),
  oauth2CredentialProvider: ({ credential_provider_arn, client_secret_arn }) => ({
    credentialProviderArn: credential_provider_arn,
    clientSecretArn: inFirst(client_secret_arn, "secret_arn"),
  }),
  apiKeyCredentialProvider: ({ credential_provider_arn, api_key_secret_arn }) => ({
    credentialProviderArn: credential_provider_arn,
    apiKeySecretArn: inFirst(api_key_secret_arn, "secret_arn"),
  }),
  agentRuntime: ({ agent_runtime_arn, agent_runtime_id, agent_runtime_version, workload_identity_details }) => ({
    agentRuntimeArn: agent_runtime_arn,
    agentRuntimeId: agent_runtime_id,
    agentRuntimeVersion: agent_runtime_version,
    workloadIdentityArn: inFirst(workload_identity_details, "workload_identity_arn"),
  }),
  agentRuntimeEndpoint: ({ agent_runtime_arn, agent_runtime_endpoint_arn, agent_runtime_version }) => ({
    agentRuntimeArn: agent_runtime_arn,
    agentRuntimeEndpointArn: agent_runtime_endpoint_arn,
    agentRuntimeVersion: agent_runtime_version,
  }),
  workloadIdentity: ({ workload_identity_arn }) => ({ workloadIdentityArn: workload_identity_arn }),
  policyEngine: ({ policy_engine_arn, policy_engine_id }) => ({
    policyEngineArn: policy_engine_arn,
    policyEngineId: policy_engine_id,
  }),
  cedarPolicy: ({ policy_arn, policy_id }) => ({ policyArn: policy_arn, policyId: policy_id }),
  lambdaFunction: ({ arn }) => ({ arn }),
  gateway: ({ gateway_arn, gateway_id, gateway_url, workload_identity_details }) => ({
    gatewayArn: gateway_arn,
    gatewayId: gateway_id,
    gatewayUrl: gateway_url,
    workloadIdentityArn: inFirst(workload_identity_details, "workload_identity_arn"),
  }),
  resourcePolicy: () => ({}),
  gatewayTarget: ({ target_id }) => ({ targetId: target_id }),
};

function inFirst(list: unknown, name: string): unknown {
  return (list as readonly Values[])[0]?.[name];
}

function create<K extends ResourceKind>(
  deployment: Deployment,
  { address, kind }: TopologyResource<K>,
  values: Values,
): Declaration<K> {
  const declaration = deployment.declaration({ address, kind });
  deployment.created({ address, kind }, assigned[kind](values));
  return declaration;
}

/** Deploys into an account whose services assign what they assigned when terraform applied the plan. */
export function deployAsApplied(
  topology: Topology,
  deployed: PlanDocument,
): { declarations: Record<string, unknown>; outputs: Record<string, Value | undefined> } {
  const values = plannedValues(deployed);
  const deployment = topology.deployment({ ...ENVIRONMENT, region: topology.region });
  const declarations = topology.resources.map((resource) => {
    const applied = values.get(resource.address);
    if (applied === undefined) throw new Error(`terraform did not apply ${resource.address}.`);
    return [resource.address, create(deployment, resource, applied)] as const;
  });
  const outputs = Object.entries(deployment.outputs()).map(([name, { value }]) => [name, value] as const);
  return { declarations: Object.fromEntries(declarations), outputs: Object.fromEntries(outputs) };
}

/** What the values that terraform keeps declare: no expression is left in them. */
export function declarationsAsApplied({ resources }: Topology, deployed: PlanDocument): Record<string, unknown> {
  const values = plannedValues(deployed);
  return Object.fromEntries(
    resources.map(({ address, kind }) => {
      const evaluated = (values.get(address) ?? {}) as ValueObject;
      return [address, resourceReaders[kind].read(Arguments.evaluated(address, evaluated))];
    }),
  );
}
