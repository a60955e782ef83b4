import { isAuthorized, validate } from "@cedar-policy/cedar-wasm/nodejs";
import type { TerraformStack } from "cdktf";
import {
  Gateway,
  GatewayAuthorizer,
  type GatewayTarget,
  McpToolSchema,
  PolicyEngine,
  PolicyEngineMode,
  PolicyPrincipal,
  PolicyStatement,
  type PolicyStatementOptions,
  PolicyValidationMode,
} from "../../../constructs";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, statementsOf, Synthesized } from "../support/synthesized";

const inputSchema = { type: "object", properties: { amount: { type: "integer" } } };
const written = McpToolSchema.fromInline([
  { name: "refund", inputSchema },
  { name: "look up", inputSchema },
]);

interface Parts {
  readonly engine: PolicyEngine;
  readonly gateway: Gateway;
  readonly target: GatewayTarget;
}

/** A gateway that asks an engine about calls of one server. */
function define(stack: TerraformStack, mode = PolicyEngineMode.ENFORCE): Parts {
  const policyEngine = new PolicyEngine(stack, "rules", { policyEngineName: "rules" });
  const gateway = new Gateway(stack, "front", {
    gatewayName: "Front",
    authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
    policyEngineConfiguration: { policyEngine, mode },
  });
  const target = gateway.addMcpServerTarget("orders", {
    endpoint: "https://mcp.example.com/",
    credentialProviderConfigurations: [],
    mcpToolSchema: written,
  });
  return { engine: policyEngine, gateway, target };
}

type Options = Omit<PolicyStatementOptions, "gateway">;

const withPolicy = (statement: (parts: Parts) => PolicyStatement) =>
  Synthesized.from((stack) => {
    const parts = define(stack);
    parts.engine.addPolicy("policy", { policyName: "policy", statement: statement(parts) });
  });

const permitting = (options: (parts: Parts) => Options) =>
  withPolicy((parts) => PolicyStatement.permit({ ...options(parts), gateway: parts.gateway }));

const GATEWAY = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/front-0123456789";

/** The statement as the service gets it. */
function statementOf(stack: Synthesized): string {
  const { definition } = stack.only("aws_bedrockagentcore_policy") as {
    definition: [{ cedar: [{ statement: string }] }];
  };
  return definition[0].cedar[0].statement
    .replace(/\$\{aws_bedrockagentcore_gateway\.\w+\.gateway_arn\}/g, GATEWAY)
    .replaceAll("$${", "${");
}

/** As AWS makes it of a gateway's tools: developer guide, "policy-schema-constraints". */
const SCHEMA = `
namespace AgentCore {
  entity OAuthUser = { id: String } tags String;
  entity IamEntity = { id: String };
  entity Gateway;
  action Mcp;
  action CallTool in [Mcp];
  action "orders___refund", "orders___look up" in [CallTool] appliesTo {
    principal: [OAuthUser, IamEntity], resource: Gateway, context: { input: { amount?: Long } }
  };
}`;

function findingsOf(statement: string): unknown {
  const answer = validate({ policies: { staticPolicies: statement }, schema: SCHEMA });
  return answer.type === "success" ? answer.validationErrors : answer.errors;
}

interface Call {
  readonly tool?: string;
  readonly claims?: Readonly<Record<string, string>>;
  readonly arn?: string;
  readonly amount?: number;
}

/** What Cedar decides about a call, of a user with claims or of a caller with an ARN. */
function decision(statement: string, { tool = "refund", claims = {}, arn, amount }: Call): string {
  const principal = { type: `AgentCore::${arn === undefined ? "OAuthUser" : "IamEntity"}`, id: "somebody" };
  const answer = isAuthorized({
    principal,
    action: { type: "AgentCore::Action", id: `orders___${tool}` },
    resource: { type: "AgentCore::Gateway", id: GATEWAY },
    context: { input: amount === undefined ? {} : { amount } },
    policies: { staticPolicies: statement },
    entities: [
      { uid: principal, attrs: { id: arn ?? "somebody" }, parents: [], ...(arn === undefined && { tags: claims }) },
    ],
  });
  if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
  expect(answer.response.diagnostics.errors).toEqual([]);
  return answer.response.decision;
}

