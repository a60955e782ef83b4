const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");
const { McpServerBehindGateway } = require("cdktf-agentcore");
const { Emulator } = require("cdktf-agentcore/emulator");
const { startServer } = require("cdktf-agentcore/server");
const { version } = require("cdktf-agentcore/package.json");

const app = new App();
const stack = new TerraformStack(app, "consumer");
new AwsProvider(stack, "aws", { region: "us-east-1" });
new McpServerBehindGateway(stack, "mcp", { projectName: "demo" });
app.synth();

let refused;
try {
  require("cdktf-agentcore/dist/constructs/private/names.js");
} catch (error) {
  refused = error.code;
}
console.log(`commonjs ${typeof Emulator.start} ${typeof startServer} ${version} ${refused}`);
