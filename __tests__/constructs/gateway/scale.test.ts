import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, TerraformStack } from "cdktf";
import {
  AgentRuntimeArtifact,
  ApiKeyCredentialProvider,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  McpServerBehindGateway,
  OutboundUserPool,
  Runtime,
  RuntimeAuthorizerConfiguration,
  ToolSchema,
} from "../../../constructs";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import {
  createStack,
  fixtureArtifact,
  secretOf,
  statementsOf,
  Synthesized,
  TRUST_POLICY,
} from "../support/synthesized";

const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();
const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/tools:1" });
const targetType = "aws_bedrockagentcore_gateway_target";

/** A gateway whose hundred targets have nothing in common. */
function defineHundredTargets(stack: TerraformStack): void {
  const gateway = new Gateway(stack, "gateway", { gatewayName: "wide", authorizerConfiguration });
  for (let index = 0; index < 50; index += 1) {
    const provider = new ApiKeyCredentialProvider(stack, `key-${index}`, { apiKey: secretOf(stack) });
    gateway.addMcpServerTarget(`api-${index}`, {
      endpoint: `https://mcp-${index}.example/mcp`,
      credentialProviderConfigurations: [GatewayCredentialProvider.fromApiKeyIdentity({ provider })],
    });
    gateway.addLambdaTarget(`function-${index}`, {
      lambdaFunction: { arn: `arn:aws:lambda:us-east-1:123456789012:function:tool-${index}` },
      toolSchema: ToolSchema.fromInline([{ name: "go", description: "Goes", inputSchema: { type: "object" } }]),
    });
  }
}

describe("a gateway with a hundred targets", () => {
  const synthesized = Synthesized.from(defineHundredTargets);
  const targets = Object.entries(synthesized.json.resource[targetType] ?? {});

  test("gives each a name of its own", () => {
    expect(new Set(targets.map(([, { name }]) => name)).size).toBe(100);
  });

  test("never has AWS work on more than five at a time", () => {
    const waitsFor = new Map(
      targets.map(([name, { depends_on: dependsOn }]) => [
        name,
        (dependsOn as string[]).filter((each) => each.startsWith(targetType)).map((each) => each.split(".")[1]),
      ]),
    );
    const depth = (name = ""): number => 1 + Math.max(0, ...(waitsFor.get(name) ?? []).map(depth));
    const widths = new Map<number, number>();
    targets.forEach(([name]) => widths.set(depth(name), (widths.get(depth(name)) ?? 0) + 1));
    expect(Math.max(...widths.values())).toBe(5);
  });

  test("names every function, provider and secret exactly, in policies of which each target waits for its own", () => {
    const { aws_iam_role_policy: inline = {}, aws_iam_policy: managed = {} } = synthesized.json.resource;
    const policies = new Map([...Object.entries(inline), ...Object.entries(managed)]);
    const resources = [...policies.values()].flatMap(({ policy }) =>
      statementsOf(policy).flatMap(({ Resource = [] }) => Resource),
    );
    expect(resources.filter((resource) => resource.includes("*"))).toEqual([]);
    expect(resources.filter((resource) => resource.includes(":function:"))).toHaveLength(50);
    expect(resources.filter((resource) => resource.includes("api_key_secret_arn"))).toHaveLength(50);
    expect(Object.keys(managed).length).toBeLessThanOrEqual(10);
    for (const [, { depends_on: dependsOn }] of targets) {
      expect((dependsOn as string[]).some((each) => /aws_iam_role_policy(_attachment)?\./.test(each))).toBe(true);
    }
  });
});

describeWithTerraform("terraform on a gateway with a hundred targets", () => {
  test("keeps every policy within IAM's limits", async () => {
    const terraform = await Terraform.start();
    const { folder } = Synthesized.from(defineHundredTargets);
    writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify({ secret: "hush" }));
    await terraform.init(folder);
    await terraform.apply(folder);
    const resources = await terraform.resources(folder);
    const sizes = (type: string) =>
      [...resources]
        .filter(([address]) => address.startsWith(`${type}.`))
        .map(([, { policy }]) => String(policy).length);
    expect(Math.max(...sizes("aws_iam_policy"))).toBeLessThanOrEqual(6144);
    expect(sizes("aws_iam_role_policy").reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10_240);
    expect(await terraform.planDetailed(folder)).toBe(0);
  }, 120_000);
});

describe("several stacks of one app", () => {
  const newStack = (app: App, id: string): TerraformStack => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return stack;
  };

  test("can share a user pool, a runtime and a gateway", () => {
    const first = createStack();
    const app = App.of(first);
    const second = newStack(app, "second");
    const third = newStack(app, "third");
    const userPool = new OutboundUserPool(first, "machines");
    const runtime = new Runtime(second, "tools", {
      agentRuntimeArtifact,
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
    });
    const gateway = new Gateway(third, "gateway", { authorizerConfiguration });
    gateway.addRuntimeTarget("tools", { runtime });
    gateway.grantInvoke(new IamRole(third, "agents", { assumeRolePolicy: TRUST_POLICY }));
    const synthesized = Synthesized.from(() => undefined, third);
    const elsewhere = /data\.terraform_remote_state\.[\w-]+\.outputs/;
    expect(JSON.stringify(synthesized.only(targetType).target_configuration)).toMatch(elsewhere);
    const ownTypes = Object.keys(synthesized.json.resource);
    for (const dependency of synthesized.only(targetType).depends_on as string[]) {
      expect(ownTypes).toContain(dependency.split(".")[0]);
    }
    expect(third.dependencies.map(({ node }) => node.id)).toEqual(expect.arrayContaining(["second"]));
  });

  test("do not collide in names", () => {
    const first = createStack();
    const app = App.of(first);
    const stacks = [first, newStack(app, "second")];
    stacks.forEach((stack) => {
      new Gateway(stack, "gateway", { authorizerConfiguration });
      new Runtime(stack, "tools", { agentRuntimeArtifact, observability: {} });
      new OutboundUserPool(stack, "machines");
    });
    const all = stacks.map((stack) => Synthesized.from(() => undefined, stack));
    const named = all.map(({ json }) =>
      Object.values(json.resource).flatMap((elements) =>
        Object.values(elements).flatMap(
          (element) => element.name ?? element.agent_runtime_name ?? element.domain ?? [],
        ),
      ),
    );
    const [one = [], two = []] = named;
    const shared = one.filter((name) => two.includes(name));
    // The log group's name holds the runtime's id; the name of a Cognito resource server is only a label.
    expect(shared.filter((name) => !/\$\{|MCP Server Resource/.test(JSON.stringify(name)))).toEqual([]);
  });

  test("have a pattern with the article's addresses each", () => {
    const first = createStack();
    const second = newStack(App.of(first), "second");
    const artifact = fixtureArtifact();
    new McpServerBehindGateway(first, "mcp", {
      projectName: "alpha",
      agentRuntimeArtifact: artifact,
      shortAddresses: true,
    });
    new McpServerBehindGateway(second, "mcp", {
      projectName: "beta",
      agentRuntimeArtifact: artifact,
      shortAddresses: true,
    });
    const addresses = [first, second].map((stack) => Synthesized.from(() => undefined, stack).addresses());
    expect(addresses[0]).toEqual(addresses[1]);
    expect(addresses[0]).toContain("aws_bedrockagentcore_gateway.main");
  });
});
