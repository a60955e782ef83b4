import {
  readDocument,
  type ReadingOptions,
  readStacks,
  TopologyError,
  topologyOf,
  inventoryOfStacks,
  topologyOfStacks,
} from "../../topology";
import { deploy } from "./fake-account";
import { failureOf, outputsOf } from "./failure";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

const ACCOUNT = "us-east-1:123456789012";

describe("a resource that no service here creates answers with ids and ARNs that are made up", () => {
  const HEX = (length: number): unknown => expect.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  test.each<[string, object, string, unknown]>([
    ["random_id", { byte_length: 4 }, "hex", HEX(8)],
    ["random_id", { byte_length: 4, prefix: "p-" }, "dec", expect.stringMatching(/^p-\d+$/)],
    ["random_bytes", { length: 3 }, "base64", expect.stringMatching(/^[\w+/]{4}$/)],
    ["random_string", { length: 6, special: false, upper: false }, "result", expect.stringMatching(/^[a-z0-9]{6}$/)],
    ["random_string", { length: 6, lower: false, upper: false, numeric: false, override_special: "-" }, "id", "------"],
    ["random_password", { length: 9, min_numeric: 9 }, "result", expect.stringMatching(/^\d{9}$/)],
    [
      "random_uuid",
      {},
      "result",
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
    ],
    ["random_integer", { min: 7, max: 7 }, "result", 7],
    ["random_pet", { length: 3, prefix: "x", separator: "_" }, "id", expect.stringMatching(/^x_[a-z]+_[a-z]+_[a-z]+$/)],
    ["random_shuffle", { input: ["a", "a"], result_count: 1 }, "result", ["a"]],
    ["random_shuffle", { input: ["a", "a"], result_count: 3 }, "result", ["a", "a", "a"]],
    ["random_shuffle", { input: [], result_count: 3 }, "result", []],
    ["random_string", { length: 2, override_special: "" }, "result", expect.stringMatching(/^..$/)],
    [
      "aws_kms_key",
      { description: "mine" },
      "arn",
      expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\/[0-9a-f-]{36}$/),
    ],
    ["aws_kms_key", { description: "mine" }, "description", "mine"],
    ["aws_dynamodb_table", { name: "orders" }, "arn", `arn:aws:dynamodb:${ACCOUNT}:table/orders`],
    ["aws_sns_topic", {}, "arn", expect.stringMatching(/^arn:aws:sns:us-east-1:123456789012:terraform-[0-9a-f]{26}$/)],
    ["aws_ssm_parameter", { name: "/mcp/pool", value: "v" }, "arn", `arn:aws:ssm:${ACCOUNT}:parameter/mcp/pool`],
    [
      "aws_apigatewayv2_api",
      { name: "a" },
      "arn",
      expect.stringMatching(/^arn:aws:apigateway:us-east-1::\/apis\/\w{10}$/),
    ],
    ["aws_apigatewayv2_stage", { api_id: "a", name: "b" }, "execution_arn", `arn:aws:execute-api:${ACCOUNT}:a/b`],
    ["aws_appconfig_environment", { application_id: "a", name: "b" }, "id", expect.stringMatching(/^\w{7}:a$/)],
    ["aws_bedrock_guardrail_version", { guardrail_arn: "g" }, "version", "1"],
    [
      "aws_bedrockagentcore_memory_strategy",
      { name: "facts" },
      "memory_strategy_id",
      expect.stringMatching(/^facts-\w{10}$/),
    ],
    ["aws_db_instance", { identifier: "shop" }, "arn", `arn:aws:rds:${ACCOUNT}:db:shop`],
    [
      "aws_iam_openid_connect_provider",
      { url: "https://a.b/c" },
      "arn",
      "arn:aws:iam::123456789012:oidc-provider/a.b/c",
    ],
    ["aws_iam_user", { name: "ci" }, "arn", "arn:aws:iam::123456789012:user/ci"],
    ["aws_kinesis_stream", { name: "clicks" }, "arn", `arn:aws:kinesis:${ACCOUNT}:stream/clicks`],
    ["aws_ssm_parameter", { name: "/mcp/pool", value: "v" }, "value", "v"],
    ["aws_secretsmanager_secret_version", { secret_id: "arn:mine", secret_string: "s" }, "arn", "arn:mine"],
    ["aws_security_group", {}, "id", expect.stringMatching(/^sg-[0-9a-f]{17}$/)],
    ["null_resource", {}, "id", expect.stringMatching(/^\d{19}$/)],
  ])("%s %p, asked for %s", (type, values, attribute, value) => {
    const configuration = {
      resource: { [type]: { x: values } },
      output: { x: { value: `\${${type}.x.${attribute}}`, sensitive: true } },
    };
    expect(outputsOf(configuration)).toEqual({ x: value });
    expect(outputsOf(configuration)).toEqual(outputsOf(configuration));
  });

  test.each<[string, object, string]>([
    ["random_id", { byte_length: 8e9 }, "byte_length must be a whole number from 1 to 65536, not 8000000000"],
    ["random_id", { byte_length: -3 }, "byte_length must be a whole number from 1 to 65536, not -3"],
    ["random_bytes", { length: 2.5 }, "length must be a whole number from 1 to 65536, not 2.5"],
    [
      "random_string",
      { length: 3, min_lower: 2, min_upper: 2 },
      "length must be a whole number from 4 to 65536, not 3",
    ],
    ["random_password", { length: 3, min_lower: -2 }, "min_lower must be a whole number from 0 to 65536, not -2"],
    ["random_pet", { length: 1e8 }, "length must be a whole number from 0 to 65536, not 100000000"],
    ["random_integer", { min: 10, max: 3 }, "max must be a whole number from 10 to 9007199254740991, not 3"],
    [
      "random_shuffle",
      { input: ["a"], result_count: -1 },
      "result_count must be a whole number from 0 to 65536, not -1",
    ],
  ])("%s %p is refused", (type, values, reason) => {
    const configuration = { resource: { [type]: { x: values } }, output: { x: { value: `\${${type}.x}` } } };
    expect(failureOf(configuration).message).toBe(`${type}.x: the argument ${reason}.`);
  });

  test("and one line says so of all whose answers are used, but of what is random by its nature", () => {
    const { assumptions, resources } = readTopology(
      temporaryFolder({
        "main.tf.json": {
          resource: {
            random_id: { x: { byte_length: 2 } },
            aws_kms_key: { used: {}, unused: {} },
            aws_dynamodb_table: { used: { name: "orders-${random_id.x.hex}" } },
            aws_cognito_user_pool: { x: { name: "people-${random_id.x.hex}" } },
          },
          output: { x: { value: "${aws_kms_key.used.arn} ${aws_dynamodb_table.used.arn}" } },
        },
      }),
    );
    expect(resources.map(({ address }) => address)).toEqual(["aws_cognito_user_pool.x"]);
    expect(assumptions).toEqual([
      "aws_kms_key.used, aws_dynamodb_table.used are not created here: their ids and ARNs are made up.",
    ]);
  });

  test("and what would matter to calls, and is not emulated, is named", () => {
    const { assumptions } = readTopology(
      temporaryFolder({
        "main.tf.json": {
          resource: {
            aws_bedrockagentcore_gateway_rule: { tenant: {} },
            aws_cognito_identity_provider: { okta: {} },
            aws_cloudwatch_metric_alarm: { calls: {} },
          },
        },
      }),
    );
    expect(assumptions).toEqual([
      "Nothing is emulated of aws_bedrockagentcore_gateway_rule.tenant, aws_cognito_identity_provider.okta.",
    ]);
  });

  test("an object in S3 has the ARN of its key", () => {
    const configuration = {
      resource: {
        aws_s3_bucket: { x: { bucket: "schemas" } },
        aws_s3_object: { x: { bucket: "${aws_s3_bucket.x.bucket}", key: "tools/a.json", content: "{}" } },
      },
      output: { x: { value: "${aws_s3_object.x.arn}" } },
    };
    expect(outputsOf(configuration)).toEqual({ x: "arn:aws:s3:::schemas/tools/a.json" });
  });

  test("no address of a host outside of this machine is made up", () => {
    const configuration = {
      resource: { aws_sqs_queue: { x: { name: "orders" } } },
      output: { x: { value: "${aws_sqs_queue.x.url}" } },
    };
    expect(() => outputsOf(configuration)).toThrow(
      `output.x needs url of aws_sqs_queue.x, with which it does not answer here; say what it answers with --data 'aws_sqs_queue.x={"url": …}'.`,
    );
  });
});

