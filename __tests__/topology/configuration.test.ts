import { ENVIRONMENT } from "./fake-account";
import { failureOf, outputsOf } from "./failure";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

const data = (...names: string[]): object => Object.fromEntries(names.map((name) => [name, {}]));

function topologyOf(configuration: object): ReturnType<typeof readTopology> {
  return readTopology(temporaryFolder({ "main.tf.json": configuration }));
}

function addressesOf(configuration: object): string[] {
  return topologyOf(configuration).resources.map((resource) => resource.address);
}

describe("order", () => {
  test("follows the declaration where nothing depends on anything", () => {
    expect(addressesOf({ resource: { terraform_data: data("c", "a", "b") } })).toEqual([
      "terraform_data.c",
      "terraform_data.a",
      "terraform_data.b",
    ]);
  });

  test("puts dependencies first: by reference, local, depends_on, provisioner and through an unsupported resource", () => {
    const configuration = {
      locals: { via: "${terraform_data.by_local.id}" },
      resource: {
        terraform_data: {
          last: {
            input: ["${local.via}", "${terraform_data.by_reference.id}"],
            provisioner: [{ "local-exec": { command: "echo ${terraform_data.by_provisioner.id} ${self.id}" } }],
            depends_on: ["terraform_data.by_depends_on", "time_sleep.wait"],
          },
          by_local: {},
          by_reference: {},
          by_provisioner: {},
          by_depends_on: {},
          by_unsupported: {},
        },
        time_sleep: { wait: { create_duration: "10s", depends_on: ["terraform_data.by_unsupported"] } },
      },
    };
    const addresses = addressesOf(configuration);
    expect(addresses.indexOf("terraform_data.last")).toBe(5);
    expect(topologyOf(configuration).unsupported).toEqual([{ address: "time_sleep.wait", type: "time_sleep" }]);
  });

  test("holds for a chain longer than the call stack", () => {
    const count = 20_000;
    const locals = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`l${index}`, index + 1 < count ? `\${local.l${index + 1}}` : "end"]),
    );
    expect(outputsOf({ locals, output: { found: { value: "${local.l0}" } } })).toEqual({ found: "end" });
  });
});

describe("references", () => {
  test.each([
    ["a resource", { output: { x: { value: "${aws_iam_role.gone.arn}" } } }, "output.x", "aws_iam_role.gone"],
    ["a local", { resource: { terraform_data: { x: { input: "${local.gone}" } } } }, "terraform_data.x", "local.gone"],
    ["a variable", { locals: { x: "${var.gone}" } }, "local.x", "var.gone"],
    ["a data source", { locals: { x: "${data.aws_region.gone.id}" } }, "local.x", "data.aws_region.gone"],
    ["a module", { output: { x: { value: "${module.gone.y}" } } }, "output.x", "module.gone"],
    [
      "depends_on",
      { resource: { terraform_data: { x: { depends_on: ["aws_iam_role.gone"] } } } },
      "terraform_data.x",
      "aws_iam_role.gone",
    ],
    [
      "an unsupported resource",
      { resource: { aws_s3_bucket: { x: { bucket: "${local.gone}" } } } },
      "aws_s3_bucket.x",
      "local.gone",
    ],
  ])("fails on %s that is not declared", (_, configuration, address, target) => {
    const error = failureOf(configuration);
    expect(error.code).toBe("DANGLING_REFERENCE");
    expect(error.address).toBe(address);
    expect(error.message).toBe(`${address} refers to ${target}, which is not declared.`);
  });

  test("fails on a circle and names its members", () => {
    const error = failureOf({
      locals: { start: "${terraform_data.a.id}" },
      resource: { terraform_data: { a: { input: "${terraform_data.b.id}" }, b: { depends_on: ["terraform_data.a"] } } },
    });
    expect(error.code).toBe("REFERENCE_CYCLE");
    expect(error.message).toBe(
      "These refer to each other in a circle: terraform_data.a → terraform_data.b → terraform_data.a.",
    );
  });

  test("fails on a block that refers to itself", () => {
    expect(failureOf({ locals: { x: "${local.x}" } }).message).toContain("local.x → local.x");
  });

  test.each([
    [
      "by an argument",
      { resource: { terraform_data: { x: { input: "${aws_kms_external_key.key.arn}" } } } },
      "terraform_data.x",
    ],
    [
      "through a local",
      { locals: { l: "${aws_kms_external_key.key.arn}" }, output: { x: { value: "${local.l}" } } },
      "output.x",
    ],
  ])("fails where a value of an unsupported kind is needed %s", (_, configuration, address) => {
    const resource = "resource" in configuration ? configuration.resource : {};
    const error = failureOf({ ...configuration, resource: { ...resource, aws_kms_external_key: { key: {} } } });
    expect(error).toMatchObject({ code: "UNSUPPORTED_REFERENCE", address });
    expect(error.message).toBe(
      `${address} needs a value of aws_kms_external_key.key, but the kind aws_kms_external_key is not supported.`,
    );
  });

  test("fails where a value of a module or an unsupported data source is needed", () => {
    const module = { module: { net: { source: "example/net/aws" } }, output: { x: { value: "${module.net.id}" } } };
    expect(failureOf(module).message).toMatch(
      /^output\.x needs a value of module\.net, but its source example\/net\/aws is/,
    );
    const vpc = { data: { aws_vpc: { main: {} } }, output: { x: { value: "${data.aws_vpc.main.id}" } } };
    expect(failureOf(vpc).message).toContain("output.x needs a value of data.aws_vpc.main, but the kind aws_vpc");
  });

  test("leaves what is not needed alone, whatever is in it", () => {
    const topology = topologyOf({
      locals: { unused: "${unknown_function(%{" },
      data: { aws_vpc: { main: {} } },
      module: { net: { source: "example/net/aws" } },
      resource: {
        aws_lambda_function: {
          f: { for_each: '${toset(["one"])}', name: "${each.key}", filename: '${filebase64("x")}' },
        },
      },
    });
    expect(topology.resources).toEqual([]);
    expect(topology.unsupported).toEqual([
      { address: "data.aws_vpc.main", type: "aws_vpc" },
      { address: 'aws_lambda_function.f["one"]', type: "aws_lambda_function" },
      { address: "module.net", type: "module" },
    ]);
  });
});

