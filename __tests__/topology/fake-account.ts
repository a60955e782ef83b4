import type {
  Attributes,
  Declaration,
  Deployment,
  ResourceKind,
  Topology,
  TopologyResource,
  Value,
} from "../../topology";

export const ENVIRONMENT = { region: "us-east-1", accountId: "123456789012", partition: "aws" };
const { region, accountId } = ENVIRONMENT;
const AGENTCORE = `arn:aws:bedrock-agentcore:${region}:${accountId}`;
const IDENTITIES = `${AGENTCORE}:workload-identity-directory/default/workload-identity`;
const SUFFIX = "abcdefghij";

type Creators = { [K in ResourceKind]: (declaration: Declaration<K>) => Attributes<K> };

/** Ids as AWS forms them, with fixed random parts. */
const creators: Creators = {
  userPool: ({ poolName }) => {
    const userPoolId = `${region}_${poolName.replace(/\W/g, "")}`;
    return { userPoolId, arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${userPoolId}` };
  },
  userPoolDomain: () => ({}),
  userPoolClient: ({ clientName, generateSecret }) => ({
    clientId: `id-of-${clientName}`,
    ...(generateSecret && { clientSecret: `secret-of-${clientName}` }),
  }),
  resourceServer: () => ({}),
  role: ({ roleName }) => ({ arn: `arn:aws:iam::${accountId}:role/${roleName}`, roleId: `AROA${roleName}` }),
  bucket: ({ bucketName }) => ({ arn: `arn:aws:s3:::${bucketName}` }),
  bucketObject: () => ({ versionId: "v1" }),
  restApi: () => ({ restApiId: "a1b2c3d4e5", arn: "arn", executionArn: "execution", rootResourceId: "root" }),
  restApiResource: ({ pathPart }) => ({ resourceId: `id-of-${pathPart}`, path: `/${pathPart}` }),
  restApiMethod: () => ({}),
  restApiModel: ({ name }) => ({ modelId: `id-of-${name}` }),
  restApiDeployment: () => ({ deploymentId: "d1" }),
  restApiStage: ({ stageName }) => ({ arn: "arn", invokeUrl: `https://api/${stageName}`, executionArn: "execution" }),
  rolePolicy: () => ({}),
  managedPolicy: ({ policyName, path = "/" }) => ({
    arn: `arn:aws:iam::${accountId}:policy${path}${policyName}`,
    policyId: "ANPA",
  }),
  rolePolicyAttachment: () => ({}),
  policyAttachment: () => ({}),
  rolePoliciesExclusive: () => ({}),
  rolePolicyAttachmentsExclusive: () => ({}),
  repository: ({ repositoryName }) => ({
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${repositoryName}`,
    registryId: accountId,
    repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${repositoryName}`,
  }),
  terraformData: () => ({ id: "3f1e4ad5-28a8-4d8b-8f4c-7a2b5a6d9c10" }),
  oauth2CredentialProvider: ({ name }) => ({
    credentialProviderArn: `${AGENTCORE}:token-vault/default/oauth2credentialprovider/${name}`,
    clientSecretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:bedrock-agentcore-identity!default/oauth2/${name}-AbCdEf`,
  }),
  apiKeyCredentialProvider: ({ name }) => ({
    credentialProviderArn: `${AGENTCORE}:token-vault/default/apikeycredentialprovider/${name}`,
    apiKeySecretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:bedrock-agentcore-identity!default/apikey/${name}-AbCdEf`,
  }),
  policyEngine: ({ name }) => ({
    policyEngineArn: `${AGENTCORE}:policy-engine/${name}-${SUFFIX}`,
    policyEngineId: `${name}-${SUFFIX}`,
  }),
  cedarPolicy: ({ policyEngineId, name }) => ({
    policyArn: `${AGENTCORE}:policy-engine/${policyEngineId}/policy/${name}-${SUFFIX}`,
    policyId: `${name}-${SUFFIX}`,
  }),
  lambdaFunction: ({ functionName }) => ({ arn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}` }),
  agentRuntime: ({ agentRuntimeName }) => ({
    agentRuntimeArn: `${AGENTCORE}:runtime/${agentRuntimeName}-${SUFFIX}`,
    agentRuntimeId: `${agentRuntimeName}-${SUFFIX}`,
    agentRuntimeVersion: "1",
    workloadIdentityArn: `${IDENTITIES}/${agentRuntimeName}-${SUFFIX}`,
  }),
  agentRuntimeEndpoint: ({ agentRuntimeId, name, agentRuntimeVersion = "1" }) => ({
    agentRuntimeArn: `${AGENTCORE}:runtime/${agentRuntimeId}`,
    agentRuntimeEndpointArn: `${AGENTCORE}:runtime/${agentRuntimeId}/runtime-endpoint/${name}`,
    agentRuntimeVersion,
  }),
  workloadIdentity: ({ name }) => ({ workloadIdentityArn: `${IDENTITIES}/${name}` }),
  gateway: ({ name }) => ({
    gatewayArn: `${AGENTCORE}:gateway/${name}-${SUFFIX}`,
    gatewayId: `${name}-${SUFFIX}`,
    gatewayUrl: `https://${name}-${SUFFIX}.gateway.bedrock-agentcore.${region}.amazonaws.com/mcp`,
    workloadIdentityArn: `${IDENTITIES}/${name}-${SUFFIX}`,
  }),
  resourcePolicy: () => ({}),
  gatewayTarget: () => ({ targetId: "ORDN8EZHNS" }),
};

function create<K extends ResourceKind>(deployment: Deployment, resource: TopologyResource<K>): Declaration<K> {
  const declaration = deployment.declaration(resource);
  deployment.created(resource, creators[resource.kind](declaration));
  return declaration;
}

/** Creates every resource of a topology and returns what each declared, by address, and the outputs. */
export function deploy(topology: Topology): {
  declarations: Record<string, unknown>;
  outputs: Record<string, Value | undefined>;
} {
  const deployment = topology.deployment(ENVIRONMENT);
  const declarations = topology.resources.map((resource) => [resource.address, create(deployment, resource)] as const);
  const outputs = Object.entries(deployment.outputs()).map(([name, { value }]) => [name, value] as const);
  return { declarations: Object.fromEntries(declarations), outputs: Object.fromEntries(outputs) };
}
