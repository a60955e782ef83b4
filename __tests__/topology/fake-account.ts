import type { Attributes, Declaration, ResourceKind, Topology, TopologyResource, Value } from "../../topology";

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
  user: ({ username }) => ({ sub: `sub-of-${username}`, status: "CONFIRMED" }),
  userGroup: () => ({}),
  userInGroup: () => ({}),
  role: ({ roleName }) => ({ arn: `arn:aws:iam::${accountId}:role/${roleName}`, roleId: `AROA${roleName}` }),
  bucket: ({ bucketName }) => ({ arn: `arn:aws:s3:::${bucketName}` }),
  bucketObject: () => ({ versionId: "v1" }),
  restApi: () => ({ restApiId: "a1b2c3d4e5", arn: "arn", executionArn: "execution", rootResourceId: "root" }),
  restApiResource: ({ pathPart }) => ({ resourceId: `id-of-${pathPart}`, path: `/${pathPart}` }),
  restApiMethod: () => ({}),
  restApiIntegration: () => ({}),
  restApiModel: ({ name }) => ({ modelId: `id-of-${name}` }),
  restApiDeployment: () => ({ deploymentId: "d1" }),
  restApiStage: ({ stageName }) => ({ arn: "arn", invokeUrl: `https://api/${stageName}`, executionArn: "execution" }),
  restApiAuthorizer: ({ name }) => ({ authorizerId: `id-of-${name}` }),
  apiKey: ({ value = "value" }) => ({ id: "key", arn: "arn", value }),
  usagePlan: () => ({ id: "plan", arn: "arn" }),
  usagePlanKey: () => ({}),
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
  gatewayRateLimit: ({ rateLimitId = SUFFIX }) => ({ rateLimitId }),
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

/** What each resource declared, by address, and the outputs. */
export interface Deployed {
  readonly declarations: Record<string, unknown>;
  readonly outputs: Record<string, Value | undefined>;
}

/** Creates every resource of a topology, whose service assigns what the function says. */
export function deployWith(
  topology: Topology,
  environment: typeof ENVIRONMENT,
  assign: (resource: TopologyResource, declaration: Declaration<ResourceKind>) => object,
): Deployed {
  const deployment = topology.deployment(environment);
  const declarations = topology.resources.map((resource) => {
    const declaration = deployment.declaration(resource);
    deployment.created(resource, assign(resource, declaration));
    return [resource.address, declaration] as const;
  });
  const outputs = Object.entries(deployment.outputs()).map(([name, { value, failure }]) => {
    if (failure !== undefined) throw failure;
    return [name, value] as const;
  });
  return { declarations: Object.fromEntries(declarations), outputs: Object.fromEntries(outputs) };
}

export function deploy(topology: Topology): Deployed {
  return deployWith(topology, ENVIRONMENT, ({ kind }, declaration) => creators[kind](declaration as never));
}
