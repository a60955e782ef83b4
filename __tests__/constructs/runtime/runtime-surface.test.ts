import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  AgentRuntimeArtifact,
  Runtime,
  RuntimeAuthorizerConfiguration,
  RuntimeNetworkConfiguration,
  type RuntimeProps,
  type ValidationError,
} from "../../../constructs";
import { createStack, errorOf, serverFixture, statementsOf, Synthesized, TRUST_POLICY } from "../support/synthesized";

const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/tools:1" });
const runtimeOf = (props: Partial<RuntimeProps>) =>
  Synthesized.from((stack) => new Runtime(stack, "tools", { agentRuntimeArtifact, ...props })).only(
    "aws_bedrockagentcore_agent_runtime",
  );
const runtimeWith = (type: string, propsOf: (variable: TerraformVariable) => Partial<RuntimeProps>) =>
  Synthesized.from((stack) => {
    const variable = new TerraformVariable(stack, "value", { type });
    new Runtime(stack, "tools", { agentRuntimeArtifact, ...propsOf(variable) });
  }).only("aws_bedrockagentcore_agent_runtime");
const messagesFor = (props: Partial<RuntimeProps>) => {
  const error = errorOf(() => new Runtime(createStack(), "tools", { agentRuntimeArtifact, ...props }));
  return (error as ValidationError).problems.map(({ message }) => message);
};

describe("a runtime's network", () => {
  test("is a VPC's when asked", () => {
    const networkConfiguration = RuntimeNetworkConfiguration.usingVpc({
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["sg-1"],
    });
    expect(runtimeOf({ networkConfiguration }).network_configuration).toEqual([
      { network_mode: "VPC", network_mode_config: [{ subnets: ["subnet-1", "subnet-2"], security_groups: ["sg-1"] }] },
    ]);
  });

  test.each([
    [[], ["sg-1"], "number of subnets is 0: use 1 to 16"],
    [["subnet-1"], Array.from({ length: 17 }, (_, index) => `sg-${index}`), "security groups is 17: use 1 to 16"],
  ])("fails for %j and %j", (subnetIds, securityGroupIds, message) => {
    const networkConfiguration = RuntimeNetworkConfiguration.usingVpc({ subnetIds, securityGroupIds });
    expect(messagesFor({ networkConfiguration })).toEqual([expect.stringContaining(message)]);
  });
});

describe("a runtime's lifecycle", () => {
  test.each([
    [{ maxLifetime: 3600 }, { idle_runtime_session_timeout: 900, max_lifetime: 3600 }],
    [{ idleRuntimeSessionTimeout: 60 }, { idle_runtime_session_timeout: 60, max_lifetime: 28_800 }],
    [{ maxLifetime: 120 }, { idle_runtime_session_timeout: 120, max_lifetime: 120 }],
  ])("has both values when one is given: %j", (lifecycleConfiguration, expected) => {
    expect(runtimeOf({ lifecycleConfiguration }).lifecycle_configuration).toEqual([expected]);
  });

  test.each([
    ["maxLifetime", { idle_runtime_session_timeout: "${min(900, var.value)}", max_lifetime: "${var.value}" }],
    ["idleRuntimeSessionTimeout", { idle_runtime_session_timeout: "${var.value}", max_lifetime: 28_800 }],
  ])("takes a %s that only Terraform knows", (name, expected) => {
    const runtime = runtimeWith("number", ({ numberValue }) => ({ lifecycleConfiguration: { [name]: numberValue } }));
    expect(runtime.lifecycle_configuration).toEqual([expected]);
  });

  test("is the service's when none is given", () => {
    expect(runtimeOf({})).not.toHaveProperty("lifecycle_configuration");
  });

  test.each([
    [{ maxLifetime: 59 }, ["maxLifetime is 59: use 60 to 1209600", "idleRuntimeSessionTimeout is 59"]],
    [{ maxLifetime: 1_209_601 }, ["maxLifetime is 1209601"]],
    [{ idleRuntimeSessionTimeout: 600, maxLifetime: 300 }, ["idleRuntimeSessionTimeout is 600: use 60 to 300"]],
  ])("fails for %j", (lifecycleConfiguration, messages) => {
    expect(messagesFor({ lifecycleConfiguration })).toEqual(
      messages.map((message) => expect.stringContaining(message) as string),
    );
  });
});

