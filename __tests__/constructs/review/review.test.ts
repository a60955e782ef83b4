import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AgentRuntimeArtifact, McpServerBehindGateway, Review } from "../../../constructs";
import { review } from "../../../review";
import { temporaryFolder } from "../../support/temporary-folder";
import { readInventory } from "../../topology/reading";

interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}

const outdir = temporaryFolder();

function synthesized(change: (pattern: McpServerBehindGateway, stack: TerraformStack) => void): readonly Annotation[] {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "demo");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const pattern = new McpServerBehindGateway(stack, "mcp", {
    projectName: "demo",
    shortAddresses: true,
    agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({
      containerUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1",
    }),
  });
  change(pattern, stack);
  app.synth();
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { annotations: readonly Annotation[] }>;
  };
  return manifest.stacks["demo"]?.annotations ?? [];
}

/** The L1 below a construct. */
function resource(path: string, stack: TerraformStack): { addOverride(path: string, value: unknown): void } {
  const found = stack.node.findAll().find(({ node }) => node.path === path);
  if (found === undefined) throw new Error(`No ${path} in the stack.`);
  return found as unknown as { addOverride(path: string, value: unknown): void };
}

function openPool(stack: TerraformStack): void {
  resource("demo/mcp/InboundUserPool/Resource", stack).addOverride(
    "admin_create_user_config.allow_admin_create_user_only",
    false,
  );
}

test("a stack of the pattern has no finding", () => {
  expect(synthesized(() => undefined)).toEqual([]);
});

test("what somebody should have decided is a warning of the construct", () => {
  expect(synthesized((_, stack) => openPool(stack))).toMatchObject([
    {
      constructPath: "demo/mcp/InboundUserPool/Resource",
      level: "@cdktf/warn",
      message: expect.stringMatching(
        /^aws_cognito_user_pool\.inbound: Everybody can sign up .* \[self-sign-up\]$/,
      ) as string,
    },
  ]);
});

test("fails synthesis with the construct's path when the deployment would fail", () => {
  const bend = (_: McpServerBehindGateway, stack: TerraformStack): void =>
    resource("demo/mcp/Runtime/Resource", stack).addOverride("protocol_configuration.0.server_protocol", "HTTP");
  expect(() => synthesized(bend)).toThrow(
    /^demo\/mcp\/Gateway\/Target\/Resource: aws_bedrockagentcore_gateway_target\.mcp_server: .*speaks HTTP, not MCP.*\[runtime-not-mcp\]/,
  );
});

test("an acknowledged warning is silent, and the synthesized stack keeps the reason for the command", () => {
  const acknowledgement = { rule: "self-sign-up", address: "aws_cognito_user_pool.inbound", reason: "A public demo." };
  const annotations = synthesized((_, stack) => {
    openPool(stack);
    Review.of(stack).acknowledge(acknowledgement);
  });
  expect(annotations).toEqual([]);
  const { findings, acknowledged } = review(readInventory(join(outdir, "stacks/demo")));
  expect(findings).toEqual([]);
  expect(acknowledged).toMatchObject([acknowledgement]);
});

test("fails although an error is acknowledged", () => {
  const bend = (_: McpServerBehindGateway, stack: TerraformStack): void => {
    resource("demo/mcp/Runtime/Resource", stack).addOverride("protocol_configuration.0.server_protocol", "HTTP");
    Review.of(stack).acknowledge({
      rule: "runtime-not-mcp",
      address: "aws_bedrockagentcore_gateway_target.mcp_server",
      reason: "No.",
    });
  };
  expect(() => synthesized(bend)).toThrow(/runtime-not-mcp/);
});

test("an acknowledgement that fits nothing is told", () => {
  const annotations = synthesized((pattern) =>
    Review.of(pattern).acknowledge({
      rule: "gateway-open",
      address: "aws_bedrockagentcore_gateway.main",
      reason: "Old.",
    }),
  );
  expect(annotations).toMatchObject([{ level: "@cdktf/info", constructPath: "demo/mcp/Gateway/Resource" }]);
});

test("a stack without AgentCore is not reviewed", () => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "other");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  new CognitoUserPool(stack, "pool", { name: "pool" });
  app.synth();
  expect(stack.node.tryFindChild("Review")).toBeUndefined();
});
