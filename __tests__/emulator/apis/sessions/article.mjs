// The article's system, made by the AWS SDK alone and called by its user; then taken down.
import { ONCE, refusal, sdk, show, waitUntil, waitUntilGone } from "../../../support/aws-sdk-session.mjs";

const [Sts, Iam, Cognito, Control, Data] = [
  "sts",
  "iam",
  "cognito-identity-provider",
  "bedrock-agentcore-control",
  "bedrock-agentcore",
].map(sdk);
const sts = new Sts.STS(ONCE);
const iam = new Iam.IAM(ONCE);
const cognito = new Cognito.CognitoIdentityProvider(ONCE);
const control = new Control.BedrockAgentCoreControl(ONCE);
const data = new Data.BedrockAgentCore(ONCE);

const { Account: account } = await sts.getCallerIdentity({});
const agentcore = `arn:aws:bedrock-agentcore:us-east-1:${account}`;
const discoveryUrlOf = (poolId) =>
  `https://cognito-idp.us-east-1.amazonaws.com/${poolId}/.well-known/openid-configuration`;
const jwt = (poolId, clientId) => ({
  customJWTAuthorizer: { discoveryUrl: discoveryUrlOf(poolId), allowedClients: [clientId] },
});
const policy = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action, Resource) => ({ Effect: "Allow", Action, Resource });

async function role(RoleName, ...statements) {
  const trust = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "bedrock-agentcore.amazonaws.com" },
  };
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(trust) });
  const { state } = await Iam.waitUntilRoleExists({ client: iam, minDelay: 1, maxWaitTime: 10 }, { RoleName });
  show({ waited: state });
  if (statements.length > 0)
    await iam.putRolePolicy({ RoleName, PolicyName: "policy", PolicyDocument: policy(...statements) });
  return Role.Arn;
}

const { UserPool: inbound } = await cognito.createUserPool({ PoolName: "inbound" });
const { UserPoolClient: app } = await cognito.createUserPoolClient({
  UserPoolId: inbound.Id,
  ClientName: "app",
  ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
});
const { UserPool: outbound } = await cognito.createUserPool({ PoolName: "outbound" });
await cognito.createUserPoolDomain({ UserPoolId: outbound.Id, Domain: "outbound-a1b2c3d4" });
const Scopes = [{ ScopeName: "tools.execute", ScopeDescription: "May call tools" }];
await cognito.createResourceServer({ UserPoolId: outbound.Id, Identifier: "mcp-server", Name: "MCP", Scopes });
const { UserPoolClient: machine } = await cognito.createUserPoolClient({
  UserPoolId: outbound.Id,
  ClientName: "m2m",
  GenerateSecret: true,
  AllowedOAuthFlows: ["client_credentials"],
  AllowedOAuthScopes: ["mcp-server/tools.execute"],
  AllowedOAuthFlowsUserPoolClient: true,
});
show({ created: inbound.CreationDate instanceof Date });

