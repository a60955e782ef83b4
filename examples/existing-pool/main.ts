import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  InboundUserPool,
  McpServerBehindGateway,
  OutboundUserPool,
  Role,
  RuntimeNetworkConfiguration,
} from "cdktf-agentcore";
import { App, TerraformStack, TerraformVariable } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "existing-pool");
new AwsProvider(stack, "aws", { region: "us-east-1" });
const clientSecret = new TerraformVariable(stack, "gateway_client_secret", { type: "string", sensitive: true });

new McpServerBehindGateway(stack, "mcp", {
  projectName: "tools",
  shortAddresses: true,
  // The company's user pool of people, in another region, with the app clients that may call.
  inboundUserPool: InboundUserPool.fromUserPoolAttributes(stack, "people", {
    userPoolId: "eu-central-1_AbCdEfGhI",
    clientId: "1h57kf5cpq17m0eml12example",
    clientIds: ["1h57kf5cpq17m0eml12example", "2h57kf5cpq17m0eml12example"],
  }),
  // The company's user pool of services, in which the gateway is a client.
  outboundUserPool: OutboundUserPool.fromOutboundUserPoolAttributes(stack, "services", {
    userPoolId: "us-east-1_JkLmNoPqR",
    clientId: "3h57kf5cpq17m0eml12example",
    clientSecret: clientSecret.stringValue,
    scopes: ["tools/call"],
  }),
  // A role to which nothing is added: the platform team sees to it. The runtime's own role is bounded.
  gatewayRole: Role.fromRoleArn("arn:aws:iam::123456789012:role/platform/tools-gateway", { mutable: false }),
  rolePath: "/tools/",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  networkConfiguration: RuntimeNetworkConfiguration.usingVpc({
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupIds: ["sg-0123456789abcdef0"],
  }),
  tags: { team: "tools" },
});
app.synth();
