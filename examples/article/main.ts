import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { GatewayProtocol, McpServerBehindGateway } from "cdktf-agentcore";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "article");
new AwsProvider(stack, "aws", { region: "us-east-1" });
// Names, addresses and settings as in the article.
new McpServerBehindGateway(stack, "mcp", {
  projectName: "m2m-auth-demo",
  shortAddresses: true,
  outboundUserPoolProps: { userPoolClientName: "m2m-auth-demo-m2m-client" },
  oAuth2CredentialProviderName: "m2m-auth-demo-m2m-oauth2-provider",
  environmentVariables: { LOG_LEVEL: "INFO", ENVIRONMENT: "dev" },
  protocolConfiguration: GatewayProtocol.mcp({ instructions: "M2M OAuth authenticated MCP Gateway" }),
});
app.synth();
