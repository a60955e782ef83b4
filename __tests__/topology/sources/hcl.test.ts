import { join } from "node:path";
import { TopologyError } from "../../../topology";
import { deploy } from "../fake-account";
import { temporaryFolder } from "../../support/temporary-folder";
import { readInventory, readTopology } from "../reading";

function output(files: Record<string, unknown>, path = ""): unknown {
  return deploy(readTopology(join(temporaryFolder(files), path))).outputs["found"];
}

const value = (expression: string): string => `output "found" {\n  value = ${expression}\n}\n`;

function failure(files: Record<string, unknown>): TopologyError {
  try {
    deploy(readTopology(temporaryFolder(files)));
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

describe("what HCL says", () => {
  const cases: [string, string, unknown][] = [
    ["text with escapes", '"a\\tb\\"c\\\\ \\u00e9 $${x} %%{y}"', 'a\tb"c\\ é ${x} %{y}'],
    ["numbers", "[1, 2.5, 1e3, -4]", [1, 2.5, 1000, -4]],
    [
      "an object with keys of every kind",
      '{ a = 1, "b.c" = null, (local.key) = 3, "${local.key}-x" : 4 }',
      { a: 1, "b.c": null, k: 3, "k-x": 4 },
    ],
    ["a heredoc", '<<EOT\n  ${local.key} "quoted" \\n\nEOT', '  k "quoted" \\n\n'],
    ["an indented heredoc", "<<-EOT\n    a\n      ${local.key}\n    EOT", "a\n  k\n"],
    ["a condition", 'local.key == "k" ? [local.key] : []', ["k"]],
    ["functions over lines", 'jsonencode({\n  a = [\n    local.key,\n  ]\n  "b" = true\n})', '{"a":["k"],"b":true}'],
    ["for and splat", "[for x in local.list[*].a : x * 2 if x > 1]", [4, 6]],
    ["an empty object and list", "[{}, []]", [{}, []]],
  ];

  test.each(cases)("%s", (_, expression, expected) => {
    const locals = 'locals {\n  key = "k"\n  list = [{ a = 1 }, { a = 2 }, { a = 3 }]\n}\n';
    expect(output({ "main.tf": locals + value(expression) })).toEqual(expected);
  });

  test("types of variables", () => {
    const variables =
      'variable "a" {\n  type = object({ x = number, y = optional(list(string), ["d"]) })\n  default = { x = "1" }\n}\n';
    expect(output({ "main.tf": variables + value("var.a") })).toEqual({ x: 1, y: ["d"] });
  });

  test("together with JSON", () => {
    const json = { locals: { b: "${local.a}b" } };
    expect(output({ "a.tf": 'locals {\n  a = "a"\n}\n' + value("local.b"), "b.tf.json": json })).toBe("ab");
  });

  test("one file alone", () => {
    expect(output({ "a.tf": value('"a"'), "b.tf": value('"b"') }, "b.tf")).toBe("b");
  });

  test("files of OpenTofu in the place of those for Terraform", () => {
    expect(output({ "a.tf": value('"tf"'), "a.tofu": value('"tofu"'), "b.tofu.json": {} })).toBe("tofu");
  });

  test("byte order marks, UTF-16 and line breaks of Windows", () => {
    expect(output({ "a.tf": `\ufeff${value('"é"')}` })).toBe("é");
    expect(output({ "a.tf": Buffer.from(`\ufeff${value('"é"')}`, "utf16le") })).toBe("é");
    expect(output({ "a.tf": value('"a"').replaceAll("\n", "\r\n") })).toBe("a");
  });

  test("what editors leave behind is not read", () => {
    expect(output({ "a.tf": value("1"), "a.tf~": "{", ".#a.tf": "{", "#a.tf#": "{", ".b.tf": "{" })).toBe(1);
  });
});

describe("override files", () => {
  const main = `
locals {
  a = 1
}
resource "terraform_data" "x" {
  input            = { one = 1 }
  triggers_replace = [1]
}
${value("[local.a, terraform_data.x.input, terraform_data.x.triggers_replace]")}`;

  test("in HCL and JSON, in the order of the alphabet", () => {
    const files = {
      "main.tf": main,
      "a_override.tf": "locals {\n  a = 2\n}\n",
      "b_override.tf.json": { locals: { a: 3 } },
      "override.tf": 'resource "terraform_data" "x" {\n  input = { two = 2 }\n}\n',
    };
    expect(output(files)).toEqual([3, { two: 2 }, [1]]);
  });

  test("blocks in the place of others of their type, however these are made", () => {
    const role = (name: string, blocks: string): string => `resource "aws_iam_role" "${name}" {\n  ${blocks}\n}\n`;
    const made = 'dynamic "b" {\n    for_each = [1]\n    content {}\n  }';
    const written = "b {\n    c = 1\n  }\n  b {\n    c = 2\n  }";
    const folder = temporaryFolder({
      "main.tf": role("made", made) + role("written", written),
      "override.tf": role("made", "b {\n    c = 3\n  }") + role("written", made),
    });
    const [first, second] = readInventory(folder).instances.map((instance) => instance.written.values);
    expect(first).toEqual({ b: [{ c: 3 }] });
    expect(second).toEqual({ dynamic: { b: [{ for_each: [1], content: [{}] }] } });
  });

  test("the default configuration of a provider, which is always there", () => {
    expect(
      readInventory(temporaryFolder({ "a.tf": "", "override.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\n' }))
        .region,
    ).toBe("eu-west-1");
  });
});

describe("values of variables", () => {
  test("the stronger files are later ones, as for Terraform", () => {
    const names = ["a", "b", "c", "d"];
    const files = {
      "main.tf":
        names.map((name) => `variable "${name}" {\n  default = "default"\n}\n`).join("") +
        value("[var.a, var.b, var.c, var.d]"),
      "terraform.tfvars": 'a = "tfvars $${a}"\nb = "tfvars"\nc = "tfvars"\nundeclared = 1\n',
      "terraform.tfvars.json": { b: "json ${b}", c: "json" },
      "z.auto.tfvars": 'c = "z"\n',
    };
    expect(output(files)).toEqual(["tfvars ${a}", "json ${b}", "z", "default"]);
  });
});

describe("where things stand", () => {
  test("each instance and output names its file and line", () => {
    const folder = temporaryFolder({
      "main.tf":
        'resource "terraform_data" "b" {\n}\n\nresource "terraform_data" "a" {\n  count = 2\n}\noutput "x" {\n  value = 1\n}\n',
      "more.tf.json": '{"resource": {"terraform_data": {\n  "c": {}\n}}}',
    });
    const { instances, outputs } = readInventory(folder);
    const places = [...instances, ...outputs].map(
      ({ address, position }) => `${address} ${position?.file.slice(folder.length + 1)}:${position?.line}`,
    );
    expect(places).toEqual([
      "terraform_data.b main.tf:1",
      "terraform_data.a[0] main.tf:4",
      "terraform_data.a[1] main.tf:4",
      "terraform_data.c more.tf.json:2",
      "output.x main.tf:7",
    ]);
  });
});

describe("what fails says where its block stands", () => {
  const domain = (argument: string): string =>
    `resource "aws_cognito_user_pool_domain" "x" {\n  domain = "d"\n  user_pool_id = "p"\n  ${argument}\n}\n`;

  test.each<[string, Record<string, string>, RegExp]>([
    [
      "a reference to nothing",
      { "main.tf": "\n\n" + domain("region = local.gone") },
      /main\.tf:3: aws_cognito_user_pool_domain\.x refers to local\.gone, which is not declared\.$/,
    ],
    [
      "an argument that is missing",
      { "a.tf": "", "b.tf": '\nresource "aws_cognito_user_pool" "x" {}' },
      /b\.tf:2: aws_cognito_user_pool\.x lacks the required argument name\.$/,
    ],
    [
      "an instance in a module",
      {
        "main.tf": 'module "m" {\n  source = "./m"\n  count = 1\n}',
        "m/m.tf": '\n\nresource "aws_cognito_user_pool" "x" {\n  for_each = { a = [] }\n  name = each.value\n}',
      },
      /m\.tf:3: module\.m\[0\]\.aws_cognito_user_pool\.x\["a"\]: the argument name must be a string, not list\.$/,
    ],
    [
      "an output",
      { "main.tf": '\noutput "o" {\n  value = upper(1, 2)\n}' },
      /main\.tf:2: output\.o cannot evaluate .*upper takes 1 arguments, not 2\.$/,
    ],
    [
      "a variable",
      { "main.tf": '\n\n\nvariable "v" {}\noutput "o" {\n  value = var.v\n}' },
      /main\.tf:4: var\.v has no default; give it a value with -var v=VALUE/,
    ],
    [
      "several variables",
      { "main.tf": 'variable "v" {}\nvariable "w" {}\nvariable "x" {}\noutput "o" {\n  value = var.w\n}' },
      /main\.tf:2: var\.w, var\.v and var\.x have no default; give them values with -var w=VALUE -var v=VALUE -var x=VALUE, with TF_VAR_w, TF_VAR_v and TF_VAR_x in the environment, or in a terraform\.tfvars/,
    ],
    [
      "a for_each whose keys a service gives",
      { "main.tf": 'resource "terraform_data" "a" {}\n' + domain("for_each = toset([terraform_data.a.id])") },
      /main\.tf:2: aws_cognito_user_pool_domain\.x: its for_each is made of terraform_data\.a\.id, which cannot be determined until apply, so its instances are not known; use keys that are written out\.$/,
    ],
    [
      "a count that a service gives, of a module",
      {
        "main.tf":
          'resource "terraform_data" "a" {}\n\nmodule "m" {\n  source = "./m"\n  count = terraform_data.a.id\n}',
        "m/m.tf": "",
      },
      /main\.tf:3: module\.m: its count is made of terraform_data\.a\.id, .*use a number that is written out\.$/,
    ],
  ])("%s", (_, files, sentence) => {
    expect(failure(files).sentence).toMatch(sentence);
  });
});

test("a folder is no file of Terraform, whatever it is called", () => {
  const people = 'resource "aws_cognito_user_pool" "people" {\n  name = "people"\n}';
  const folder = temporaryFolder({ "main.tf": people, "old.tf/main.tf": people, "x.auto.tfvars/a": "" });
  expect(readTopology(folder).resources.map(({ address }) => address)).toEqual(["aws_cognito_user_pool.people"]);
});

test("what is ephemeral answers as the data source of its type does", () => {
  const folder = temporaryFolder({
    "main.tf": `ephemeral "aws_secretsmanager_secret_version" "key" {
  for_each  = toset(["weather"])
  secret_id = each.key
}
ephemeral "random_password" "key" {
  length = 20
}
output "found" {
  ephemeral = true
  value     = [ephemeral.aws_secretsmanager_secret_version.key["weather"].secret_string, length(ephemeral.random_password.key.result)]
}`,
  });
  const topology = readTopology(folder);
  const address = 'ephemeral.aws_secretsmanager_secret_version.key["weather"]';
  expect(topology.assumptions).toEqual([expect.stringContaining(`--data '${address}={…}'`)]);
  expect(deploy(topology).outputs["found"]).toEqual([`secret-of-${address}`, 20]);
});

test("what no deployment here makes may be repeated over anything, such as the records that validate a certificate", () => {
  const folder = temporaryFolder({
    "main.tf": `resource "aws_acm_certificate" "site" {
  domain_name       = "example.com"
  validation_method = "DNS"
}
resource "aws_route53_record" "validation" {
  for_each = { for option in aws_acm_certificate.site.domain_validation_options : option.domain_name => option }
  name     = each.value.resource_record_name
}
resource "aws_cognito_user_pool" "people" {
  name = "people"
}`,
  });
  expect(readTopology(folder).resources.map(({ address }) => address)).toEqual(["aws_cognito_user_pool.people"]);
});

describe("fails in one sentence on", () => {
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    [
      "a string without an end",
      { "a.tf": 'locals {\n  a = "x\n}\n' },
      "NOT_HCL",
      /a\.tf:2 is not HCL: Invalid multi-line string/,
    ],
    [
      "a block without an end",
      { "a.tf": 'resource "a" "b" {' },
      "NOT_HCL",
      /a\.tf:1 is not HCL: Unclosed configuration block/,
    ],
    [
      "an argument twice",
      { "a.tf": "locals {\n  a = 1\n  a = 2\n}\n" },
      "NOT_HCL",
      /a\.tf:3 is not HCL: Attribute redefined.*line 2/,
    ],
    [
      "a block twice",
      { "a.tf": value("1") + value("2") },
      "DUPLICATE_ADDRESS",
      /output\.found is declared a second time in .*a\.tf:4/,
    ],
    ["other HCL", { "a.tf": 'job "x" {\n}\n' }, "NOT_A_CONFIGURATION", /a\.tf .* has "job" at its top/],
    ["bytes", { "a.tf": Buffer.from([0, 1, 2, 255, 254]) }, "NOT_HCL", /a\.tf:1 is not HCL: Invalid character/],
    [
      "depth without end",
      { "a.tf": `locals {\n  a = ${"[".repeat(50_000)}` },
      "NOT_A_CONFIGURATION",
      /a\.tf:2 .* nests/,
    ],
    [
      "more than is read",
      { "a.tf": "#".repeat(1_200_000) },
      "SOURCE_TOO_LARGE",
      /1200000 bytes, more than the 1048576/,
    ],
    [
      "a reference among values of variables",
      { "a.tf": "", "terraform.tfvars": "a = local.b\n" },
      "INVALID_CONFIGURATION",
      /terraform\.tfvars gives a no plain value: it refers to local\.b/,
    ],
    [
      "an override of nothing",
      { "a.tf": "", "override.tf": value("1") },
      "INVALID_CONFIGURATION",
      /output\.found: an override file/,
    ],
    [
      "a manifest whose stack is its own folder",
      { "manifest.json": { stacks: { a: { workingDirectory: "." } } } },
      "NO_CONFIGURATION",
      /no \*\.tf or/,
    ],
  ];

  test.each(cases)("%s", (_, files, code, message) => {
    const error = failure(files);
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });
});
