import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "cdktf-agentcore";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "another-identity-provider");
new AwsProvider(stack, "aws", { region: "us-east-1" });

// Auth0 here; for Okta and Entra only the URL, the names of scopes and audiences differ.
const discoveryUrl = "https://example.eu.auth0.com/.well-known/openid-configuration";
const clientId = new TerraformVariable(stack, "gateway_client_id", { type: "string" });
const clientSecret = new TerraformVariable(stack, "gateway_client_secret", { type: "string", sensitive: true });

// Tokens of Auth0 name their audience, so audiences tell people's tokens from the gateway's.
const runtime = new Runtime(stack, "tools", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
  authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
    discoveryUrl,
    allowedAudience: ["https://tools.example.com"],
    gatewayClient: {
      clientId: clientId.stringValue,
      clientSecret: clientSecret.stringValue,
      scopes: ["tools:call"],
      customParameters: { audience: "https://tools.example.com" },
    },
  }),
});
const gateway = new Gateway(stack, "gateway", {
  authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
    discoveryUrl,
    allowedAudience: ["https://gateway.example.com"],
  }),
});
gateway.addRuntimeTarget("tools", { runtime });

new TerraformOutput(stack, "gateway_url", { value: gateway.gatewayUrl });
app.synth();