describe("a runtime", () => {
  test("passes headers on that only Terraform knows", () => {
    const one = runtimeWith("string", ({ stringValue }) => ({
      requestHeaderConfiguration: { allowlistedHeaders: [stringValue] },
    }));
    const all = runtimeWith("list(string)", ({ listValue }) => ({
      requestHeaderConfiguration: { allowlistedHeaders: listValue },
    }));
    expect(one.request_header_configuration).toEqual([{ request_header_allowlist: ["${var.value}"] }]);
    expect(all.request_header_configuration).toEqual([{ request_header_allowlist: "${var.value}" }]);
  });

  test("has an endpoint whose address stays when the program has more tokens", () => {
    const address = () =>
      Synthesized.from((stack) => {
        const { stringValue } = new TerraformVariable(stack, "name", { type: "string" });
        new Runtime(stack, "tools", { agentRuntimeArtifact }).addEndpoint(stringValue);
      })
        .addresses()
        .find((each) => each.startsWith("aws_bedrockagentcore_agent_runtime_endpoint."));
    const first = address();
    // Tokens are counted over the whole program.
    expect(address()).toBe(first);
    expect(first).toMatch(/Endpoint-varname_/);
  });

  test("passes the allow-listed headers on", () => {
    const allowlistedHeaders = ["Authorization", "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant", "Mcp-Param-Region"];
    expect(runtimeOf({ requestHeaderConfiguration: { allowlistedHeaders } }).request_header_configuration).toEqual([
      { request_header_allowlist: allowlistedHeaders },
    ]);
  });

  test.each(["Cookie", "X-Amzn-Trace-Id", "x-amz-date", "X Tenant", ""])("fails for the header %s", (header) => {
    expect(messagesFor({ requestHeaderConfiguration: { allowlistedHeaders: [header] } })).toEqual([
      expect.stringContaining(`"${header}"`),
    ]);
  });

  test("has tags and a description", () => {
    expect(runtimeOf({ tags: { team: "tools" }, description: "Tools" })).toMatchObject({
      tags: { team: "tools" },
      description: "Tools",
    });
    expect(runtimeOf({ tags: {} })).not.toHaveProperty("tags");
  });

  test("fails for more tags and longer values than AWS takes", () => {
    const tags = {
      ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, ""])),
      long: "x".repeat(257),
    };
    expect(messagesFor({ tags })).toEqual([
      "There are 51 tags: use at most 50.",
      expect.stringContaining("value of the tag long has 257"),
    ]);
  });

  test("takes an execution role that exists, and adds what it needs", () => {
    const synthesized = Synthesized.from((stack) => {
      const executionRole = new DataAwsIamRole(stack, "role", { name: "team-tools" });
      new Runtime(stack, "tools", { agentRuntimeArtifact, executionRole });
    });
    expect(synthesized.json.resource).not.toHaveProperty("aws_iam_role");
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime").role_arn).toBe("${data.aws_iam_role.role.arn}");
    expect(synthesized.only("aws_iam_role_policy").role).toBe("${data.aws_iam_role.role.name}");
  });

  test("delivers logs and traces with one property", () => {
    const synthesized = Synthesized.from(
      (stack) => new Runtime(stack, "tools", { agentRuntimeArtifact, observability: { logRetentionInDays: 7 } }),
    );
    expect(synthesized.only("aws_cloudwatch_log_group")).toMatchObject({
      name: expect.stringMatching(
        /^\/aws\/vendedlogs\/bedrock-agentcore\/runtime\/APPLICATION_LOGS\/\$\{.*runtime_id\}$/,
      ) as string,
      retention_in_days: 7,
    });
    const sources = Object.values(synthesized.json.resource.aws_cloudwatch_log_delivery_source ?? {});
    expect(sources.map(({ log_type: logType }) => logType).sort()).toEqual(["APPLICATION_LOGS", "TRACES"]);
    expect(sources.every(({ name }) => String(name).length <= 60)).toBe(true);
    const destinations = Object.values(synthesized.json.resource.aws_cloudwatch_log_delivery_destination ?? {});
    expect(destinations.map((each) => each.delivery_destination_type)).toEqual([undefined, "XRAY"]);
    expect(Object.keys(synthesized.json.resource.aws_cloudwatch_log_delivery ?? {})).toHaveLength(2);
  });

  test("leaves tracing out when told", () => {
    const { json } = Synthesized.from(
      (stack) => new Runtime(stack, "tools", { agentRuntimeArtifact, observability: { tracing: false } }),
    );
    expect(Object.keys(json.resource.aws_cloudwatch_log_delivery ?? {})).toHaveLength(1);
  });

  test("restricts scopes with a newer provider", () => {
    const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingJWT({
      discoveryUrl: "https://issuer.example/.well-known/openid-configuration",
      allowedScopes: ["tools:call"],
    });
    expect(runtimeOf({ authorizerConfiguration }).authorizer_configuration).toMatchObject([
      { custom_jwt_authorizer: [{ allowed_scopes: ["tools:call"] }] },
    ]);
  });
});

