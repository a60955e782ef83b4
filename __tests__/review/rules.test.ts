import { authMap, type Finding, review, type Review, rules } from "../../review";
import { waitingFor } from "../../review/evidence/waiting";
import { inventoryOf, parseDocument, stackInventory, type ValueObject } from "../../topology";
import awscc from "./awscc-attributes.json";
import { add, argumentsAt, type Change } from "./changes";
import {
  block,
  cleanStack,
  GATEWAY,
  GATEWAY_POLICY,
  GATEWAY_ROLE,
  PROVIDER,
  RUNTIME,
  RUNTIME_POLICY,
  RUNTIME_ROLE,
  type Stack,
  TARGET,
} from "./clean-stack";
import { mistakes } from "./mistakes";

function reviewed(stack: Stack): Review {
  return review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(stack)))));
}

function findingsOf(stack: Stack): readonly Finding[] {
  return reviewed(stack).findings;
}

test("the clean stack has no finding", () => {
  expect(findingsOf(cleanStack())).toEqual([]);
});

describe("the stack with", () => {
  test.each(mistakes)(
    "$title fails the rule $rule at its address, and no other",
    ({ rule, address, bend, also = [] }) => {
      const stack = cleanStack();
      bend(stack);
      const found = findingsOf(stack);
      expect(found.filter((finding) => finding.rule === rule).map((finding) => finding.address)).toContain(address);
      expect(new Set(found.map((finding) => finding.rule))).toEqual(new Set([rule, ...also]));
      for (const { message, fix } of found) {
        expect(`${message} ${fix}`).not.toMatch(/\b1 characters|….?$|…\. /);
      }
    },
  );
});

test.each([
  ["bedrock-agentcore:*", /GetWorkloadAccessToken, GetResourceOauth2Token and/],
  ["nova-act:*", /^Name the actions that it needs\.$/],
])("actions %s get advice of their own service", (actions, advice) => {
  const stack = cleanStack();
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  argumentsAt(RUNTIME_POLICY).set("policy", JSON.stringify(policy))(stack);
  const found = findingsOf(stack).filter(({ rule }) => rule === "wildcard-action");
  expect(found.map(({ fix }) => fix)).toEqual([expect.stringMatching(advice)]);
});

