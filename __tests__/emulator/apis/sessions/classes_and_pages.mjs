// What the AWS SDK makes of answers and boto3 does not: classes of errors, dates and pages, in each of the protocols.
import { ONCE, pagesOf, refusals, sdk, show, waitUntil, waitUntilGone } from "../../../support/aws-sdk-session.mjs";

const [Sts, Iam, Secrets, Ecr, Cognito, Control, Data] = [
  "sts",
  "iam",
  "secrets-manager",
  "ecr",
  "cognito-identity-provider",
  "bedrock-agentcore-control",
  "bedrock-agentcore",
].map(sdk);
const iam = new Iam.IAM(ONCE);
const secrets = new Secrets.SecretsManager(ONCE);
const ecr = new Ecr.ECR(ONCE);
const cognito = new Cognito.CognitoIdentityProvider(ONCE);
const control = new Control.BedrockAgentCoreControl(ONCE);
const data = new Data.BedrockAgentCore(ONCE);
const isDate = (value) => value instanceof Date;

// Seconds and texts of REST JSON, texts of the query protocol's XML, seconds of JSON 1.1.
const [{ gatewayId }] = (await control.listGateways({})).items;
const home = { gatewayIdentifier: gatewayId };
const gateway = await control.getGateway(home);
const [{ targetId }] = (await control.listGatewayTargets(home)).items;
const target = await control.getGatewayTarget({ ...home, targetId });
const [{ agentRuntimeId }] = (await control.listAgentRuntimes({})).agentRuntimes;
const runtime = await control.getAgentRuntime({ agentRuntimeId });
const [{ name: m2m }] = (await control.listOauth2CredentialProviders({})).credentialProviders;
const provider = await control.getOauth2CredentialProvider({ name: m2m });
const worker = { RoleName: "worker" };
const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const { Role } = await iam.createRole({ ...worker, AssumeRolePolicyDocument });
const secret = await secrets.getSecretValue({ SecretId: provider.clientSecretArn.secretArn });
const pools = await pagesOf(
  Cognito.paginateListUserPools({ client: cognito, pageSize: 1 }, {}),
  ({ UserPools }) => UserPools[0].Id,
);
const user = { UserPoolId: pools[0], Username: "sdk-user" };
const { User } = await cognito.adminCreateUser({ ...user, MessageAction: "SUPPRESS" });
show({
  dates: {
    gateway: isDate(gateway.createdAt),
    target: isDate(target.lastSynchronizedAt),
    runtime: isDate(runtime.createdAt) && isDate(runtime.lastUpdatedAt),
    provider: isDate(provider.createdTime) && isDate(provider.lastUpdatedTime),
    role: isDate(Role.CreateDate),
    secret: isDate(secret.CreatedDate),
    user: isDate(User.UserCreateDate),
  },
});

const { roleArn, authorizerConfiguration } = gateway;
const settings = { roleArn, authorizerConfiguration, protocolType: "MCP", authorizerType: "CUSTOM_JWT" };
const second = await control.createGateway({ ...settings, name: "second" });
const again = {
  ...home,
  name: "again",
  targetConfiguration: { mcp: { mcpServer: { endpoint: "https://x.example" } } },
};
const { targetId: secondTarget } = await control.createGatewayTarget(again);
await waitUntil("FAILED", () => control.getGatewayTarget({ ...home, targetId: secondTarget }));
await control.createAgentRuntimeEndpoint({ agentRuntimeId, name: "pinned", agentRuntimeVersion: "1" });
await waitUntil("READY", () => control.getAgentRuntimeEndpoint({ agentRuntimeId, endpointName: "pinned" }));
const key = { name: "key", apiKey: "k3y-value" };
const created = await control.createApiKeyCredentialProvider(key);
const names = (items) => (page) => page[items].map((item) => item.name);
const paged = (operation, items, input = {}) =>
  pagesOf(Control[`paginate${operation}`]({ client: control, pageSize: 1 }, { ...input }), names(items));
show({
  pages: {
    gateways: await paged("ListGateways", "items"),
    targets: await paged("ListGatewayTargets", "items", home),
    endpoints: await paged("ListAgentRuntimeEndpoints", "runtimeEndpoints", { agentRuntimeId }),
    versions: (await paged("ListAgentRuntimeVersions", "agentRuntimes", { agentRuntimeId })).length,
    runtimes: (await paged("ListAgentRuntimes", "agentRuntimes")).length,
    providers: await paged("ListOauth2CredentialProviders", "credentialProviders"),
    keys: await paged("ListApiKeyCredentialProviders", "credentialProviders"),
    identities: (await paged("ListWorkloadIdentities", "workloadIdentities")).length,
    roles: await pagesOf(Iam.paginateListRoles({ client: iam, pageSize: 2 }, {}), ({ Roles }) => Roles.length),
    repositories: await pagesOf(
      Ecr.paginateDescribeRepositories({ client: ecr }, {}),
      (page) => page.repositories.length,
    ),
    pools: pools.length,
  },
});

const stranger = { ...ONCE, credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" } };
const plain = { targetConfiguration: { mcp: { mcpServer: { endpoint: "http://x" } } } };
show({
  control: await refusals("bedrock-agentcore-control", {
    gatewayTaken: control.createGateway({ ...settings, name: "second" }),
    targetTaken: control.createGatewayTarget(again),
    keyTaken: control.createApiKeyCredentialProvider(key),
    defaultStays: control.deleteAgentRuntimeEndpoint({ agentRuntimeId, endpointName: "DEFAULT" }),
    byArn: control.getGateway({ gatewayIdentifier: gateway.gatewayArn }),
    plainHttp: control.createGatewayTarget({ ...home, name: "plain", ...plain }),
    unknownGateway: control.getGateway({ gatewayIdentifier: "nothing-0123456789" }),
    unknownRuntime: control.getAgentRuntime({ agentRuntimeId: "nothing-0123456789" }),
    unknownOperation: control.listMemories({}),
  }),
  data: await refusals("bedrock-agentcore", {
    noWorkload: data.getWorkloadAccessToken({ workloadName: "nobody" }),
    stranger: new Data.BedrockAgentCore(stranger).getWorkloadAccessToken({ workloadName: "nobody" }),
  }),
  sts: await refusals("sts", { stranger: new Sts.STS(stranger).getCallerIdentity({}) }),
  iam: await refusals("iam", {
    taken: iam.createRole({ ...worker, AssumeRolePolicyDocument }),
    malformed: iam.createRole({ RoleName: "other", AssumeRolePolicyDocument: "{" }),
    missing: iam.getRole({ RoleName: "nobody" }),
  }),
  secrets: await refusals("secrets-manager", { missing: secrets.getSecretValue({ SecretId: "other" }) }),
  ecr: await refusals("ecr", { missing: ecr.describeRepositories({ repositoryNames: ["other"] }) }),
  cognito: await refusals("cognito-identity-provider", {
    taken: cognito.adminCreateUser(user),
    weak: cognito.adminSetUserPassword({ ...user, Password: "weak", Permanent: true }),
    noPool: cognito.describeUserPool({ UserPoolId: "us-east-1_nowhere" }),
    noUser: cognito.adminGetUser({ ...user, Username: "nobody" }),
  }),
});

await control.deleteGateway({ gatewayIdentifier: second.gatewayId });
await waitUntilGone(Control, () => control.getGateway({ gatewayIdentifier: second.gatewayId }));
const deleted = await control.deleteApiKeyCredentialProvider({ name: "key" });
show({ statuses: [created, deleted].map(({ $metadata }) => $metadata.httpStatusCode) });
