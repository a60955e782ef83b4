import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { Fn, TerraformOutput, TerraformVariable } from "cdktf";
import {
  AgentRuntimeArtifact,
  InboundUserPool,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type RuntimeProps,
} from "../../../constructs";
import { createStack, errorOf, fixtureArtifact, statementsOf, Synthesized } from "../support/synthesized";

const repositoryUrl = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/tools";
const containerUri = `${repositoryUrl}@sha256:${"0".repeat(64)}`;
const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri });

const synthesize = (props: Partial<RuntimeProps> = {}) =>
  Synthesized.from((stack) => new Runtime(stack, "tools", { agentRuntimeArtifact, ...props }));
const failure = (props: Partial<RuntimeProps>) =>
  errorOf(() => new Runtime(createStack(), "tools", { agentRuntimeArtifact, ...props }));

describe("Runtime", () => {
  test("hosts an MCP server that only signed calls reach, unless told otherwise", () => {
    expect(synthesize().only("aws_bedrockagentcore_agent_runtime")).toEqual({
      agent_runtime_name: expect.stringMatching(/^stack_tools_[0-9a-f]{8}$/) as string,
      agent_runtime_artifact: [{ container_configuration: [{ container_uri: containerUri }] }],
      network_configuration: [{ network_mode: "PUBLIC" }],
      protocol_configuration: [{ server_protocol: "MCP" }],
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });

  test("takes another protocol", () => {
    const { protocol_configuration } = synthesize({ protocolConfiguration: ProtocolType.of("NEW") }).only(
      "aws_bedrockagentcore_agent_runtime",
    );
    expect(protocol_configuration).toEqual([{ server_protocol: "NEW" }]);
  });

  test("is called at its encoded ARN", () => {
    const { json } = Synthesized.from((stack) => {
      const { invocationUrl } = new Runtime(stack, "tools", { agentRuntimeArtifact });
      new TerraformOutput(stack, "url", { value: invocationUrl });
    });
    const [runtime] = Object.keys(json.resource.aws_bedrockagentcore_agent_runtime ?? {});
    expect(json.output.url?.value).toBe(
      "https://bedrock-agentcore.${data.aws_region.agentcore.region}.amazonaws.com/runtimes/" +
        `\${urlencode(aws_bedrockagentcore_agent_runtime.${runtime}.agent_runtime_arn)}/invocations`,
    );
  });

  test("fails with every unusable value at once", () => {
    const error = failure({
      runtimeName: "my-tools",
      executionRoleName: "a b",
      description: "",
      environmentVariables: { [""]: "x", LONG: "x".repeat(5001) },
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl: "http://issuer.example" }),
    });
    expect(error).toMatchObject({
      problems: [
        { code: "NAME_INVALID", message: expect.stringContaining('runtime name "my-tools"') as string },
        { code: "NAME_INVALID", message: expect.stringContaining('role name "a b"') as string },
        { code: "LENGTH_OUT_OF_RANGE" },
        { code: "LENGTH_OUT_OF_RANGE" },
        { code: "LENGTH_OUT_OF_RANGE", message: expect.stringContaining("LONG has 5001 characters") as string },
        { code: "DISCOVERY_URL_INVALID" },
        { code: "JWT_ALLOW_LIST_MISSING" },
      ],
    });
  });

  test("fails for 51 environment variables", () => {
    const environmentVariables = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`V${index}`, "x"]));
    expect(failure({ environmentVariables })).toMatchObject({ code: "TOO_MANY_ENTRIES" });
  });
});