const provider = await control.createOauth2CredentialProvider({
  name: "m2m",
  credentialProviderVendor: "CustomOauth2",
  oauth2ProviderConfigInput: {
    customOauth2ProviderConfig: {
      oauthDiscovery: { discoveryUrl: discoveryUrlOf(outbound.Id) },
      clientId: machine.ClientId,
      clientSecret: machine.ClientSecret,
    },
  },
});
const container = {
  agentRuntimeArtifact: { containerConfiguration: { containerUri: "public.ecr.aws/demo/mcp-server:latest" } },
  networkConfiguration: { networkMode: "PUBLIC" },
  protocolConfiguration: { serverProtocol: "MCP" },
};
const roleArn = await role("runtime");
const runtime = await control.createAgentRuntime({
  ...container,
  agentRuntimeName: "mcp_server",
  roleArn,
  authorizerConfiguration: jwt(outbound.Id, machine.ClientId),
});
await waitUntil("READY", () => control.getAgentRuntime({ agentRuntimeId: runtime.agentRuntimeId }));
const gateway = await control.createGateway({
  name: "gateway",
  roleArn: await role(
    "gateway",
    allow("bedrock-agentcore:GetWorkloadAccessToken", `${agentcore}:workload-identity-directory/default*`),
    allow("bedrock-agentcore:GetResourceOauth2Token", [
      `${agentcore}:token-vault/default*`,
      `${agentcore}:workload-identity-directory/default*`,
    ]),
  ),
  protocolType: "MCP",
  authorizerType: "CUSTOM_JWT",
  authorizerConfiguration: jwt(inbound.Id, app.ClientId),
});
const here = { gatewayIdentifier: gateway.gatewayId };
await waitUntil("READY", () => control.getGateway(here));
const endpoint = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${encodeURIComponent(runtime.agentRuntimeArn)}/invocations`;
const oauthCredentialProvider = { providerArn: provider.credentialProviderArn, scopes: ["mcp-server/tools.execute"] };
const target = await control.createGatewayTarget({
  ...here,
  name: "tools",
  targetConfiguration: { mcp: { mcpServer: { endpoint } } },
  credentialProviderConfigurations: [
    { credentialProviderType: "OAUTH", credentialProvider: { oauthCredentialProvider } },
  ],
});
const where = { ...here, targetId: target.targetId };
show({ denied: (await waitUntil("FAILED", () => control.getGatewayTarget(where))).statusReasons });
const PolicyDocument = policy(allow("secretsmanager:GetSecretValue", provider.clientSecretArn.secretArn));
await iam.putRolePolicy({ RoleName: "gateway", PolicyName: "secret", PolicyDocument });
await control.synchronizeGatewayTargets({ ...here, targetIdList: [target.targetId] });
await waitUntil("READY", () => control.getGatewayTarget(where));

const user = { UserPoolId: inbound.Id, Username: "test-user" };
await cognito.adminCreateUser({ ...user, MessageAction: "SUPPRESS", TemporaryPassword: "TempPass123!" });
await cognito.adminSetUserPassword({ ...user, Password: "TestPass123!", Permanent: true });
const signIn = (PASSWORD) =>
  cognito.initiateAuth({
    ClientId: app.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "test-user", PASSWORD },
  });
show({ wrongPassword: await refusal("cognito-identity-provider", signIn("WrongPass123!")) });
const { AuthenticationResult: tokens } = await signIn("TestPass123!");
const { UserAttributes } = await cognito.getUser({ AccessToken: tokens.AccessToken });
show({ attributes: UserAttributes.map(({ Name }) => Name) });
const message = {
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "tools___add_numbers", arguments: { a: 5, b: 3 } },
};
const called = await fetch(gateway.gatewayUrl, {
  method: "POST",
  headers: {
    authorization: `Bearer ${tokens.AccessToken}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  },
  body: JSON.stringify(message),
});
show({ called: await called.json() });

// A runtime that lets in whoever signs for it, which is the only kind that the SDK can call.
const signed = await control.createAgentRuntime({ ...container, agentRuntimeName: "signed", roleArn });
const invoke = (agentRuntimeArn, call) =>
  data.invokeAgentRuntime({
    agentRuntimeArn,
    payload: JSON.stringify({ ...message, params: call }),
    contentType: "application/json",
    accept: "application/json, text/event-stream",
  });
const answer = await invoke(signed.agentRuntimeArn, { name: "add_numbers", arguments: { a: 5, b: 3 } });
const { statusCode, contentType, mcpSessionId } = answer;
show({
  invoked: { statusCode, contentType, session: typeof mcpSessionId, body: await answer.response.transformToString() },
});
show({ jwtRuntime: await refusal("bedrock-agentcore", invoke(runtime.agentRuntimeArn, {})) });

// A target that is a function, which the gateway's role has to be allowed.
const lambdaArn = `arn:aws:lambda:us-east-1:${account}:function:weather`;
const inputSchema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const inlinePayload = [{ name: "forecast", description: "Tomorrow's weather", inputSchema }];
const weather = {
  ...here,
  name: "weather",
  targetConfiguration: { mcp: { lambda: { lambdaArn, toolSchema: { inlinePayload } } } },
  credentialProviderConfigurations: [{ credentialProviderType: "GATEWAY_IAM_ROLE" }],
};
show({ notInvocable: await refusal("bedrock-agentcore-control", control.createGatewayTarget(weather)) });
const invocation = policy(allow("lambda:InvokeFunction", lambdaArn));
await iam.putRolePolicy({ RoleName: "gateway", PolicyName: "invoke", PolicyDocument: invocation });
const { targetId: weatherId } = await control.createGatewayTarget(weather);
const described = await waitUntil("READY", () => control.getGatewayTarget({ ...here, targetId: weatherId }));
show({ tools: described.targetConfiguration.mcp.lambda.toolSchema.inlinePayload });
await control.deleteGatewayTarget({ ...here, targetId: weatherId });
await waitUntilGone(Control, () => control.getGatewayTarget({ ...here, targetId: weatherId }));

for (const { agentRuntimeId } of [runtime, signed]) await control.deleteAgentRuntime({ agentRuntimeId });
show({ occupied: await refusal("bedrock-agentcore-control", control.deleteGateway(here)) });
await control.deleteGatewayTarget(where);
await waitUntilGone(Control, () => control.getGatewayTarget(where));
await control.deleteGateway(here);
await waitUntilGone(Control, () => control.getGateway(here));
for (const { agentRuntimeId } of [runtime, signed])
  await waitUntilGone(Control, () => control.getAgentRuntime({ agentRuntimeId }));
await control.deleteOauth2CredentialProvider({ name: "m2m" });
show({ left: (await control.listWorkloadIdentities({})).workloadIdentities });
