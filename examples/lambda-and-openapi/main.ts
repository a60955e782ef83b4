import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  ApiKeyCredentialLocation,
  ApiKeyCredentialProvider,
  ApiSchema,
  GatewayCredentialProvider,
  McpServerBehindGateway,
  ToolSchema,
} from "cdktf-agentcore";
import { App, TerraformStack, TerraformVariable } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "lambda-and-openapi");
new AwsProvider(stack, "aws", { region: "us-east-1" });

// An MCP server on AgentCore Runtime, as in the article.
const { gateway } = new McpServerBehindGateway(stack, "mcp", { projectName: "mixed-tools" });

// A Lambda function, called with the gateway's role.
const role = new IamRole(stack, "orders-role", {
  name: "orders",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
const lambdaFunction = new LambdaFunction(stack, "orders", {
  functionName: "orders",
  role: role.arn,
  runtime: "nodejs22.x",
  handler: "index.handler",
  s3Bucket: "example-deployments",
  s3Key: "orders.zip",
});
gateway.addLambdaTarget("orders", {
  gatewayTargetName: "orders",
  lambdaFunction,
  toolSchema: ToolSchema.fromInline([
    {
      name: "get_order",
      description: "The state and the items of an order",
      inputSchema: {
        type: "object",
        properties: { orderId: { type: "string", description: "For example A-1042" } },
        required: ["orderId"],
      },
    },
  ]),
});

// An HTTP API, called with a key that only AgentCore Identity holds.
const apiKey = new TerraformVariable(stack, "weather_api_key", { type: "string", sensitive: true });
const provider = new ApiKeyCredentialProvider(stack, "weather-key", { apiKey: apiKey.stringValue });
gateway.addOpenApiTarget("weather", {
  gatewayTargetName: "weather",
  apiSchema: ApiSchema.fromLocalFile(join(__dirname, "weather.openapi.json")),
  credentialProviderConfigurations: [
    GatewayCredentialProvider.fromApiKeyIdentity({
      provider,
      credentialLocation: ApiKeyCredentialLocation.header({ credentialParameterName: "X-Api-Key" }),
    }),
  ],
});

app.synth();
