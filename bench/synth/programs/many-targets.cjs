// Targets spread evenly over gateways: node many-targets.cjs TARGETS GATEWAYS. Prints the milliseconds that defining
// and synthesizing took, without loading the modules.
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");
const agentcore = require("cdktf-agentcore");

const [targets, gateways] = process.argv.slice(2).map(Number);
const started = process.hrtime.bigint();
const app = new App();
const stack = new TerraformStack(app, "many-targets");
new AwsProvider(stack, "aws", { region: "us-east-1" });
const userPool = new agentcore.OutboundUserPool(stack, "machines");
const authorizerConfiguration = agentcore.GatewayAuthorizer.usingAwsIam();
const provider = agentcore.OAuth2CredentialProvider.usingCognito(stack, "m2m", { userPool });
const credential = agentcore.GatewayCredentialProvider.fromOauthIdentity({ provider, scopes: userPool.scopes });
for (let number = 0; number < gateways; number += 1) {
  const gateway = new agentcore.Gateway(stack, `gateway-${number}`, { authorizerConfiguration });
  for (let target = 0; target < targets / gateways; target += 1) {
    gateway.addMcpServerTarget(`target-${target}`, {
      endpoint: `https://mcp-${number}-${target}.example/mcp`,
      credentialProviderConfigurations: [credential],
    });
  }
}
app.synth();
process.send?.(Number(process.hrtime.bigint() - started) / 1e6);
