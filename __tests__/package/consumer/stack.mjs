import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { McpServerBehindGateway } from "cdktf-agentcore";
import { Emulator } from "cdktf-agentcore/emulator";
import { createLog, startServer } from "cdktf-agentcore/server";

const app = new App();
const stack = new TerraformStack(app, "consumer");
new AwsProvider(stack, "aws", { region: "us-east-1" });
new McpServerBehindGateway(stack, "mcp", { projectName: "demo" });
app.synth();

const log = createLog({ write: () => undefined, level: "error" });
const server = await startServer({ host: "127.0.0.1", port: 0, log });
const answer = await fetch(`http://127.0.0.1:${server.port}/mcp`, {
  method: "POST",
  headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
});
const { result } = await answer.json();
await server.stop(1000);
console.log(`esm ${typeof Emulator.start} ${result.tools.map(({ name }) => name).join()}`);
