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
const stack = new TerraformStack(app, "entra");
new AwsProvider(stack, "aws", { region: "us-east-1" });

const tenantId = "72f988bf-0000-0000-0000-2d7cd011db47";
const gatewayApplication = "11111111-0000-0000-0000-000000000000";
const toolsApplication = "22222222-0000-0000-0000-000000000000";
const clientSecret = new TerraformVariable(stack, "gateway_client_secret", { type: "string", sensitive: true });

// The gateway calls the runtime with a token of its own app registration, for the scope that Entra gives to applications.
const runtime = new Runtime(stack, "tools", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
  authorizerConfiguration: RuntimeAuthorizerConfiguration.usingEntra({
    tenantId,
    allowedAudience: [toolsApplication],
    gatewayClient: {
      clientId: gatewayApplication,
      clientSecret: clientSecret.stringValue,
      scopes: [`api://${toolsApplication}/.default`],
    },
  }),
});

// People and applications call with tokens for the gateway's app registration. allowedRoles and allowedScopes narrow
// them further; they need AWS provider 6.40, and the stack then says so.
const gateway = new Gateway(stack, "gateway", {
  authorizerConfiguration: GatewayAuthorizer.usingEntra({ tenantId, allowedAudience: [gatewayApplication] }),
});
gateway.addRuntimeTarget("tools", { runtime, gatewayTargetName: "tools" });

new TerraformOutput(stack, "gateway_url", { value: gateway.gatewayUrl });
app.synth();