describe("a data source that looks at what exists answers by a stand-in", () => {
  test.each<[string, object, string, unknown]>([
    ["aws_iam_role", { name: "mcp" }, "arn", "arn:aws:iam::123456789012:role/mcp"],
    ["aws_iam_role", { name: "mcp" }, "id", "mcp"],
    ["aws_iam_policy", { name: "team-tools" }, "arn", "arn:aws:iam::123456789012:policy/team-tools"],
    ["aws_lambda_function", { function_name: "orders" }, "arn", `arn:aws:lambda:${ACCOUNT}:function:orders`],
    [
      "aws_lambda_function",
      { function_name: "arn:aws:lambda:us-east-1:210987654321:function:orders:live", qualifier: "2" },
      "qualified_arn",
      "arn:aws:lambda:us-east-1:210987654321:function:orders:2",
    ],
    ["aws_s3_bucket", { bucket: "schemas" }, "bucket_regional_domain_name", "schemas.s3.us-east-1.amazonaws.com"],
    ["aws_ssm_parameter", { name: "/mcp/pool" }, "arn", `arn:aws:ssm:${ACCOUNT}:parameter/mcp/pool`],
    ["aws_ssm_parameter", { name: "/mcp/pool" }, "value", "value-of-data.aws_ssm_parameter.x"],
    ["aws_secretsmanager_secret", { arn: `arn:aws:secretsmanager:${ACCOUNT}:secret:m2m-AbCdEf` }, "name", "m2m"],
    [
      "aws_secretsmanager_secret_version",
      { secret_id: `arn:aws:secretsmanager:${ACCOUNT}:secret:m2m-AbCdEf` },
      "secret_string",
      "secret-of-data.aws_secretsmanager_secret_version.x",
    ],
    ["aws_cognito_user_pools", { name: "people" }, "ids[0]", expect.stringMatching(/^us-east-1_[a-z0-9]{9}$/)],
    [
      "aws_cognito_user_pool",
      { user_pool_id: "eu-central-1_AbCdEfGhI" },
      "endpoint",
      "cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
    ],
    ["aws_cognito_user_pool", { user_pool_id: "us-east-1_AbCdEfGhI" }, "domain", "us-east-1abcdefghi"],
    [
      "aws_cognito_user_pool_client",
      { user_pool_id: "us-east-1_AbCdEfGhI", client_id: "abc" },
      "client_secret",
      expect.stringMatching(/^[a-z0-9]{51}$/),
    ],
    ["aws_ecr_repository", { name: "mcp" }, "repository_url", "123456789012.dkr.ecr.us-east-1.amazonaws.com/mcp"],
    [
      "aws_ecr_image",
      { repository_name: "mcp", most_recent: true },
      "image_uri",
      expect.stringMatching(/^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/mcp@sha256:[0-9a-f]{64}$/),
    ],
    [
      "aws_ecr_image",
      { repository_name: "mcp", region: "eu-west-1", registry_id: "210987654321", image_tag: "1" },
      "image_uri",
      expect.stringMatching(/^210987654321\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/mcp@sha256:[0-9a-f]{64}$/),
    ],
    ["aws_ecr_authorization_token", {}, "proxy_endpoint", "https://123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    ["aws_availability_zones", { state: "available" }, "names[1]", "us-east-1b"],
    ["aws_dynamodb_table", { name: "orders" }, "arn", `arn:aws:dynamodb:${ACCOUNT}:table/orders`],
  ])("%s %p, asked for %s", (type, values, attribute, value) => {
    const configuration = {
      data: { [type]: { x: values } },
      output: { x: { value: `\${data.${type}.x.${attribute}}` } },
    };
    expect(outputsOf(configuration)).toEqual({ x: value });
    expect(outputsOf(configuration)).toEqual(outputsOf(configuration));
  });

  test("and a line says so, for each whose answer is used", () => {
    const { assumptions } = readTopology(
      temporaryFolder({
        "main.tf.json": {
          data: { aws_iam_role: { used: { name: "a" }, unused: { name: "b" } }, aws_region: { current: {} } },
          output: { x: { value: "${data.aws_iam_role.used.arn} ${data.aws_region.current.name}" } },
        },
      }),
    );
    expect(assumptions).toEqual([
      "Nothing is looked up for data.aws_iam_role.used, and a stand-in answers: say what it answers with --data 'data.aws_iam_role.used={…}' where that matters.",
    ]);
  });

  test("with what a resource of the stack says", () => {
    const configuration = {
      resource: { aws_ecr_repository: { own: { name: "own" } } },
      data: { aws_ecr_image: { x: { repository_name: "${aws_ecr_repository.own.name}" } } },
      output: { x: { value: '${split("@", data.aws_ecr_image.x.image_uri)[0]}' } },
    };
    expect(outputsOf(configuration)).toEqual({ x: "123456789012.dkr.ecr.us-east-1.amazonaws.com/own" });
    expect(readTopology(temporaryFolder({ "main.tf.json": configuration })).assumptions).toEqual([]);
  });
});

describe("an answer that is given", () => {
  const pools = {
    data: {
      aws_vpc: { main: { tags: { name: "main" } } },
      aws_ssm_parameter: { pool: { for_each: '${toset(["eu"])}', name: "/pool/${each.key}" } },
    },
    output: {
      vpc: { value: "${data.aws_vpc.main.id}" },
      pool: { value: '${data.aws_ssm_parameter.pool["eu"].value}' },
    },
  };
  const answers = { "data.aws_vpc.main": '{"id": "vpc-1"}', 'data.aws_ssm_parameter.pool["eu"]': '{"value": "p=1"}' };

  function deployed(given: Record<string, string>): unknown {
    const document = readDocument(temporaryFolder({ "main.tf.json": pools }), { answers: given });
    const topology = topologyOf(document);
    return { outputs: deploy(topology).outputs, assumptions: topology.assumptions };
  }

  test("says what a resource has that is not created here, beside what is made up", () => {
    const configuration = {
      resource: { aws_db_instance: { x: { identifier: "orders" } } },
      output: {
        x: { value: "${aws_db_instance.x.address}:${aws_db_instance.x.port}" },
        arn: { value: "${aws_db_instance.x.arn}" },
      },
    };
    const given = { "aws_db_instance.x": '{"address": "localhost", "port": 5432}' };
    const document = readDocument(temporaryFolder({ "main.tf.json": configuration }), { answers: given });
    expect(deploy(topologyOf(document)).outputs).toEqual({
      x: "localhost:5432",
      arn: "arn:aws:rds:us-east-1:123456789012:db:orders",
    });
  });

  test("counts in the place of a stand-in, and for kinds that have none", () => {
    expect(deployed(answers)).toEqual({ outputs: { vpc: "vpc-1", pool: "p=1" }, assumptions: [] });
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "names no data source of the stack",
      { ...answers, "data.aws_vpc.mian": "{}" },
      '--data names data.aws_vpc.mian, which is no data source or made-up resource of the stack: there are data.aws_vpc.main, data.aws_ssm_parameter.pool["eu"].',
    ],
    [
      "is no JSON",
      { ...answers, "data.aws_vpc.main": "{id: 1}" },
      "The answer of data.aws_vpc.main is not JSON: it goes wrong at line 1, column 2.",
    ],
    [
      "is no object",
      { ...answers, "data.aws_vpc.main": "[]" },
      "The answer of data.aws_vpc.main is not a Terraform configuration: it holds no JSON object.",
    ],
    [
      "lacks what is needed",
      { ...answers, "data.aws_vpc.main": "{}" },
      "output.vpc needs a value of data.aws_vpc.main, but the kind aws_vpc is not supported; say what it answers with --data 'data.aws_vpc.main={\"id\": …}'.",
    ],
  ])("and is refused where it %s", (_, given, message) => {
    expect(() => deployed(given)).toThrow(expect.objectContaining({ message }) as TopologyError);
  });
});