describe("grantInvoke", () => {
  const define = (grant: (runtime: Runtime, role: IamRole) => unknown) =>
    Synthesized.from((stack: TerraformStack) => {
      const runtime = new Runtime(stack, "tools", { runtimeName: "tools", agentRuntimeArtifact });
      grant(runtime, new IamRole(stack, "caller", { name: "caller", assumeRolePolicy: TRUST_POLICY }));
    });
  const granted = ({ json }: Synthesized) =>
    Object.values(json.resource.aws_iam_role_policy ?? {})
      .filter(({ role }) => role === "${aws_iam_role.caller.name}")
      .map(({ policy }) => statementsOf(policy));

  test("of a runtime names the runtime and its DEFAULT endpoint", () => {
    const [[statement] = []] = granted(define((runtime, role) => runtime.grantInvoke(role)));
    const arn = expect.stringMatching(/^\$\{aws_bedrockagentcore_agent_runtime\.\w+\.agent_runtime_arn\}$/) as string;
    expect(statement).toEqual({
      Sid: "InvokeAgentRuntime",
      Effect: "Allow",
      Action: ["bedrock-agentcore:InvokeAgentRuntime"],
      Resource: [arn, expect.stringMatching(/agent_runtime_arn\}\/runtime-endpoint\/DEFAULT$/) as string],
    });
  });

  test("of an endpoint names that endpoint", () => {
    const [[statement] = []] = granted(define((runtime, role) => runtime.addEndpoint("stable").grantInvoke(role)));
    expect(statement?.Resource?.[1]).toMatch(/agent_runtime_endpoint_arn\}$/);
  });

  test("twice makes one policy", () => {
    const grants = granted(
      define((runtime, role) => {
        runtime.grantInvoke(role);
        runtime.grantInvoke(role);
        return runtime.grantInvokeRuntimeForUser(role);
      }),
    );
    expect(grants).toHaveLength(1);
    expect(grants[0]?.map(({ Sid }) => Sid)).toEqual(["InvokeAgentRuntime", "InvokeAgentRuntimeForUser"]);
  });
});

describe("build arguments", () => {
  const define = (buildArgs?: Record<string, string>) =>
    Synthesized.from(
      (stack) =>
        new Runtime(stack, "tools", {
          agentRuntimeArtifact: AgentRuntimeArtifact.fromAsset({ directory: serverFixture, buildArgs }),
        }),
    );
  const environmentOf = (synthesized: Synthesized) =>
    (
      synthesized.only("terraform_data").provisioner as { "local-exec": { environment: Record<string, string> } }[]
    )[0]?.["local-exec"].environment;

  test("reach the build, and make another image", () => {
    const [without, withArgs] = [define(), define({ RUNTIME_IMAGE: "registry/node:24", BUNDLE_IMAGE: "x" })].map(
      environmentOf,
    );
    expect(without).not.toHaveProperty("BUILD_ARGS");
    expect(withArgs?.BUILD_ARGS).toBe("BUNDLE_IMAGE=x\nRUNTIME_IMAGE=registry/node:24");
    expect(withArgs?.IMAGE_URI).not.toBe(without?.IMAGE_URI);
  });

  test.each([[{ "A B": "x" }], [{ A: "x\ny" }]])("fail for %j", (buildArgs) => {
    expect(
      messagesFor({ agentRuntimeArtifact: AgentRuntimeArtifact.fromAsset({ directory: serverFixture, buildArgs }) }),
    ).toEqual([expect.stringContaining("build argument")]);
  });
});