describe("repetition", () => {
  test("takes one literal instance, which others see in a list", () => {
    const resource = { terraform_data: { x: { count: 1, input: "value ${count.index}" } } };
    expect(outputsOf({ resource, output: { x: { value: "${terraform_data.x[0].output}" } } })).toEqual({
      x: "value 0",
    });
  });

  test.each<[string, object, Record<string, unknown>]>([
    ["count", { count: "${var.n}", input: "${count.index}" }, { x: [0, 1] }],
    ["a count of none", { count: 0 }, { x: [] }],
    ["for_each over a set", { for_each: '${toset(["b", "a"])}', input: "${each.value}" }, { x: ["a", "b"] }],
    ["for_each over a map", { for_each: { k: "v" }, input: "${each.key}=${each.value}" }, { x: ["k=v"] }],
    [
      "for_each over a resource",
      { for_each: "${terraform_data.each}", input: "${each.value.input} ${each.value.id}" },
      { x: expect.arrayContaining([expect.stringMatching(/^one ./), expect.stringMatching(/^two ./)]) as unknown },
    ],
  ])("takes %s", (_, meta, outputs) => {
    const resource = {
      terraform_data: { x: meta, each: { for_each: { a: "one", b: "two" }, input: "${each.value}" } },
    };
    const output = {
      x: { value: "${[for each in values(tomap({ for k, v in terraform_data.x : k => v })) : each.input]}" },
    };
    expect(outputsOf({ variable: { n: { default: "2", type: "number" } }, resource, output })).toEqual(outputs);
  });

  test("takes dynamic blocks", () => {
    const scopes = { for_each: ["a", "b"], content: { scope_name: "${scope.value}", scope_description: "x" } };
    const server = { identifier: "id", name: "s", user_pool_id: "p", dynamic: { scope: scopes } };
    expect(
      outputsOf({
        resource: { aws_cognito_resource_server: { s: server } },
        output: { x: { value: "${aws_cognito_resource_server.s.scope_identifiers}" } },
      }),
    ).toEqual({ x: ["id/a", "id/b"] });
  });

  test("asks again what depends on what is assigned, through functions of any kind", () => {
    const resource = { terraform_data: { x: {}, y: { input: '${element(split("-", terraform_data.x.id), 1)}' } } };
    const value =
      '${upper(terraform_data.y.output)} ${length(terraform_data.x.id) > 3 ? replace(terraform_data.x.id, "/-.*/", "") : ""}';
    expect(outputsOf({ resource, output: { x: { value } } })).toEqual({ x: "28A8 3f1e4ad5" });
  });
});

