import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  InboundUserPool,
  McpClientRedirectUrls,
  OutboundUserPool,
  Runtime,
  RuntimeAuthorizerConfiguration,
  UserSignIn,
} from "cdktf-agentcore";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "people-and-machines");
new AwsProvider(stack, "aws", { region: "us-east-1" });

// People sign in with the browser (authorization code and PKCE), from these MCP clients.
const callers = new InboundUserPool(stack, "callers", {
  signIn: [
    UserSignIn.authorizationCode({
      callbackUrls: [
        ...McpClientRedirectUrls.CLAUDE,
        ...McpClientRedirectUrls.VS_CODE,
        ...McpClientRedirectUrls.MCP_INSPECTOR,
        ...McpClientRedirectUrls.claudeCode(8080),
      ],
    }),
  ],
  scopes: [
    { scopeName: "tools.read", scopeDescription: "Call tools that change nothing" },
    { scopeName: "tools.write", scopeDescription: "Call every tool" },
  ],
});

// Machines fetch tokens with an id and a secret (client credentials), each for the scopes that it needs.
const nightly = callers.addMachineClient("nightly", { scopes: ["tools.read"], accessTokenValidityInMinutes: 15 });
const ci = callers.addMachineClient("ci");

const machines = new OutboundUserPool(stack, "machines");
const runtime = new Runtime(stack, "tools", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
  authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool: machines }),
});

// The authorizer takes every app client of the pool, those that come later too.
const gateway = new Gateway(stack, "gateway", {
  authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: callers }),
});
gateway.addRuntimeTarget("tools", { runtime, gatewayTargetName: "tools" });

new TerraformOutput(stack, "gateway_url", { value: gateway.gatewayUrl });
new TerraformOutput(stack, "inbound_user_pool_id", { value: callers.userPoolId });
new TerraformOutput(stack, "inbound_client_id", { value: callers.clientId });
// The secrets of the machines: aws cognito-idp describe-user-pool-client, or the resource that hands them on.
new TerraformOutput(stack, "token_endpoint", { value: callers.tokenEndpoint });
new TerraformOutput(stack, "nightly_client_id", { value: nightly.clientId });
new TerraformOutput(stack, "ci_client_id", { value: ci.clientId });
app.synth();