describe("a policy engine", () => {
  const stack = Synthesized.from((scope) => {
    const { engine, gateway } = define(scope);
    engine.addPolicy("all", {
      statement: PolicyStatement.permit({ gateway }),
      description: "Everybody",
      validationMode: PolicyValidationMode.IGNORE_ALL_FINDINGS,
    });
  });

  test("is asked by the gateway, whose role may do so before the gateway is made", () => {
    const gateway = stack.only("aws_bedrockagentcore_gateway");
    const arn = expect.stringMatching(
      /^\$\{aws_bedrockagentcore_policy_engine\.rules_\w+\.policy_engine_arn\}$/,
    ) as string;
    expect(gateway.policy_engine_configuration).toEqual([{ arn, mode: "ENFORCE" }]);
    expect(gateway.depends_on).toContainEqual(expect.stringMatching(/^aws_iam_role_policy\.front_CreationPolicy_/));
    expect(statementsOf(stack.only("aws_iam_role_policy").policy)).toEqual([
      { Sid: "GetPolicyEngine", Effect: "Allow", Action: ["bedrock-agentcore:GetPolicyEngine"], Resource: [arn] },
      {
        Sid: "AuthorizeActions",
        Effect: "Allow",
        Action: ["bedrock-agentcore:AuthorizeAction", "bedrock-agentcore:PartiallyAuthorizeActions"],
        Resource: [arn, expect.stringMatching(/:gateway\/front-\*$/) as string],
      },
    ]);
    expect(stack.json.terraform.required_providers?.aws?.version).toBe(requiredWhere("~> 6.66"));
  });

  test("holds policies, with names of their own", () => {
    expect(stack.only("aws_bedrockagentcore_policy_engine")).toEqual({ name: "rules" });
    expect(stack.only("aws_bedrockagentcore_policy")).toMatchObject({
      name: expect.stringMatching(/^[a-z][a-z0-9_]{0,47}$/) as string,
      description: "Everybody",
      policy_engine_id: expect.stringMatching(
        /^\$\{aws_bedrockagentcore_policy_engine\..*\.policy_engine_id\}$/,
      ) as string,
      validation_mode: "IGNORE_ALL_FINDINGS",
    });
  });

  test("can be one that something else made", () => {
    const policyEngineArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/rules-0123456789";
    const imported = Synthesized.from((scope) => {
      const policyEngine = PolicyEngine.fromPolicyEngineArn(scope, "rules", policyEngineArn);
      new Gateway(scope, "front", {
        authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
        policyEngineConfiguration: { policyEngine, mode: PolicyEngineMode.LOG_ONLY },
      });
    });
    expect(imported.only("aws_bedrockagentcore_gateway").policy_engine_configuration).toEqual([
      { arn: policyEngineArn, mode: "LOG_ONLY" },
    ]);
  });

  test.each<[string, (scope: TerraformStack) => unknown, string]>([
    [
      "a name",
      (scope) => new PolicyEngine(scope, "rules", { policyEngineName: "my-rules" }),
      '"my-rules" is not valid',
    ],
    ["a description", (scope) => new PolicyEngine(scope, "rules", { description: "" }), "description has 0 characters"],
    [
      "an id as ARN",
      (scope) => PolicyEngine.fromPolicyEngineArn(scope, "rules", "rules-0123456789") && scope,
      "The ARN of the policy engine",
    ],
    [
      "a policy's name",
      (scope) =>
        define(scope).engine.addPolicy("p", {
          policyName: "a-b",
          statement: PolicyStatement.fromCedar("x".repeat(35)),
        }),
      'The policy name "a-b" is not valid',
    ],
    [
      "a statement that is too short",
      (scope) => define(scope).engine.addPolicy("p", { statement: PolicyStatement.fromCedar("permit;") }),
      "The Cedar statement has 7 characters: use 35 to 10000.",
    ],
    [
      "a tool that the target has not",
      (scope) => {
        const { engine, gateway, target } = define(scope);
        return engine.addPolicy("p", {
          statement: PolicyStatement.permit({ gateway, actions: [target.tool("refnd")] }),
        });
      },
      'The target "orders" has no tool "refnd", so that AWS would refuse a policy about it: use one of refund, look up.',
    ],
  ])("fails at synthesis for %s", (_, create, message) => {
    expect(
      String(
        errorOf(() => {
          const stack = createStack();
          create(stack);
          return stack;
        }),
      ),
    ).toContain(message);
  });
});

