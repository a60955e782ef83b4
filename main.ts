import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { GatewayProtocol, McpServerBehindGateway, ValidationError } from "./constructs";

const { PROJECT_NAME: projectName = "m2m-auth-demo", AWS_REGION: region = "us-east-1" } = process.env;

try {
  const app = new App();
  const stack = new TerraformStack(app, "m2m-auth-demo");
  // Relative to where Terraform runs, cdktf.out/stacks/m2m-auth-demo: an absolute path would differ in every checkout.
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  // The names, addresses and settings of the article.
  new McpServerBehindGateway(stack, "mcp", {
    projectName,
    shortAddresses: true,
    outboundUserPoolProps: { userPoolClientName: `${projectName}-m2m-client` },
    oAuth2CredentialProviderName: `${projectName}-m2m-oauth2-provider`,
    environmentVariables: { LOG_LEVEL: "INFO", ENVIRONMENT: "dev" },
    protocolConfiguration: GatewayProtocol.mcp({ instructions: "M2M OAuth authenticated MCP Gateway" }),
  });
  app.synth();
} catch (error) {
  if (!(error instanceof ValidationError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 2;
}