test.each([
  [
    "an attribute that a stand-in lacks",
    { aws_iam_role: { x: { name: "a" } } },
    "${data.aws_iam_role.x.create_date}",
    /output\.x needs create_date of data\.aws_iam_role\.x, with which it does not answer here; say what it answers with --data 'data\.aws_iam_role\.x=\{"create_date": …\}'\.$/,
  ],
  [
    "a made-up text that an expression does not take",
    { aws_secretsmanager_secret_version: { x: { secret_id: "a" } } },
    "${jsondecode(data.aws_secretsmanager_secret_version.x.secret_string).key}",
    /--data 'data\.aws_secretsmanager_secret_version\.x=\{"secret_string": …\}'\.$/,
  ],
])("says how to answer for %s", (_, data, value, message) => {
  expect(failureOf({ data, output: { x: { value } } }).message).toMatch(message);
});

describe("several stacks of a cdktf.out", () => {
  const backend = (name: string): object => ({ local: { path: `/state/terraform.${name}.tfstate` } });
  const state = (name: string): object => ({ backend: "local", config: { path: `/state/terraform.${name}.tfstate` } });

  type StackOf = readonly [name: string, dependencies: readonly string[], content: object];

  function outOf(...stacks: readonly StackOf[]): string {
    const named = stacks.map(([name, dependencies]): [string, object] => [
      name,
      { name, dependencies, workingDirectory: `stacks/${name}` },
    ]);
    const files = stacks.map(([name, , content]): [string, object] => [
      `stacks/${name}/cdk.tf.json`,
      { terraform: { backend: backend(name) }, ...content },
    ]);
    return temporaryFolder({ "manifest.json": { stacks: Object.fromEntries(named) }, ...Object.fromEntries(files) });
  }

  const reader: StackOf = [
    "app",
    ["base"],
    {
      variable: { stage: { type: "string", default: "dev" } },
      data: {
        terraform_remote_state: { base: { ...state("base"), defaults: { kept: "by default" } } },
        aws_vpc: { main: {} },
      },
      resource: {
        aws_iam_role: { same: { name: "${data.terraform_remote_state.base.outputs.name}", assume_role_policy: "{}" } },
      },
      output: {
        shared: {
          value: "${data.terraform_remote_state.base.outputs.name} ${data.terraform_remote_state.base.outputs.kept}",
        },
        own: { value: "${data.aws_vpc.main.id} ${var.stage}" },
      },
    },
  ];
  const base: StackOf = [
    "base",
    [],
    {
      resource: { aws_iam_role: { same: { name: "base", assume_role_policy: "{}" } } },
      output: {
        name: { value: "${aws_iam_role.same.name}-of-base" },
        shared: { value: 1 },
        "cross-stack-output-x": { value: "hidden" },
      },
    },
  ];

  function deployed(folder: string, options: ReadingOptions): ReturnType<typeof deploy> {
    return deploy(topologyOfStacks(readStacks(folder, options)));
  }

  test.each<[string, ReadingOptions]>([
    ["the address alone", { answers: { "data.aws_vpc.main": '{"id": "vpc-1"}' } }],
    ["the name of the stack before it", { answers: { "app/data.aws_vpc.main": '{"id": "vpc-1"}' } }],
  ])("deploy in the order of their dependencies, each with the others' outputs; --data takes %s", (_, options) => {
    const assignments = [{ kind: "value" as const, name: "stage", text: "test" }];
    const { declarations, outputs } = deployed(outOf(reader, base), { ...options, assignments });
    expect(Object.keys(declarations)).toEqual(["base/aws_iam_role.same", "app/aws_iam_role.same"]);
    expect(declarations["app/aws_iam_role.same"]).toMatchObject({ roleName: "base-of-base" });
    expect(outputs).toEqual({
      name: "base-of-base",
      base_shared: 1,
      app_shared: "base-of-base by default",
      own: "vpc-1 test",
    });
  });

  test("what is said of a state wins over what its stack outputs", () => {
    const said = { "data.terraform_remote_state.base": '{"outputs": {"name": "said", "kept": "so"}}' };
    const options = { answers: { ...said, "data.aws_vpc.main": '{"id": "vpc-1"}' } };
    const folder = outOf(reader, base);
    const { declarations, outputs } = deployed(folder, options);
    expect(declarations["app/aws_iam_role.same"]).toMatchObject({ roleName: "said" });
    expect(outputs).toMatchObject({ app_shared: "said so" });
    const { instances } = inventoryOfStacks(readStacks(folder, options));
    const role = instances.find(({ address }) => address === "app/aws_iam_role.same");
    expect(role?.arguments.text("name")).toBe("said");
  });

  const vpc = { "data.aws_vpc.main": '{"id": "vpc-1"}' };
  test.each<[string, () => unknown, string]>([
    [
      "a stack whose state is none of theirs",
      () =>
        deployed(
          outOf(
            [
              "app",
              [],
              {
                data: { terraform_remote_state: { x: state("far") } },
                output: { x: { value: "${data.terraform_remote_state.x.outputs.id}" } },
              },
            ],
            base,
          ),
          {},
        ),
      "app: data.terraform_remote_state.x reads the state of a stack that is not deployed with this one; give the cdktf.out with both, or say",
    ],
    [
      "stacks in several regions",
      () => deployed(outOf(reader, ["base", [], { provider: { aws: [{ region: "eu-west-1" }] } }]), { answers: vpc }),
      "app is in region us-east-1, and another stack is in eu-west-1: name the folder of one, such as cdktf.out/stacks/app.",
    ],
    [
      "stacks that depend on each other",
      () => deployed(outOf(reader, ["base", ["app"], {}]), { answers: vpc }),
      "These refer to each other in a circle: app → base → app.",
    ],
    [
      "a variable that no stack has",
      () => deployed(outOf(reader, base), { answers: vpc, assignments: [{ kind: "value", name: "stag", text: "x" }] }),
      "var.stag is given a value with -var, but the root module declares no such variable.",
    ],
  ])("fail for %s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