describe("a statement", () => {
  test("names its tools as clients see them, and waits for their target", () => {
    const stack = permitting(({ target }) => ({ actions: [target.tool("refund"), target.tool("look up")] }));
    expect(statementOf(stack)).toBe(
      `permit(
  principal,
  action in [AgentCore::Action::"orders___refund", AgentCore::Action::"orders___look up"],
  resource == AgentCore::Gateway::"${GATEWAY}"
);`,
    );
    expect(stack.only("aws_bedrockagentcore_policy").depends_on).toEqual([
      expect.stringMatching(/^aws_bedrockagentcore_gateway_target\./),
    ]);
  });

  const amount = { when: ["context.input has amount", "context.input.amount < 500"] };
  test.each<[string, (parts: Parts) => Options, readonly [call: Call, decision: string][]]>([
    ["everybody and everything", () => ({}), [[{}, "allow"]]],
    [
      "one tool",
      ({ target }) => ({ actions: [target.tool("refund")] }),
      [
        [{}, "allow"],
        [{ tool: "look up" }, "deny"],
      ],
    ],
    [
      "a claim",
      () => ({ principal: PolicyPrincipal.oauthUser().withClaim("username", 'Jo "J" \\ ${x}\n') }),
      [
        [{ claims: { username: 'Jo "J" \\ ${x}\n' } }, "allow"],
        [{ claims: { username: "Jo" } }, "deny"],
        [{}, "deny"],
      ],
    ],
    [
      "two claims, of which one fits a pattern",
      () => ({ principal: PolicyPrincipal.oauthUser().withClaim("role", "admin").withClaimLike("team", "blue-\\**") }),
      [
        [{ claims: { role: "admin", team: "blue-*-1" } }, "allow"],
        [{ claims: { role: "admin", team: "blue-1" } }, "deny"],
        [{ claims: { team: "blue-*" } }, "deny"],
      ],
    ],
    [
      "a scope, as a word",
      () => ({ principal: PolicyPrincipal.oauthUser().withScope("orders/*") }),
      [
        [{ claims: { scope: "orders/*" } }, "allow"],
        [{ claims: { scope: "a orders/* b" } }, "allow"],
        [{ claims: { scope: "orders/* b" } }, "allow"],
        [{ claims: { scope: "a orders/*" } }, "allow"],
        [{ claims: { scope: "orders/*2 b" } }, "deny"],
        [{ claims: { scope: "orders/x" } }, "deny"],
      ],
    ],
    [
      "a role",
      () => ({ principal: PolicyPrincipal.iamEntity().withArnLike("arn:aws:sts::123456789012:assumed-role/ci/*") }),
      [
        [{ arn: "arn:aws:sts::123456789012:assumed-role/ci/run-1" }, "allow"],
        [{ arn: "arn:aws:sts::123456789012:assumed-role/admin/ci" }, "deny"],
        [{}, "deny"],
      ],
    ],
    [
      "arguments",
      ({ target }) => ({ ...amount, actions: [target.tool("refund")], unless: ["context.input.amount == 13"] }),
      [
        [{ amount: 499 }, "allow"],
        [{ amount: 500 }, "deny"],
        [{ amount: 13 }, "deny"],
      ],
    ],
  ])("about %s is Cedar that means it", (_, options, calls) => {
    const statement = statementOf(permitting(options));
    expect(findingsOf(statement)).toEqual([]);
    expect(calls.map(([call]) => decision(statement, call))).toEqual(calls.map(([, expected]) => expected));
  });

  test("forbids, whatever else permits", () => {
    const [permit, forbid] = (["permit", "forbid"] as const).map((effect) =>
      statementOf(withPolicy(({ gateway }) => PolicyStatement[effect]({ gateway }))),
    );
    expect(decision(`${permit}\n${forbid}`, {})).toBe("deny");
  });

  test("can be written out", () => {
    const statement = `permit(principal, action, resource is AgentCore::Gateway) when { "\${x}" == "\${x}" };`;
    const stack = withPolicy(() => PolicyStatement.fromCedar(statement));
    expect(statementOf(stack)).toBe(statement);
    expect(findingsOf(statementOf(stack))).toEqual([]);
  });
});