const SOMEWHERE = "us-east-1:123456789012";
const INSIDE_ONE: readonly [action: string, resource: string][] = [
  ["bedrock-agentcore:InvokeAgentRuntime", `\${${RUNTIME}.agent_runtime_arn}/*`],
  ["bedrock-agentcore:InvokeAgentRuntime", `\${${RUNTIME}.agent_runtime_arn}/runtime-endpoint/*`],
  ["bedrock-agentcore:InvokeGateway", `arn:aws:bedrock-agentcore:${SOMEWHERE}:gateway/tools-abcdefghij/*`],
  ["ecr:BatchGetImage", "${aws_ecr_repository.tools.arn}:*"],
  ["lambda:InvokeFunction", `arn:aws:lambda:${SOMEWHERE}:function:\${aws_ecr_repository.tools.name}:*`],
  ["logs:PutLogEvents", `arn:aws:logs:${SOMEWHERE}:log-group:/agents/tools:log-stream:*`],
  ["logs:PutLogEvents", `arn:aws:logs:${SOMEWHERE}:log-group:/aws/vendedlogs/bedrock-agentcore/*`],
  ["s3:GetObject", "arn:aws:s3:::tools/*"],
  ["dynamodb:Query", `arn:aws:dynamodb:${SOMEWHERE}:table/tools/index/*`],
  ["execute-api:Invoke", `arn:aws:execute-api:${SOMEWHERE}:a1b2c3d4e5/*/GET/pets`],
  ["kms:Decrypt", `arn:aws:kms:${SOMEWHERE}:key/1`],
  ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${SOMEWHERE}:secret:tools-??????`],
  ["aws-marketplace:Subscribe", "*"],
];
const MANY: readonly [action: string, resource: string][] = [
  ["bedrock-agentcore:InvokeAgentRuntime", `\${${RUNTIME}.agent_runtime_arn}*`],
  ["bedrock-agentcore:InvokeGateway", `arn:aws:bedrock-agentcore:${SOMEWHERE}:gateway/tools-*/x`],
  ["lambda:InvokeFunction", `arn:aws:lambda:${SOMEWHERE}:function:tools*`],
  ["lambda:InvokeFunction", `arn:aws:lambda:${SOMEWHERE}:function:*:1`],
  ["logs:PutLogEvents", `arn:aws:logs:${SOMEWHERE}:log-group:/agents/*:log-stream:*`],
  ["logs:PutLogEvents", `arn:aws:logs:${SOMEWHERE}:log-group:*`],
  ["s3:GetObject", "arn:aws:s3:::tools-*/x"],
  ["s3:GetObject", "arn:aws:s3:::*"],
  ["dynamodb:Query", `arn:aws:dynamodb:${SOMEWHERE}:table/*`],
  ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${SOMEWHERE}:secret:tools-*`],
  // A service that JavaScript's objects have a member for.
  ["constructor:Get", `arn:aws:constructor:${SOMEWHERE}:tools/*`],
];

test.each([...INSIDE_ONE.map((each) => [...each, 0] as const), ...MANY.map((each) => [...each, 1] as const)])(
  "%s on %s reaches into %d wildcards",
  (action, resource, count) => {
    const stack = cleanStack();
    const { Statement } = JSON.parse(String(block(stack, GATEWAY_POLICY)["policy"])) as { Statement: object[] };
    const own = { Effect: "Allow", Action: action, Resource: resource };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [...Statement, own] });
    argumentsAt(GATEWAY_POLICY).set("policy", policy)(stack);
    expect(findingsOf(stack).map(({ rule }) => rule)).toEqual(Array<string>(count).fill("wildcard-resource"));
  },
);

const AUDIENCE = "authorizer_configuration.custom_jwt_authorizer";

test.each<[string, string, Change[], string]>([
  ["a gateway", GATEWAY, [], "warning"],
  [
    "a gateway for a pool of elsewhere, in a region that is given later",
    GATEWAY,
    [
      argumentsAt(GATEWAY, AUDIENCE).set(
        "discovery_url",
        "https://cognito-idp.${var.region}.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration",
      ),
      (stack) => Object.assign(stack, { variable: { region: {} } }),
    ],
    "warning",
  ],
  ["a runtime behind a token vault", RUNTIME, [], "error"],
  [
    "a runtime that nobody but people calls",
    RUNTIME,
    [argumentsAt(TARGET).set("target_configuration.mcp.mcp_server.endpoint", "https://tools.example.com/mcp")],
    "warning",
  ],
])("an audience of %s in the place of clients", (_, address, changes, severity) => {
  const stack = cleanStack();
  const authorizer = argumentsAt(address, AUDIENCE);
  for (const change of [authorizer.unset("allowed_clients"), authorizer.set("allowed_audience", ["x"]), ...changes]) {
    change(stack);
  }
  expect(findingsOf(stack)).toContainEqual(expect.objectContaining({ rule: "cognito-audience", address, severity }));
});

test.each([
  ["docker build .", "warning"],
  ["docker build --platform linux/amd64 .", "error"],
])("%s deserves a %s", (command, severity) => {
  const stack = cleanStack();
  argumentsAt("terraform_data.image").set("provisioner", [{ "local-exec": { command } }])(stack);
  expect(findingsOf(stack)).toMatchObject([{ rule: "image-platform", severity }]);
});

test.each(["${aws_lambda_function.clock.arn}:*", "${aws_lambda_function.clock.qualified_arn}"])(
  "a role with %s may invoke the version that a target names",
  (resource) => {
    const stack = cleanStack();
    const code = {
      function_name: "clock",
      role: "arn:aws:iam::123456789012:role/clock",
      handler: "x.y",
      runtime: "python3.13",
    };
    stack.resource["aws_lambda_function"] = { clock: code };
    const tool = { name: "now", description: "Now", input_schema: { type: "object" } };
    const target = argumentsAt(TARGET);
    const lambda = { lambda_arn: "${aws_lambda_function.clock.qualified_arn}", tool_schema: { inline_payload: tool } };
    target.set("target_configuration", { mcp: { lambda } })(stack);
    target.set("credential_provider_configuration", { gateway_iam_role: {} })(stack);
    const statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: resource };
    argumentsAt(GATEWAY_POLICY).set("policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }))(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(authMap(reviewed(stack).system).map(({ destination }) => destination)).toContain(
      "aws_lambda_function.clock",
    );
  },
);

describe("a policy that AWS manages", () => {
  const AWS = "arn:aws:iam::aws:policy";
  const BY_NAME = "${data.aws_iam_policy.full.arn}";
  const IN_PARTITION = "arn:${data.aws_partition.here.partition}:iam::aws:policy/BedrockAgentCoreFullAccess";
  const ATTACHMENT = "aws_iam_role_policy_attachment.aws";
  const attached = (role: string, policyArn: string) =>
    add(ATTACHMENT, { role: `\${${role}.name}`, policy_arn: policyArn });
  const onRole = (role: string, ...policyArns: string[]) => argumentsAt(role).set("managed_policy_arns", policyArns);
  const ofGateway = (policyArn: string): Change => attached(GATEWAY_ROLE, policyArn);
  const exclusively = (...policyArns: string[]): Change =>
    add("aws_iam_role_policy_attachments_exclusive.aws", {
      role_name: `\${${GATEWAY_ROLE}.name}`,
      policy_arns: policyArns,
    });
  const alone: Change = (stack) => {
    Object.assign(stack.data, {
      aws_iam_policy: { full: { name: "BedrockAgentCoreFullAccess" } },
      aws_partition: { here: {} },
    });
    const attachments = stack.resource["aws_iam_role_policy_attachment"] ? [ATTACHMENT] : [];
    argumentsAt(TARGET).set("depends_on", [GATEWAY_POLICY, ...attachments])(stack);
  };

  test.each<[string, string, Change, string[]]>([
    ["of all of AgentCore", GATEWAY_POLICY, ofGateway(`${AWS}/BedrockAgentCoreFullAccess`), []],
    ["in whichever partition", GATEWAY_POLICY, ofGateway(IN_PARTITION), []],
    ["that is looked up by its name", GATEWAY_POLICY, ofGateway(BY_NAME), []],
    ["on the role itself", GATEWAY_POLICY, onRole(GATEWAY_ROLE, `${AWS}/AdministratorAccess`), []],
    [
      "of other services",
      GATEWAY_POLICY,
      ofGateway(`${AWS}/service-role/AWSLambdaBasicExecutionRole`),
      [`gateway-role-permissions ${GATEWAY_ROLE}`, `secret-not-readable ${GATEWAY_ROLE}`],
    ],
    [
      "that alone is not known",
      GATEWAY_POLICY,
      ofGateway(`${AWS}/ReadOnlyAccess`),
      [
        `gateway-role-permissions ${GATEWAY_ROLE}`,
        `${GATEWAY_ROLE}: the source does not show what ${AWS}/ReadOnlyAccess allows`,
      ],
    ],
    [
      "as the only ones",
      GATEWAY_POLICY,
      exclusively(`${AWS}/BedrockAgentCoreFullAccess`),
      [
        "target-before-policy " + TARGET,
        "aws_iam_role_policy_attachments_exclusive.aws: only those are looked at that it attaches",
      ],
    ],
    [
      "that nothing waits for",
      RUNTIME_POLICY,
      attached(RUNTIME_ROLE, `${AWS}/AmazonEC2ContainerRegistryReadOnly`),
      [`runtime-before-policy ${RUNTIME}`],
    ],
    [
      "that pulls images, on the role itself",
      RUNTIME_POLICY,
      onRole(RUNTIME_ROLE, `${AWS}/AmazonEC2ContainerRegistryPullOnly`),
      [],
    ],
    [
      "that pulls no image",
      RUNTIME_POLICY,
      onRole(RUNTIME_ROLE, `${AWS}/BedrockAgentCoreFullAccess`),
      [`runtime-role-permissions ${RUNTIME_ROLE}`],
    ],
  ])("%s counts by its statements", (_, own, give, told) => {
    const stack = cleanStack();
    for (const change of [give, alone]) change(stack);
    argumentsAt(own).set("policy", '{"Version":"2012-10-17","Statement":[]}')(stack);
    const { findings, unchecked } = reviewed(stack);
    const rulesAt = findings.map(({ rule, address }) => `${rule} ${address}`);
    const open = unchecked.map(({ address, reason }) => `${address}: ${reason}`);
    expect([...new Set([...rulesAt, ...open])].sort()).toEqual([...told].sort());
  });
});

describe("a policy that is merged of documents", () => {
  const REPOSITORY = "${aws_ecr_repository.tools.arn}";
  const statement = (sid: string, actions: string[], resource = REPOSITORY) => ({
    sid,
    actions,
    resources: [resource],
  });
  const login = { statement: [statement("Login", ["ecr:GetAuthorizationToken"], "*")] };
  const pull = { statement: [statement("Pull", ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])] };
  const json = (Sid: string, Effect: string) =>
    `\${jsonencode({"Version":"2012-10-17","Statement":[{"Sid":"${Sid}","Effect":"${Effect}","Action":"ecr:BatchGetImage","Resource":aws_ecr_repository.tools.arn}]})}`;
  const merged =
    (sources: unknown[], overrides: unknown[] = []): Change =>
    (stack) => {
      const all = { source_policy_documents: sources, override_policy_documents: overrides };
      stack.data["aws_iam_policy_document"] = { login, pull, all };
      stack.data["local_file"] = { more: { filename: "more.json" } };
      argumentsAt(RUNTIME_POLICY).set("policy", "${data.aws_iam_policy_document.all.json}")(stack);
    };
  const [LOGIN, PULL] = [
    "${data.aws_iam_policy_document.login.json}",
    "${data.aws_iam_policy_document.pull.minified_json}",
  ];
  const lacking = expect.stringContaining("may not ecr:GetDownloadUrlForLayer:") as string;
  const denied = expect.stringContaining("may not ecr:BatchGetImage:") as string;

  test.each<[string, Change, unknown[]]>([
    ["of others", merged([LOGIN, PULL]), []],
    ["with one that is overridden", merged([LOGIN, PULL], [json("Pull", "Allow")]), [lacking]],
    ["with one that overrides nothing", merged([LOGIN, PULL], [json("", "Deny")]), [denied]],
    ["with one that is not shown", merged([LOGIN, "${data.local_file.more.content}"]), ["what the policy allows"]],
  ])("%s is read as one", (_, change, told) => {
    const stack = cleanStack();
    change(stack);
    const { findings, unchecked } = reviewed(stack);
    expect([...findings.map(({ message }) => message), ...unchecked.map(({ what }) => what)]).toEqual(told);
  });
});

test("what waits for no policy is told once, whatever instances the blocks have", () => {
  const stack = cleanStack();
  for (const address of [RUNTIME_POLICY, RUNTIME]) Object.assign(block(stack, address), { count: 2 });
  Object.assign(block(stack, RUNTIME), { agent_runtime_name: "tools_${count.index}", depends_on: [] });
  for (const address of [GATEWAY_POLICY, TARGET]) {
    Object.assign(block(stack, address), { for_each: ["a", "b"], name: "${each.key}", depends_on: [] });
  }
  argumentsAt(TARGET, "target_configuration.mcp.mcp_server").replace("endpoint", "tools.", "tools[0].")(stack);
  const found = findingsOf(stack).filter(({ rule }) => rule.endsWith("-before-policy"));
  expect(found.map(({ fix }) => fix)).toEqual([
    `Add depends_on = [${GATEWAY_POLICY}], and a pause of some 20 seconds for IAM.`,
    `Add depends_on = [${RUNTIME_POLICY}].`,
  ]);
});

test.each([
  ["aws_a.x", "aws_b.y", "depends_on = [aws_a.x]"],
  ["module.m.aws_a.x", "module.m.aws_b.y", "depends_on = [aws_a.x]"],
  ["module.m.aws_a.x", "aws_b.y", "depends_on = [module.m]"],
  ["aws_a.x", "module.m.module.n.aws_b.y", "depends_on = [aws_a.x] to module.m"],
  ["module.m.module.k.aws_a.x", "module.m.module.n.aws_b.y", "depends_on = [module.k] to module.m.module.n"],
])("%s is waited for by %s with an argument that Terraform takes", (awaited, blockAddress, argument) => {
  const [waiting] = reviewed(cleanStack()).inventory.instances;
  if (waiting === undefined) throw new Error("The stack has no instance.");
  expect(waitingFor([awaited], { ...waiting, blockAddress })).toBe(argument);
});

describe("an endpoint that a target names", () => {
  const ENDPOINT = "aws_bedrockagentcore_agent_runtime_endpoint";
  const endpoint = (members: object, type = ENDPOINT): Change =>
    add(`${type}.prod`, { agent_runtime_id: `\${${RUNTIME}.agent_runtime_id}`, name: "prod", ...members });
  const waits = argumentsAt(TARGET).set("depends_on", [GATEWAY_POLICY, `${ENDPOINT}.prod`]);
  const asking = (qualifier: string): Change =>
    argumentsAt(TARGET, "target_configuration.mcp.mcp_server").replace("endpoint", /$/, `?qualifier=${qualifier}`);
  const hidden: Change = (stack) => Object.assign(stack, { module: { more: { source: "example.com/more/aws" } } });
  const variables: Change = (stack) => Object.assign(stack, { variable: { stage: {}, id: {} } });

  test.each<[string, Change[], string[]]>([
    ["is the one that each runtime has", [asking("DEFAULT")], []],
    ["is declared, and waited for", [asking("prod"), endpoint({}), waits], []],
    ["is declared, and not waited for", [asking("prod"), endpoint({})], ["warning"]],
    ["is one of several", [asking("prod"), endpoint({ for_each: ["a", "b"], name: "${each.key}" })], ["error"]],
    ["is named by reference", [asking(`\${${ENDPOINT}.prod.name}`), endpoint({})], []],
    ["may be that of a variable", [asking("prod"), variables, endpoint({ name: "${var.stage}" }), waits], []],
    [
      "may be of a runtime with the id",
      [asking("prod"), variables, endpoint({ agent_runtime_id: "${var.id}" }), waits],
      [],
    ],
    ["has a variable's name", [asking("prod${var.stage}"), variables], []],
    ["may be in a module that is not there", [asking("prod"), hidden], []],
    ["is not declared", [asking("prod")], ["error"]],
  ])("%s", (_, changes, severities) => {
    const stack = cleanStack();
    for (const change of changes) change(stack);
    const found = findingsOf(stack).filter(({ rule }) => rule === "endpoint-undeclared");
    expect(found.map(({ severity }) => severity)).toEqual(severities);
  });
});

test("advice on a wildcard names the providers of API keys, too", () => {
  const stack = cleanStack();
  const key = "aws_bedrockagentcore_api_key_credential_provider";
  stack.resource[key] = { weather: { name: "weather", api_key: "k3y" } };
  const credential = { api_key: { provider_arn: `\${${key}.weather.credential_provider_arn}` } };
  argumentsAt(TARGET).set("credential_provider_configuration", credential)(stack);
  const statement = { Effect: "Allow", Action: "bedrock-agentcore:GetResourceApiKey", Resource: "*" };
  argumentsAt(GATEWAY_POLICY).set("policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }))(stack);
  const found = findingsOf(stack).filter(({ rule }) => rule === "wildcard-resource");
  expect(found.map(({ fix }) => fix)).toEqual([expect.stringContaining(`${key}.weather.credential_provider_arn`)]);
});

test("every rule has a mistake that breaks it", () => {
  const own = new Set(mistakes.map(({ rule }) => rule));
  expect(rules.map(({ id }) => id).filter((id) => !own.has(id))).toEqual([]);
});

test("ids are unique, and every rule says what it demands and where that is said", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, summary, source } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(summary).toMatch(/^[A-Za-z].+\.$/);
    expect(source).toMatch(/^(https:\/\/|botocore )/);
  }
});

test("every message is one line, and no finding shows a secret", () => {
  const stack = cleanStack();
  for (const { bend } of mistakes.filter(({ rule }) => rule === "secret-in-environment")) bend(stack);
  const found = findingsOf(stack);
  expect(JSON.stringify(found)).not.toContain("correct horse");
  for (const { message, fix } of found) expect(`${message}${fix}`).not.toContain("\n");
});

test.each([
  "arn:aws:secretsmanager:us-east-1:123456789012:secret:x",
  "https://vault.example.com/x",
  "/prod/database/password",
])("%s in the environment names a secret, and is none", (name) => {
  const stack = cleanStack();
  Object.assign(block(stack, RUNTIME), { environment_variables: { DATABASE_PASSWORD: name } });
  expect(findingsOf(stack)).toEqual([]);
});

test("a resource of another provider configuration is not taken to be in the default region", () => {
  const stack = cleanStack();
  Object.assign(stack.provider, { aws: [{ region: "us-east-1" }, { alias: "frankfurt", region: "eu-central-1" }] });
  for (const named of Object.values(stack.resource)) {
    Object.values(named).forEach((resource) => Object.assign(resource, { provider: "aws.frankfurt" }));
  }
  const moved = JSON.parse(
    JSON.stringify(stack)
      .replaceAll("cognito-idp.us-east-1", "cognito-idp.eu-central-1")
      .replaceAll("bedrock-agentcore.us-east-1", "bedrock-agentcore.eu-central-1")
      .replaceAll(":us-east-1:", ":eu-central-1:"),
  ) as Stack;
  expect(findingsOf(moved)).toEqual([]);
});

test.each([
  ["by their label", "scope", {}],
  ["by an iterator", "one", { iterator: "one" }],
])("blocks that are made of a list, named %s, may be the right ones", (_, name, iterator) => {
  const stack = cleanStack();
  const scope = {
    for_each: ["read", "execute"],
    ...iterator,
    content: { scope_name: `\${${name}.value}`, scope_description: "x" },
  };
  Object.assign(stack.resource.aws_cognito_resource_server?.tools ?? {}, { scope: [], dynamic: { scope } });
  expect(findingsOf(stack)).toEqual([]);
});

test("a module that a configuration does not show is told", () => {
  const found = review(
    stackInventory({ ...(cleanStack() as unknown as ValueObject), module: { tools: { source: "./tools" } } }),
  ).unchecked;
  expect(found).toMatchObject([{ address: "module.tools", what: "what is inside" }]);
});

describe("a chain of 20,000 references", () => {
  const links = Array.from({ length: 20_000 }, (_, index) => index);

  test("is read from a configuration", () => {
    const locals = Object.fromEntries(
      links.map((index) => [`l${index}`, index === 0 ? "x" : `\${local.l${index - 1}}`]),
    );
    const buckets = Object.fromEntries(
      links.map((index) => [
        `b${index}`,
        { bucket: index === 0 ? "${local.l19999}" : `\${aws_s3_bucket.b${index - 1}.bucket}` },
      ]),
    );
    expect(
      review(stackInventory({ locals, resource: { aws_s3_bucket: buckets } }))
        .inventory.instances.at(-1)
        ?.arguments.text("bucket"),
    ).toBe("x");
  });

  test("is not followed to its end in a plan, and does no harm", () => {
    const named = links.map((index) => ({
      address: `aws_s3_bucket.b${index}`,
      mode: "managed",
      type: "aws_s3_bucket",
      name: `b${index}`,
    }));
    const plan = {
      format_version: "1.2",
      planned_values: { root_module: { resources: named.map((resource) => ({ ...resource, values: {} })) } },
      resource_changes: named.map(({ address }) => ({ address, change: { after_unknown: { bucket: true } } })),
      configuration: {
        root_module: {
          resources: named.map((resource, index) => ({
            ...resource,
            expressions: { bucket: { references: [`aws_s3_bucket.b${index + 1}.bucket`] } },
          })),
        },
      },
    };
    expect(review(inventoryOf(parseDocument("plan.json", Buffer.from(JSON.stringify(plan))))).findings).toEqual([]);
  });
});

test("a kind of AgentCore that is not read is named, and is not nothing", () => {
  const resource = { awscc_bedrockagentcore_memory: { tools: { name: "tools" } } };
  expect(review(stackInventory({ resource })).unchecked).toEqual([
    {
      address: "awscc_bedrockagentcore_memory.tools",
      what: "all of it",
      reason: "the kind awscc_bedrockagentcore_memory is not read",
    },
  ]);
});

describe("resources of the provider awscc", () => {
  const known = new Set(
    Object.entries(awscc.attributes).flatMap(([kind, paths]) =>
      paths.map((path) => `awscc_bedrockagentcore_${kind}.${path}`),
    ),
  );
  const MAPS = ["tags", "environment_variables", "custom_parameters", "depends_on", "dimensions"];
  const paths = (value: unknown, path: string): string[] => {
    if (Array.isArray(value) && value.some((item) => typeof item === "object")) {
      return value.flatMap((item) => paths(item, path));
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
    return Object.entries(value).flatMap(([name, inner]) =>
      MAPS.includes(name) ? [] : paths(inner, `${path}.${name}`),
    );
  };
  /** What a stack says of them, to be compared with what the provider's documentation lists. */
  const attributesIn = ({ resource }: Stack): string[] =>
    Object.entries(resource).flatMap(([type, named]) =>
      type.startsWith("awscc_") ? Object.values(named).flatMap((values) => paths(values, type)) : [],
    );

  /** The clean stack with its runtime, its gateway and its target by that provider. */
  const clean = (): Stack => {
    const stack = cleanStack();
    const { aws_bedrockagentcore_agent_runtime: runtimes, ...others } = stack.resource;
    delete others["aws_bedrockagentcore_oauth2_credential_provider"];
    const { aws_bedrockagentcore_gateway: gateways, aws_bedrockagentcore_gateway_target: targets, ...kept } = others;
    const { provider_arn, scopes } = block(stack, TARGET, "credential_provider_configuration", "oauth");
    const provider = { ...block(stack, PROVIDER) };
    delete provider["oauth2_provider_config"];
    const vendor = block(stack, PROVIDER, "oauth2_provider_config", "custom_oauth2_provider_config");
    const target = { ...targets?.["tools"], credential_provider_configuration: undefined };
    const resource = {
      ...kept,
      awscc_bedrockagentcore_runtime: { tools: { ...runtimes?.["tools"], protocol_configuration: "MCP" } },
      awscc_bedrockagentcore_gateway: { main: gateways?.["main"] ?? {} },
      awscc_bedrockagentcore_o_auth_2_credential_provider: {
        machine: { ...provider, oauth_2_provider_config_input: { custom_oauth_2_provider_config: vendor } },
      },
      awscc_bedrockagentcore_gateway_target: {
        tools: {
          ...target,
          credential_provider_configurations: [
            {
              credential_provider_type: "OAUTH",
              credential_provider: { oauth_credential_provider: { provider_arn, scopes } },
            },
          ],
        },
      },
    };
    const text = JSON.stringify({ ...stack, resource })
      .replaceAll("aws_bedrockagentcore_agent_runtime.tools", "awscc_bedrockagentcore_runtime.tools")
      .replaceAll(
        "${aws_bedrockagentcore_gateway.main.gateway_id}",
        "${awscc_bedrockagentcore_gateway.main.gateway_identifier}",
      )
      .replaceAll("aws_bedrockagentcore_gateway.main", "awscc_bedrockagentcore_gateway.main")
      .replaceAll("client_secret_arn[0].secret_arn", "client_secret_arn.secret_arn")
      .replaceAll(PROVIDER, "awscc_bedrockagentcore_o_auth_2_credential_provider.machine");
    return JSON.parse(text) as Stack;
  };

  const ofAwscc = mistakes.filter(({ address }) => address.startsWith("awscc_"));
  test.each(ofAwscc)("$title has attributes of the documentation", ({ bend }) => {
    const stack = cleanStack();
    bend(stack);
    expect(attributesIn(stack).filter((path) => !known.has(path))).toEqual([]);
  });

  test("are reviewed as those of aws", () => {
    const found = review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(clean())))));
    expect(found.system.targets).toMatchObject([
      {
        kind: "mcp_server",
        gateway: [{ inbound: "JWT" }],
        runtime: [{ protocol: "MCP" }],
        outbound: { type: "OAUTH" },
      },
    ]);
    expect(found.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(found.unchecked).toEqual([]);
  });

  test.each<[string, string, (stack: Stack) => void]>([
    [
      "an HTTP runtime behind an MCP server target",
      "runtime-not-mcp",
      (stack) => (block(stack, "awscc_bedrockagentcore_runtime.tools")["protocol_configuration"] = "HTTP"),
    ],
    [
      "a target without a credential",
      "outbound-authorization-missing",
      (stack) =>
        delete block(stack, "awscc_bedrockagentcore_gateway_target.tools")["credential_provider_configurations"],
    ],
    [
      "a caller's token for an MCP server",
      "outbound-credential-unsupported",
      (stack) =>
        (block(stack, "awscc_bedrockagentcore_gateway_target.tools")["credential_provider_configurations"] = [
          { credential_provider_type: "JWT_PASSTHROUGH" },
        ]),
    ],
    [
      "the gateway's ARN for its id",
      "gateway-identifier-arn",
      (stack) =>
        (block(stack, "awscc_bedrockagentcore_gateway_target.tools")["gateway_identifier"] =
          "${awscc_bedrockagentcore_gateway.main.gateway_arn}"),
    ],
    [
      "an audience check of Cognito's access tokens",
      "cognito-audience",
      (stack) =>
        (block(stack, "awscc_bedrockagentcore_gateway.main", "authorizer_configuration", "custom_jwt_authorizer")[
          "allowed_audience"
        ] = ["tools"]),
    ],
    [
      "a custom claim without its value",
      "custom-claim-invalid",
      (stack) =>
        (block(stack, "awscc_bedrockagentcore_gateway.main", "authorizer_configuration", "custom_jwt_authorizer")[
          "custom_claims"
        ] = [
          {
            inbound_token_claim_name: "team",
            inbound_token_claim_value_type: "STRING",
            authorizing_claim_match_value: {
              claim_match_operator: "CONTAINS",
              claim_match_value: { match_value_string: "a" },
            },
          },
        ]),
    ],
    [
      "two interceptors of requests",
      "interceptor-twice",
      (stack) =>
        (block(stack, "awscc_bedrockagentcore_gateway.main")["interceptor_configurations"] = [1, 2].map((number) => ({
          interception_points: ["REQUEST"],
          interceptor: { lambda: { arn: `arn:aws:lambda:us-east-1:123456789012:function:f${number}` } },
        }))),
    ],
    [
      "a credential provider of another pool",
      "issuer-mismatch",
      (stack) =>
        (block(
          stack,
          "awscc_bedrockagentcore_o_auth_2_credential_provider.machine",
          ...["oauth_2_provider_config_input", "custom_oauth_2_provider_config", "oauth_discovery"],
        )["discovery_url"] = "https://login.example.com/.well-known/openid-configuration"),
    ],
    [
      "a return URL that is none",
      "argument-invalid",
      (stack) =>
        (stack.resource["awscc_bedrockagentcore_workload_identity"] = {
          agent: { name: "agent", allowed_resource_oauth_2_return_urls: ["no url"] },
        }),
    ],
  ])("%s is told", (_, rule, bend) => {
    const stack = clean();
    bend(stack);
    expect(attributesIn(stack).filter((path) => !known.has(path))).toEqual([]);
    expect(findingsOf(stack).map((finding) => finding.rule)).toContain(rule);
  });
});
