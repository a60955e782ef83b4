// Stacks as users write them, for the framework that FRAMEWORK names.
const { mkdtempSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const framework = process.env.FRAMEWORK;
const { App, TerraformStack, TerraformVariable } = require(framework);
const { AwsProvider } = require(`@${framework}/provider-aws/lib/provider`);
const { S3Bucket } = require(`@${framework}/provider-aws/lib/s3-bucket`);
const agentcore = require(framework === "cdktn" ? "cdktf-agentcore/cdktn" : "cdktf-agentcore");

const app = new App();

function stackOf(name) {
  const stack = new TerraformStack(app, name);
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  return stack;
}

/** People and a machine of a pool that exists, before a runtime in a VPC, whose tools AWS need not ask for. */
function existingPool() {
  const stack = stackOf("existing");
  const people = agentcore.InboundUserPool.fromUserPoolAttributes(stack, "people", {
    userPoolId: "us-east-1_AbCdEfGhI",
    clientId: "1h57kf5cpq17m0eml12example",
  });
  const ci = new agentcore.MachineUserPoolClient(stack, "ci", {
    name: "ci",
    userPoolId: people.userPoolId,
    discoveryUrl: people.discoveryUrl,
    tokenEndpoint: "https://our-people.auth.us-east-1.amazoncognito.com/oauth2/token",
    scopes: ["tools/read"],
  });
  const gateway = new agentcore.Gateway(stack, "gateway", {
    authorizerConfiguration: agentcore.GatewayAuthorizer.usingCognito({
      userPool: people,
      allowedClients: [people.clientId, ci.clientId],
    }),
  });
  const userPool = new agentcore.OutboundUserPool(stack, "machines");
  gateway.addRuntimeTarget("tools", {
    runtime: new agentcore.Runtime(stack, "server", {
      agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromBundledServer(),
      authorizerConfiguration: agentcore.RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
      networkConfiguration: agentcore.RuntimeNetworkConfiguration.usingVpc({
        subnetIds: ["subnet-0123456789abcdef0"],
        securityGroupIds: ["sg-0123456789abcdef0"],
      }),
    }),
    mcpToolSchema: agentcore.McpToolSchema.fromBundledServer(),
  });
}

/** Two systems in one stack, in either order. */
function twoSystems(...names) {
  const stack = stackOf(names.join("-"));
  for (const name of names) new agentcore.McpServerBehindGateway(stack, name, { projectName: name });
}

/** Users of Okta before code in S3, whose calls an engine decides about. */
function oktaUsers() {
  const stack = stackOf("okta");
  const policyEngine = new agentcore.PolicyEngine(stack, "rules");
  const gateway = new agentcore.Gateway(stack, "gateway", {
    authorizerConfiguration: agentcore.GatewayAuthorizer.usingOkta({
      domain: "example.okta.com",
      allowedAudience: ["https://tools.example.com"],
    }),
    policyEngineConfiguration: { policyEngine, mode: agentcore.PolicyEngineMode.ENFORCE },
  });
  const clientSecret = new TerraformVariable(stack, "secret", { sensitive: true }).stringValue;
  const discoveryUrl = "https://example.okta.com/oauth2/default/.well-known/openid-configuration";
  const code = mkdtempSync(join(__dirname, "code-"));
  writeFileSync(join(code, "main.py"), "pass\n");
  const runtime = new agentcore.Runtime(stack, "server", {
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromCodeAsset({
      path: code,
      bucket: new S3Bucket(stack, "code", {}),
      runtime: agentcore.AgentCoreRuntime.PYTHON_3_13,
      entrypoint: ["main.py"],
    }),
    authorizerConfiguration: agentcore.RuntimeAuthorizerConfiguration.usingOkta({
      domain: "example.okta.com",
      allowedAudience: ["https://tools.example.com"],
    }),
  });
  const provider = agentcore.OAuth2CredentialProvider.usingCustom(stack, "m2m", {
    clientId: "m2m",
    clientSecret,
    discoveryUrl,
  });
  const target = gateway.addRuntimeTarget("tools", {
    runtime,
    credentialProviderConfigurations: [
      agentcore.GatewayCredentialProvider.fromOauthIdentity({ provider, scopes: ["call"] }),
    ],
    mcpToolSchema: agentcore.McpToolSchema.fromInline([{ name: "look_up", inputSchema: { type: "object" } }]),
  });
  policyEngine.addPolicy("staff", {
    statement: agentcore.PolicyStatement.permit({
      gateway,
      principal: agentcore.PolicyPrincipal.oauthUser().withClaim("department", "staff"),
      actions: [target.tool("look_up")],
    }),
  });
}

existingPool();
twoSystems("one", "two");
twoSystems("two", "one");
oktaUsers();
app.synth();