describe("region", () => {
  const pool = (more: object): object => ({ resource: { aws_cognito_user_pool: { x: { name: "pool", ...more } } } });

  test.each([
    ["us-east-1 without a provider block", {}, "us-east-1"],
    ["us-east-1 where the block names none", { provider: { aws: [{}] } }, "us-east-1"],
    ["the region of the aws provider", { provider: { aws: [{ region: "eu-west-1" }] } }, "eu-west-1"],
    [
      "of the provider without an alias",
      { provider: { aws: [{ alias: "a", region: "x" }, { region: "eu-west-1" }] } },
      "eu-west-1",
    ],
    [
      "an expression",
      {
        variable: { r: { default: "eu" } },
        locals: { r: "${var.r}-west-1" },
        provider: { aws: { region: "${local.r}" } },
      },
      "eu-west-1",
    ],
  ])("is %s", (_, configuration, region) => {
    expect(topologyOf(configuration).region).toBe(region);
  });

  test("fails where a resource is in another region", () => {
    expect(failureOf(pool({ region: "eu-west-1" }))).toMatchObject({
      code: "UNSUPPORTED_REGION",
      address: "aws_cognito_user_pool.x",
    });
    const aliased = { provider: { aws: [{}, { alias: "eu", region: "eu-west-1" }] }, ...pool({ provider: "aws.eu" }) };
    expect(failureOf(aliased).message).toContain("is in region eu-west-1");
  });

  test("takes another provider configuration of the same region", () => {
    const aliased = {
      provider: { aws: [{}, { alias: "same", region: "us-east-1" }] },
      ...pool({ provider: "aws.same" }),
    };
    expect(failureOf({ ...aliased, output: { x: { value: "${1 / 0}" } } }).address).toBe("output.x");
  });
});

describe("variables", () => {
  test("fails on one that has no value", () => {
    const error = failureOf({ variable: { x: { type: "string" } }, output: { x: { value: "${var.x}" } } });
    expect(error).toMatchObject({ code: "MISSING_VARIABLE", address: "var.x" });
  });

  test("needs no value for one that nothing uses", () => {
    expect(outputsOf({ variable: { x: {} }, output: { y: { value: 1 } } })).toEqual({ y: 1 });
  });

  test.each([
    ["number", "many"],
    ["list(string)", "text"],
    ["map(number)", { a: "x" }],
    ["set(bool)", ["maybe"]],
    ["list(", []],
  ])("fails on a value that does not fit %s", (type, value) => {
    const error = failureOf({ variable: { x: { type } }, output: { x: { value: "${var.x}" } } }, { x: value });
    expect(error).toMatchObject({ code: "INVALID_CONFIGURATION", address: "var.x" });
  });
});

describe("data sources", () => {
  test("know the account and the region of the deployment", () => {
    const topology = topologyOf({
      data: { aws_region: { r: {} }, aws_caller_identity: { i: {} }, aws_partition: { p: {} } },
      output: {
        region: { value: ["${data.aws_region.r.region}", "${data.aws_region.r.name}", "${data.aws_region.r.id}"] },
        identity: { value: "${data.aws_caller_identity.i.account_id} ${data.aws_caller_identity.i.arn}" },
        partition: { value: "${data.aws_partition.p.partition} ${data.aws_partition.p.dns_suffix}", sensitive: true },
      },
    });
    const deployment = topology.deployment({ region: "cn-north-1", accountId: "210987654321", partition: "aws-cn" });
    expect(deployment.outputs()).toEqual({
      region: { value: ["cn-north-1", "cn-north-1", "cn-north-1"], sensitive: false },
      identity: { value: "210987654321 arn:aws-cn:iam::210987654321:root", sensitive: false },
      partition: { value: "aws-cn amazonaws.com.cn", sensitive: true },
    });
  });
});

describe("deployment", () => {
  test("knows the outputs that need nothing of resources which are not created yet", () => {
    const topology = topologyOf({
      resource: { terraform_data: { x: {} } },
      output: { x: { value: "${terraform_data.x.id}", sensitive: true }, y: { value: "known" } },
    });
    expect(topology.deployment(ENVIRONMENT).outputs()).toEqual({
      x: { value: undefined, sensitive: true },
      y: { value: "known", sensitive: false },
    });
  });

  test("fails on a resource that needs a value of another before that is created", () => {
    const topology = topologyOf({
      resource: { terraform_data: { x: {}, y: { input: "${terraform_data.x.id}" } } },
    });
    const [, second = { address: "", kind: "terraformData" as const }] = topology.resources;
    expect(() => topology.deployment(ENVIRONMENT).declaration(second)).toThrow(
      "terraform_data.y needs a value of terraform_data.x, which is not created yet.",
    );
  });
});
