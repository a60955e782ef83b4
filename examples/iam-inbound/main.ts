import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  OutboundUserPool,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "cdktf-agentcore";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "iam-inbound");
new AwsProvider(stack, "aws", { region: "us-east-1" });

// Behind the gateway nothing changes: it fetches tokens from a user pool of machines.
const userPool = new OutboundUserPool(stack, "machines");
const runtime = new Runtime(stack, "tools", {
  agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
  authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
});

// In front of it, callers sign with AWS credentials, so there is no pool of people and no password.
const gateway = new Gateway(stack, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingAwsIam() });
gateway.addRuntimeTarget("tools", { runtime });

const agents = new IamRole(stack, "agents", {
  name: "agents",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
gateway.grantInvoke(agents);

new TerraformOutput(stack, "gateway_url", { value: gateway.gatewayUrl });
app.synth();