describe("RuntimeAuthorizerConfiguration", () => {
  const blockOf = (authorizerConfiguration: RuntimeAuthorizerConfiguration) =>
    synthesize({ authorizerConfiguration }).only("aws_bedrockagentcore_agent_runtime").authorizer_configuration;
  const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";

  test("usingIAM leaves the block out", () => {
    expect(blockOf(RuntimeAuthorizerConfiguration.usingIAM())).toBeUndefined();
  });

  test("usingJWT passes clients and audience on, and leaves empty lists out", () => {
    expect(blockOf(RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedAudience: ["api"] }))).toEqual([
      { custom_jwt_authorizer: [{ discovery_url: discoveryUrl, allowed_audience: ["api"] }] },
    ]);
    const both = { discoveryUrl, allowedClients: ["one", "two"], allowedAudience: [] };
    expect(blockOf(RuntimeAuthorizerConfiguration.usingJWT(both))).toEqual([
      { custom_jwt_authorizer: [{ discovery_url: discoveryUrl, allowed_clients: ["one", "two"] }] },
    ]);
  });

  test("usingCognito accepts other clients of the pool when they are named", () => {
    const synthesized = Synthesized.from((stack) => {
      const userPool = new InboundUserPool(stack, "people");
      const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingCognito({
        userPool,
        allowedClients: ["abc"],
      });
      new Runtime(stack, "tools", { agentRuntimeArtifact, authorizerConfiguration });
    });
    const { authorizer_configuration } = synthesized.only("aws_bedrockagentcore_agent_runtime");
    expect(authorizer_configuration).toMatchObject([{ custom_jwt_authorizer: [{ allowed_clients: ["abc"] }] }]);
  });

  test("fails when it would accept every token of the issuer", () => {
    const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedClients: [] });
    expect(failure({ authorizerConfiguration })).toMatchObject({ code: "JWT_ALLOW_LIST_MISSING" });
  });
});

describe("the execution role", () => {
  const policyOf = (synthesized: Synthesized) => statementsOf(synthesized.only("aws_iam_role_policy").policy);

  test("trusts AgentCore on behalf of this account only", () => {
    const [statement] = statementsOf(synthesize().only("aws_iam_role").assume_role_policy);
    const account = "${data.aws_caller_identity.agentcore.account_id}";
    expect(statement).toEqual({
      Effect: "Allow",
      Principal: { Service: "bedrock-agentcore.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: {
          "aws:SourceArn": `arn:\${data.aws_partition.agentcore.partition}:bedrock-agentcore:\${data.aws_region.agentcore.region}:${account}:*`,
        },
      },
    });
  });

  test("has * for a resource only where AWS defines none", () => {
    const wildcards = policyOf(synthesize()).filter(({ Resource }) => Resource?.includes("*"));
    expect(wildcards.map(({ Action }) => Action)).toEqual([["ecr:GetAuthorizationToken"]]);
  });

  test("writes to the runtime's own log groups", () => {
    const writes = policyOf(synthesize({ runtimeName: "tools" })).find(({ Sid }) => Sid === "WriteLogs");
    expect(writes?.Resource).toEqual([
      expect.stringMatching(/:log-group:\/aws\/bedrock-agentcore\/runtimes\/tools-\*:log-stream:\*$/),
    ]);
  });

  test.each([
    [
      "of a private image by tag",
      `${repositoryUrl}:1`,
      ["arn:${data.aws_partition.agentcore.partition}:ecr:eu-west-1:123456789012:repository/team/tools"],
    ],
    [
      "of a private image by digest",
      containerUri,
      ["arn:${data.aws_partition.agentcore.partition}:ecr:eu-west-1:123456789012:repository/team/tools"],
    ],
    ["of a public image not at all", "public.ecr.aws/team/tools:1", undefined],
  ])("reads the repository %s", (_, uri, expected) => {
    const artifact = AgentRuntimeArtifact.fromImageUri({ containerUri: uri });
    const pull = policyOf(synthesize({ agentRuntimeArtifact: artifact })).find(({ Sid }) => Sid === "PullImage");
    expect(pull?.Resource).toEqual(expected);
  });
});

