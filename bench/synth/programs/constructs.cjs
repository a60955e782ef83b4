// The article's stack with this project's constructs.
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");
const { McpServerBehindGateway } = require("cdktf-agentcore");

const app = new App();
const stack = new TerraformStack(app, "m2m-auth-demo");
new AwsProvider(stack, "aws", { region: "us-east-1" });
new McpServerBehindGateway(stack, "mcp", { projectName: "m2m-auth-demo" });
app.synth();
