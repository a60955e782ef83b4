import type { TerraformStack } from "cdktf";
import {
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayProtocol,
  LambdaInterceptor,
  McpGatewaySearchType,
  McpListingMode,
  McpToolSchema,
  OutboundUserPool,
  PolicyEngine,
  PolicyEngineMode,
  PolicyPrincipal,
  PolicyStatement,
  PrivateEndpoint,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "../../../constructs";
import { OWN } from "../../../constructs/private/framework";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { fixtureArtifact, Synthesized } from "../support/synthesized";

const check = LambdaInterceptor.forRequest({ arn: "arn:aws:lambda:us-east-1:123456789012:function:check" });

/** What provider 6.25 has. */
function defineOldest(stack: TerraformStack): void {
  new Gateway(stack, "front", {
    authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
    interceptorConfigurations: [check],
  });
}

/** What 6.66 has beyond it. */
function defineNewest(stack: TerraformStack): void {
  const policyEngine = new PolicyEngine(stack, "rules", { tags: { team: "tools" } });
  const gateway = new Gateway(stack, "front", {
    authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
      discoveryUrl: "https://issuer.internal/.well-known/openid-configuration",
      allowedScopes: ["call"],
      privateEndpoint: PrivateEndpoint.usingResourceConfiguration("rcfg-0123456789abcdef0"),
    }),
    protocolConfiguration: GatewayProtocol.mcp({
      searchType: McpGatewaySearchType.NONE,
      sessionTimeoutInSeconds: 900,
      enableResponseStreaming: true,
    }),
    policyEngineConfiguration: { policyEngine, mode: PolicyEngineMode.ENFORCE },
    interceptorConfigurations: [check],
  });
  gateway.addToResourcePolicy({ principals: ["*"] });
  const userPool = new OutboundUserPool(stack, "machines");
  const target = gateway.addRuntimeTarget("tools", {
    runtime: new Runtime(stack, "server", {
      agentRuntimeArtifact: fixtureArtifact(),
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
    }),
    mcpToolSchema: McpToolSchema.fromBundledServer(),
    resourcePriority: 1,
    restrictRuntime: true,
  });
  gateway.addMcpServerTarget("live", {
    endpoint: "https://mcp.internal/mcp",
    credentialProviderConfigurations: [GatewayCredentialProvider.fromIamRole({ service: "lambda" })],
    listingMode: McpListingMode.DYNAMIC,
    privateEndpoint: PrivateEndpoint.usingManagedVpc({
      vpcId: "vpc-1",
      subnetIds: ["subnet-1"],
      securityGroupIds: ["sg-1"],
      tags: { team: "tools" },
    }),
  });
  policyEngine.addPolicy("adding", {
    statement: PolicyStatement.permit({
      gateway,
      principal: PolicyPrincipal.oauthUser().withScope("call"),
      actions: [target.tool("add_numbers")],
    }),
  });
}

/** Positions in the order of an apply: each before the next. */
const ORDER = [
  "aws_bedrockagentcore_policy_engine",
  "aws_iam_role_policy.front_CreationPolicy",
  "aws_bedrockagentcore_gateway.",
  "aws_bedrockagentcore_resource_policy.",
  "aws_bedrockagentcore_agent_runtime.",
  "aws_bedrockagentcore_gateway_target.front_tools",
  "aws_bedrockagentcore_policy.",
];

describeWithTerraform("terraform on what the bindings' provider has learned", () => {
  test("validates, applies in the order that the services need, and then plans no change", async () => {
    const terraform = await Terraform.start();
    const { folder } = Synthesized.from(OWN === "cdktn" ? defineNewest : defineOldest);
    await terraform.init(folder);
    expect(await terraform.validate(folder)).toEqual([]);
    const applied = (await terraform.apply(folder)).map(({ address }) => address);
    const places = ORDER.map((start) => applied.findIndex((address) => address.startsWith(start)));
    const made = places.filter((place) => place >= 0);
    expect(made).toHaveLength(OWN === "cdktn" ? ORDER.length : 2);
    expect(made).toEqual([...made].sort((one, other) => one - other));
    expect(await terraform.planDetailed(folder)).toBe(0);
  }, 120_000);
});
