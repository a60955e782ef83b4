import {
  Gateway,
  GatewayAuthorizer,
  type ResourcePolicyStatement,
  Role,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "../../constructs";
import { emulate } from "../support/article-stack";
import { postMcp, toolsList } from "../support/callers";
import { signedRequest } from "../support/signing";
import { requiredWhere } from "./support/bindings";
import { errorOf, fixtureArtifact, Synthesized } from "./support/synthesized";

const TYPE = "aws_bedrockagentcore_resource_policy";
const CALLER = "arn:aws:iam::123456789012:role/caller";

const withPolicy = (authorizerConfiguration: GatewayAuthorizer, ...statements: ResourcePolicyStatement[]) =>
  Synthesized.from((stack) => {
    const gateway = new Gateway(stack, "front", { authorizerConfiguration });
    statements.forEach((statement) => gateway.addToResourcePolicy(statement));
  });

const documentOf = (json: unknown): unknown => JSON.parse(String(json));

test("the statements of a gateway are one policy, about calling it unless they say otherwise", () => {
  const stack = withPolicy(
    GatewayAuthorizer.usingAwsIam(),
    { principals: [CALLER, "210987654321"] },
    {
      sid: "OutsideOfTheNetwork",
      deny: true,
      principals: ["*"],
      actions: ["bedrock-agentcore:*"],
      conditions: { StringNotEquals: { "aws:SourceVpc": ["vpc-1"] } },
    },
  );
  const { resource_arn: resourceArn, policy } = stack.only(TYPE);
  expect(resourceArn).toMatch(/^\$\{aws_bedrockagentcore_gateway\.\w+\.gateway_arn\}$/);
  expect(documentOf(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: [CALLER, "210987654321"] },
        Action: ["bedrock-agentcore:InvokeGateway"],
        Resource: [resourceArn],
      },
      {
        Sid: "OutsideOfTheNetwork",
        Effect: "Deny",
        Principal: "*",
        Action: ["bedrock-agentcore:*"],
        Resource: [resourceArn],
        Condition: { StringNotEquals: { "aws:SourceVpc": ["vpc-1"] } },
      },
    ],
  });
  expect(stack.json.terraform.required_providers?.aws).toMatchObject({ version: requiredWhere("~> 6.47") });
});

test("a runtime and an endpoint have policies of their own", () => {
  const stack = Synthesized.from((scope) => {
    const runtime = new Runtime(scope, "server", { agentRuntimeArtifact: fixtureArtifact() });
    runtime.addToResourcePolicy({ principals: [CALLER] });
    runtime.addEndpoint("prod").addToResourcePolicy({ principals: [CALLER] });
  });
  const policies = Object.values(stack.json.resource?.[TYPE] ?? {}) as { resource_arn: string; policy: string }[];
  expect(policies.map(({ resource_arn: arn }) => arn.replace(/^.*\.(\w+)\}$/, "$1")).sort()).toEqual([
    "agent_runtime_arn",
    "agent_runtime_endpoint_arn",
  ]);
  for (const { resource_arn: Resource, policy } of policies) {
    expect(documentOf(policy)).toMatchObject({
      Statement: [{ Action: ["bedrock-agentcore:InvokeAgentRuntime"], Resource: [Resource] }],
    });
  }
});

test("an imported gateway and an imported runtime have a policy by their ARNs, which the emulator keeps to", async () => {
  const [gatewayArn, agentRuntimeArn] = ["gateway/team-a1b2c3d4e5", "runtime/tools-a1b2c3d4e5"].map(
    (resource) => `arn:aws:bedrock-agentcore:us-east-1:123456789012:${resource}`,
  ) as [string, string];
  const stack = Synthesized.from((scope) => {
    const gateway = Gateway.fromGatewayAttributes(scope, "gateway", {
      gatewayArn,
      gatewayId: "team-a1b2c3d4e5",
      gatewayName: "team",
      role: Role.fromRoleArn("arn:aws:iam::123456789012:role/team", { mutable: false }),
    });
    const runtime = Runtime.fromAgentRuntimeAttributes(scope, "runtime", {
      agentRuntimeArn,
      agentRuntimeId: "tools-a1b2c3d4e5",
      agentRuntimeName: "tools",
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingIAM(),
    });
    gateway.addToResourcePolicy({ principals: ["*"] });
    gateway.addToResourcePolicy({ deny: true, principals: ["*"] });
    runtime.addToResourcePolicy({ principals: [CALLER] });
  });
  const policies = Object.values(stack.json.resource?.[TYPE] ?? {}) as { resource_arn: string; policy: string }[];
  expect(policies.map(({ resource_arn: arn, policy }) => [arn, documentOf(policy)])).toEqual([
    [
      gatewayArn,
      expect.objectContaining({ Statement: [expect.anything(), expect.objectContaining({ Effect: "Deny" })] }),
    ],
    [
      agentRuntimeArn,
      expect.objectContaining({ Statement: [expect.objectContaining({ Resource: [agentRuntimeArn] })] }),
    ],
  ]);
  expect(stack.json.terraform.required_providers?.aws).toMatchObject({ version: requiredWhere("~> 6.47") });
  const emulator = await emulate(stack.folder);
  const url = emulator.gateways()[0]?.url ?? "";
  const request = await signedRequest({ url, service: "bedrock-agentcore", body: JSON.stringify(toolsList) });
  const answer = await fetch(request);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("with an explicit deny")]);
});

const messageOf = (define: () => unknown) => (errorOf(define) as Error).message;

test("a statement without a principal fails synthesis", () => {
  const define = () => withPolicy(GatewayAuthorizer.usingAwsIam(), { principals: [] });
  expect(messageOf(define)).toContain("A statement of a resource policy has no principal");
});

test("a policy that names roles alone at a gateway that takes tokens is a finding of the review", () => {
  const jwt = { discoveryUrl: "https://issuer.example.com/.well-known/openid-configuration", allowedClients: ["app"] };
  const define = () => withPolicy(GatewayAuthorizer.usingCustomJwt(jwt), { principals: [CALLER] });
  expect(messageOf(define)).toContain("Nobody may call");
});

test.each([
  ["allows everybody", { principals: ["*"] }, 200],
  ["allows a role", { principals: [CALLER] }, 403],
  [
    "denies whoever comes encrypted",
    { deny: true, principals: ["*"], conditions: { Bool: { "aws:SecureTransport": ["true"] } } },
    403,
  ],
])("the emulated gateway keeps to a statement that %s", async (_, statement, status) => {
  const { folder } = withPolicy(
    GatewayAuthorizer.withNoAuth(),
    { principals: ["*"], actions: ["bedrock-agentcore:GetGateway"] },
    statement,
  );
  const emulator = await emulate(folder);
  expect(await postMcp(emulator.gateways()[0]?.url ?? "", toolsList)).toMatchObject({ status });
  await emulator.stop();
});
