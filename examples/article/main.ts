import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { McpServerBehindGateway } from "cdktf-agentcore";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "article");
new AwsProvider(stack, "aws", { region: "us-east-1" });
new McpServerBehindGateway(stack, "mcp", { projectName: "m2m-auth-demo", shortAddresses: true });
app.synth();
