// The article's stack on AWS CDK's own constructs. The credential provider's secret is read by a custom resource, and
// the runtime's URL is put together by hand, as the library wants it.
const { App, Aws, CfnOutput, Fn, Stack } = require("aws-cdk-lib");
const agentcore = require("aws-cdk-lib/aws-bedrockagentcore");
const cognito = require("aws-cdk-lib/aws-cognito");
const { Platform } = require("aws-cdk-lib/aws-ecr-assets");
const { join } = require("node:path");

const app = new App({ outdir: process.env.CDK_OUTDIR });
const stack = new Stack(app, "m2m-auth-demo", { env: { region: "us-east-1" } });

const inbound = new cognito.UserPool(stack, "Inbound", { userPoolName: "m2m-auth-demo-inbound-pool" });
const inboundClient = inbound.addClient("Client", {
  userPoolClientName: "m2m-auth-demo-inbound-client",
  authFlows: { userPassword: true },
});

const outbound = new cognito.UserPool(stack, "Outbound", { userPoolName: "m2m-auth-demo-outbound-pool" });
outbound.addDomain("Domain", { cognitoDomain: { domainPrefix: "m2m-auth-demo-outbound" } });
const scopes = ["tools.read", "tools.write", "tools.execute"].map(
  (scopeName) => new cognito.ResourceServerScope({ scopeName, scopeDescription: scopeName }),
);
const resourceServer = outbound.addResourceServer("Mcp", { identifier: "mcp-server", scopes });
const machineClient = outbound.addClient("Machine", {
  generateSecret: true,
  oAuth: {
    flows: { clientCredentials: true },
    scopes: scopes.map((scope) => cognito.OAuthScope.resourceServer(resourceServer, scope)),
  },
});
const discoveryUrl = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${outbound.userPoolId}/.well-known/openid-configuration`;

const provider = agentcore.OAuth2CredentialProvider.usingCustom(stack, "Provider", {
  oAuth2CredentialProviderName: "m2m-auth-demo-m2m-oauth2-provider",
  clientId: machineClient.userPoolClientId,
  clientSecret: machineClient.userPoolClientSecret,
  discoveryUrl,
});
const runtime = new agentcore.Runtime(stack, "Runtime", {
  runtimeName: "m2m_auth_demo_mcp_server",
  agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromAsset(join(__dirname, "image"), {
    platform: Platform.LINUX_ARM64,
  }),
  protocolConfiguration: agentcore.ProtocolType.MCP,
  authorizerConfiguration: agentcore.RuntimeAuthorizerConfiguration.usingCognito(outbound, [machineClient]),
  environmentVariables: { LOG_LEVEL: "INFO", ENVIRONMENT: "dev" },
});
const gateway = new agentcore.Gateway(stack, "Gateway", {
  gatewayName: "m2m-auth-demo-gateway",
  authorizerConfiguration: agentcore.GatewayAuthorizer.usingCognito({
    userPool: inbound,
    allowedClients: [inboundClient],
  }),
});
const encodedArn = Fn.join("%2F", Fn.split("/", Fn.join("%3A", Fn.split(":", runtime.agentRuntimeArn))));
const target = gateway.addMcpServerTarget("Target", {
  gatewayTargetName: "m2m-auth-demo-mcp-target",
  endpoint: `https://bedrock-agentcore.${Aws.REGION}.amazonaws.com/runtimes/${encodedArn}/invocations`,
  credentialProviderConfigurations: [
    agentcore.GatewayCredentialProvider.fromOauthIdentity(provider, {
      scopes: scopes.map(({ scopeName }) => `mcp-server/${scopeName}`),
    }),
  ],
});
target.node.addDependency(gateway.role);

new CfnOutput(stack, "InboundUserPoolId", { value: inbound.userPoolId });
new CfnOutput(stack, "InboundClientId", { value: inboundClient.userPoolClientId });
new CfnOutput(stack, "GatewayUrl", { value: gateway.gatewayUrl ?? "" });
app.synth();