describe("AgentRuntimeArtifact", () => {
  test("fromEcrRepository runs what a tag of an existing repository names in the plan", () => {
    const synthesized = Synthesized.from((stack) => {
      const repository = new DataAwsEcrRepository(stack, "existing", { name: "tools" });
      const artifact = AgentRuntimeArtifact.fromEcrRepository({ repository, tag: "v1" });
      new Runtime(stack, "tools", { agentRuntimeArtifact: artifact });
    });
    const [image = ""] = Object.keys(synthesized.json.data.aws_ecr_image ?? {});
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime").agent_runtime_artifact).toEqual([
      {
        container_configuration: [
          {
            container_uri: `\${data.aws_ecr_repository.existing.repository_url}@\${data.aws_ecr_image.${image}.image_digest}`,
          },
        ],
      },
    ]);
    expect(synthesized.json.data.aws_ecr_image?.[image]).toEqual({
      region: '${element(split(":", data.aws_ecr_repository.existing.arn), 3)}',
      registry_id: '${element(split(":", data.aws_ecr_repository.existing.arn), 4)}',
      repository_name: '${element(split(":repository/", data.aws_ecr_repository.existing.arn), 1)}',
      image_tag: "v1",
    });
    const [pull] = statementsOf(synthesized.only("aws_iam_role_policy").policy);
    expect(pull?.Resource).toEqual(["${data.aws_ecr_repository.existing.arn}"]);
    expect(synthesized.json.resource).not.toHaveProperty("aws_ecr_repository");
  });

  test.each([
    [":1.4", "1.4"],
    ["", "latest"],
  ])("fromImageUri runs what the tag of a private image names in the plan: %j", (suffix, tag) => {
    const artifact = AgentRuntimeArtifact.fromImageUri({ containerUri: repositoryUrl + suffix });
    const synthesized = synthesize({ agentRuntimeArtifact: artifact });
    const [[name, image] = []] = Object.entries(synthesized.json.data.aws_ecr_image ?? {});
    expect(image).toEqual({
      region: "eu-west-1",
      registry_id: "123456789012",
      repository_name: "team/tools",
      image_tag: tag,
    });
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime").agent_runtime_artifact).toEqual([
      { container_configuration: [{ container_uri: `${repositoryUrl}@\${data.aws_ecr_image.${name}.image_digest}` }] },
    ]);
  });

  test.each<[string, string, string?]>([
    ["a digest", containerUri],
    ["a tag and a digest", containerUri.replace("@", ":1@")],
    ["a public image", "public.ecr.aws/team/tools:1"],
    ["a URI that Terraform makes", Fn.join(":", [repositoryUrl, "1"]), `\${join(":", ["${repositoryUrl}", "1"])}`],
  ])("fromImageUri leaves %s as it is", (_, uri, synthesizedUri = uri) => {
    const repositoryArn = "arn:aws:ecr:eu-west-1:123456789012:repository/team/tools";
    const artifact = AgentRuntimeArtifact.fromImageUri({ containerUri: uri, repositoryArn });
    const synthesized = synthesize({ agentRuntimeArtifact: artifact });
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime").agent_runtime_artifact).toEqual([
      { container_configuration: [{ container_uri: synthesizedUri }] },
    ]);
    expect(synthesized.json.data).not.toHaveProperty("aws_ecr_image");
  });

  test("fromAsset has the runtime wait for the build", () => {
    const synthesized = synthesize({ runtimeName: "My_tools_", agentRuntimeArtifact: fixtureArtifact() });
    expect(synthesized.only("aws_ecr_repository").name).toBe("my-tools");
    const { depends_on } = synthesized.only("aws_bedrockagentcore_agent_runtime");
    expect(depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
      expect.stringMatching(/^terraform_data\./),
    ]);
  });

  test.each(["docker.io/library/node:22", "node", "12345.dkr.ecr.eu-west-1.amazonaws.com/tools", ""])(
    "fromImageUri fails for %j",
    (uri) => {
      const artifact = AgentRuntimeArtifact.fromImageUri({ containerUri: uri });
      expect(failure({ agentRuntimeArtifact: artifact })).toMatchObject({ code: "CONTAINER_URI_INVALID" });
    },
  );

  test("fromImageUri fails for a URI that only Terraform knows, unless the repository is named", () => {
    const stack = createStack();
    const uri = new TerraformVariable(stack, "image", { type: "string" }).stringValue;
    const define = (id: string, repositoryArn?: string) => () =>
      new Runtime(stack, id, {
        agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({ containerUri: uri, repositoryArn }),
      });
    expect(errorOf(define("one"))).toMatchObject({ code: "CONTAINER_URI_INVALID" });
    expect(define("two", "arn:aws:ecr:eu-west-1:123456789012:repository/tools")).not.toThrow();
  });

  test.each([
    [{ directory: "/does/not/exist" }, "BUILD_CONTEXT_INVALID"],
    [{ directory: __dirname }, "BUILD_CONTEXT_INVALID"],
    [{ directory: __filename }, "BUILD_CONTEXT_INVALID"],
  ])("fromAsset fails for %j", (options, code) => {
    expect(failure({ agentRuntimeArtifact: AgentRuntimeArtifact.fromAsset(options) })).toMatchObject({ code });
  });
});
