import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { McpServerBehindGateway, ValidationError } from "./constructs";

const { PROJECT_NAME: projectName = "m2m-auth-demo", AWS_REGION: region = "us-east-1" } = process.env;

try {
  const app = new App();
  const stack = new TerraformStack(app, "m2m-auth-demo");
  // Relative to where Terraform runs, cdktf.out/stacks/m2m-auth-demo: an absolute path would differ in every checkout.
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  new McpServerBehindGateway(stack, "mcp", { projectName, shortAddresses: true });
  app.synth();
} catch (error) {
  if (!(error instanceof ValidationError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 2;
}
