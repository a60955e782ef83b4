import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  InboundUserPool,
  OutboundUserPool,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "cdktf-agentcore";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "two-mcp-servers");
new AwsProvider(stack, "aws", { region: "us-east-1" });

const people = new InboundUserPool(stack, "people");
const machines = new OutboundUserPool(stack, "machines");
const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingCognito({ userPool: machines });

const calculator = new Runtime(stack, "calculator", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
  authorizerConfiguration,
});
const library = new Runtime(stack, "library", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({
    containerUri:
      "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/library@sha256:" +
      "4c1a8f0e9d7b6a5342f1e0dcba98765403f2e1d4c5b6a7988f9e0d1c2b3a4f5e",
  }),
  authorizerConfiguration,
  environmentVariables: { LOG_LEVEL: "INFO" },
});

// Both runtimes take tokens of one pool, so the gateway has one credential provider for both.
const gateway = new Gateway(stack, "gateway", {
  authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: people }),
  observability: { logRetentionInDays: 14 },
});
gateway.addRuntimeTarget("calculator", { runtime: calculator, gatewayTargetName: "calculator" });
gateway.addRuntimeTarget("library", { runtime: library, gatewayTargetName: "library" });

new TerraformOutput(stack, "gateway_url", { value: gateway.gatewayUrl });
new TerraformOutput(stack, "inbound_user_pool_id", { value: people.userPoolId });
new TerraformOutput(stack, "inbound_client_id", { value: people.clientId });
app.synth();
