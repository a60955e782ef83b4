/** The pools and the tools each in a stack of its own, with the references between them that CDKTF makes. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { InboundUserPool, McpServerBehindGateway } from "../../../constructs";

const app = new App({ outdir: process.env["CDKTF_OUTDIR"] });
const tools = new TerraformStack(app, "tools");
new AwsProvider(tools, "aws", { region: "us-east-1" });
const identity = new TerraformStack(app, "identity");
new AwsProvider(identity, "aws", { region: "us-east-1" });

const inboundUserPool = new InboundUserPool(identity, "people", {});
new McpServerBehindGateway(tools, "mcp", { projectName: "demo", inboundUserPool });
app.synth();
