/// <reference types="node" />
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { McpServerBehindGateway, type McpServerBehindGatewayProps, ValidationError } from "cdktf-agentcore";
import { Emulator, type EmulatorOptions } from "cdktf-agentcore/emulator";
import { defineTool, startServer, type StartOptions } from "cdktf-agentcore/server";

const props: McpServerBehindGatewayProps = { projectName: "demo" };
const app = new App();
const stack = new TerraformStack(app, "consumer");
new AwsProvider(stack, "aws", { region: "us-east-1" });
const pattern: McpServerBehindGateway = new McpServerBehindGateway(stack, "mcp", props);
app.synth();

const used: readonly unknown[] = [Emulator, startServer, defineTool, ValidationError, pattern.gateway.gatewayUrl];
console.log(`typescript ${used.every((each) => each !== undefined)}`);

export type Options = EmulatorOptions | StartOptions;
