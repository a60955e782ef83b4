import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Unknown, readDocument, inventoryOf, type Instance, type Inventory, TopologyError } from "../../../topology";
import { temporaryFolder } from "../../support/temporary-folder";
import { failureOf } from "../failure";

function inventory(files: Record<string, unknown>): Inventory {
  return inventoryOf(readDocument(temporaryFolder(files)));
}

function failure(files: Record<string, unknown>): TopologyError {
  try {
    inventory(files);
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

/** The value of an argument of each instance, such as `input`. */
function values({ instances }: Inventory, name: string): Record<string, unknown> {
  return Object.fromEntries(instances.map((each: Instance) => [each.address, each.arguments.values[name]]));
}

const data = (name: string, body: string): string => `resource "terraform_data" "${name}" {\n${body}\n}\n`;

describe("instances of a block", () => {
  test("count, and for_each over maps, sets, resources and their values", () => {
    const files = {
      "main.tf": [
        data("a", 'count = 2\ninput = "a${count.index}"'),
        data("b", 'for_each = { x = { y = 1 }, "z.z" = { y = 2 } }\ninput = "${each.key} ${each.value.y}"'),
        data("c", 'for_each = toset(["x", "y"])\ninput = each.value'),
        data("d", "for_each = terraform_data.b\ninput = each.value.input"),
        data(
          "e",
          'for_each = { for key, item in terraform_data.d : upper(key) => item if key != "x" }\ninput = each.value.input',
        ),
        data("f", "count = 0"),
        data(
          "g",
          'input = [terraform_data.a[*].input, terraform_data.b["x"].input, [for k, v in terraform_data.c : v.input]]',
        ),
      ].join(""),
    };
    expect(values(inventory(files), "input")).toEqual({
      "terraform_data.a[0]": "a0",
      "terraform_data.a[1]": "a1",
      'terraform_data.b["x"]': "x 1",
      'terraform_data.b["z.z"]': "z.z 2",
      'terraform_data.c["x"]': "x",
      'terraform_data.c["y"]': "y",
      'terraform_data.d["x"]': "x 1",
      'terraform_data.d["z.z"]': "z.z 2",
      'terraform_data.e["Z.Z"]': "z.z 2",
      "terraform_data.g": [["a0", "a1"], "x 1", ["x", "y"]],
    });
  });

  test("those that lifecycle switches off, or may", () => {
    const enabled = (value: string): string => `lifecycle {\n enabled = ${value}\n}`;
    const found = inventory({
      "main.tf":
        `variable "on" { type = bool }\n` +
        data("a", `input = "x"\n${enabled("true")}`) +
        data("b", enabled('terraform_data.a.input != "x"')) +
        data("c", enabled("var.on")) +
        data("d", "input = [terraform_data.b, terraform_data.b == null]") +
        `module "e" {\n source = "./e"\n ${enabled("false")}\n}\n`,
      "e/main.tf": data("x", ""),
    });
    expect(values(found, "input")).toEqual({
      "terraform_data.a": "x",
      "terraform_data.c": undefined,
      "terraform_data.d": [null, true],
    });
    expect(found.hidden.filter(({ repetition }) => repetition)).toMatchObject([
      { address: "terraform_data.c", repetition: { argument: "enabled", madeOf: [{ address: "var.on" }] } },
    ]);
  });

  test("a number that is known only at apply", () => {
    const { instances, hidden } = inventory({ "main.tf": data("a", "count = terraform_data.b.id") + data("b", "") });
    expect(instances.map(({ address }) => address)).toEqual(["terraform_data.a", "terraform_data.b"]);
    expect(hidden).toEqual([
      {
        address: "terraform_data.a",
        reason: expect.stringMatching(/^its count is made of terraform_data\.b\.id, which is known only/) as string,
        repetition: { argument: "count", madeOf: [{ address: "terraform_data.b", attribute: "id" }] },
      },
    ]);
  });

  test("whatever the key, an instance is the one that stands for all", () => {
    const files = {
      "main.tf":
        'variable "on" { type = bool }\n' +
        data("a", "count = var.on ? 1 : 0") +
        data("b", 'for_each = toset(var.on ? ["x"] : [])') +
        'module "c" {\n count = var.on ? 1 : 0\n source = "./c"\n}\n' +
        data("d", 'input = [terraform_data.a[0].id, terraform_data.b["x"].id, module.c[0].id]'),
      "c/main.tf": `${data("e", "")}output "id" { value = terraform_data.e.id }\n`,
    };
    const input = values(inventory(files), "input")["terraform_data.d"] as readonly Unknown[];
    expect(input.map(({ references }) => references)).toEqual(
      ["terraform_data.a", "terraform_data.b", "module.c.terraform_data.e"].map((address) => [
        { address, attribute: "id" },
      ]),
    );
  });
});

describe("dynamic blocks", () => {
  const blocks = (body: string): unknown => inventory({ "main.tf": data("a", body) }).instances[0]?.arguments.values;

  test("nested, with iterators and labels, behind blocks that are written", () => {
    expect(
      blocks(`
  rule {
    name = "written"
  }
  dynamic "rule" {
    for_each = { x = ["1", "2"] }
    iterator = outer
    content {
      name = outer.key
      dynamic "part" {
        for_each = outer.value
        labels   = ["l\${part.key}"]
        content {
          value = "\${outer.key}\${part.value}"
        }
      }
    }
  }
  dynamic "none" {
    for_each = []
    content {}
  }`),
    ).toEqual({
      rule: [{ name: "written" }, { name: "x", part: [{ l0: { value: "x1" } }, { l1: { value: "x2" } }] }],
    });
  });
});

describe("functions that read files", () => {
  function value(expression: string, files: Record<string, unknown> = {}): unknown {
    const main = `module "m" {\n  source = "./m"\n}\n`;
    const inner = data("x", `input = ${expression}`);
    return inventory({ "main.tf": main, "m/main.tf": inner, ...FILES, ...files }).instances[0]?.arguments.values[
      "input"
    ];
  }
  const FILES = {
    "root.txt": "root",
    "m/a.txt": "text",
    "m/b.tftpl": "%{ for name in names ~}\n${name}!\n%{ endfor ~}\n",
    "m/deep/c.json": { d: 1 },
    "m/bytes": Buffer.from([255, 0]),
  };
  const cases: [string, unknown][] = [
    ['file("${path.module}/a.txt")', "text"],
    ['file("root.txt")', "root"],
    ['file("${path.root}/root.txt")', "root"],
    ['file("${path.cwd}/root.txt")', "root"],
    ['jsondecode(file("${path.module}/deep/c.json")).d', 1],
    ['templatefile("${path.module}/b.tftpl", { names = ["x", "y"] })', "x!\ny!\n"],
    ['filebase64("${path.module}/bytes")', "/wA="],
    ['filesha256("${path.module}/a.txt")', "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"],
    ['filebase64sha256("${path.module}/a.txt")', "mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE="],
    ['filemd5("${path.module}/a.txt")', "1cb251ec0d568de6a929b520c4aed8d1"],
    ['[fileexists("${path.module}/a.txt"), fileexists("${path.module}/none")]', [true, false]],
    ['fileset(path.module, "**/*.{txt,json}")', ["a.txt", "deep/c.json"]],
    ['fileset(path.module, "*")', ["a.txt", "b.tftpl", "bytes", "main.tf"]],
    ["path.module", "m"],
  ];

  test.each(cases)("%s", (expression, expected) => expect(value(expression)).toEqual(expected));

  const refused: [string, RegExp][] = [
    ['file("../x")', /\.\.\/x leads out of the folder of its module/],
    ['file("/etc/passwd")', /\/etc\/passwd leads out of the folder/],
    ['file("${path.module}/../../x")', /leads out of the folder/],
    ['fileset("..", "*")', /leads out of the folder/],
    ['templatefile("/etc/passwd", {})', /leads out of the folder/],
    ['file("${path.module}/none")', /there is no file m\/none/],
    ['file("${path.module}/bytes")', /not text in UTF-8/],
    ['file("${path.module}/link")', /leads out of the folder/],
    ['file("${path.module}/pipe")', /it is no file/],
  ];

  test.each(refused)("%s has no value", (expression, reason) => {
    const folder = temporaryFolder({
      "main.tf": 'module "m" {\n  source = "./m"\n}\n',
      "m/main.tf": data("x", `input = ${expression}`),
      ...FILES,
    });
    symlinkSync("/etc/passwd", join(folder, "m/link"));
    execFileSync("mkfifo", [join(folder, "m/pipe")]);
    const input = inventoryOf(readDocument(folder)).instances[0]?.arguments.values["input"];
    expect(input instanceof Unknown ? input.failure?.message : input).toMatch(reason);
  });

  test("are read in the git repository around the root module, but none of git's own", () => {
    const folder = temporaryFolder({
      ".git/config": "extraheader = AUTHORIZATION",
      "openapi.json": "{}",
      "env/prod/main.tf": [
        data("above", 'input = file("${path.module}/../../openapi.json")'),
        data("listed", 'input = fileset("${path.root}/../..", "**")'),
        data("git", 'input = file("../../.git/config")'),
        data("beyond", 'input = file("../../../x")'),
      ].join(""),
    });
    const told = Object.entries(values(inventoryOf(readDocument(join(folder, "env/prod"))), "input")).map(
      ([address, input]) => [address, input instanceof Unknown ? input.failure?.message : input],
    );
    expect(Object.fromEntries(told)).toEqual({
      "terraform_data.above": "{}",
      "terraform_data.listed": ["env/prod/main.tf", "openapi.json"],
      "terraform_data.git": expect.stringMatching(/\.git\/config is of git's own files, which are not read/) as string,
      "terraform_data.beyond": expect.stringMatching(
        /leads out of the folder of its module and its git repository/,
      ) as string,
    });
  });

  test("tell why they have no value wherever it is used, at last in what is repeated over it", () => {
    const { instances, hidden } = inventory({
      "main.tf": 'module "m" {\n  source = "./m"\n  root = abspath("..")\n}\n',
      "m/main.tf":
        'variable "root" {}\nlocals {\n  files = sort(fileset(var.root, "*.yaml"))\n  all = { for name in local.files : name => name }\n}\n' +
        data("x", "for_each = local.all\ninput = each.key") +
        data("y", 'input = "${join(",", local.files)}!"') +
        'output "files" {\n  value = local.files\n}\n',
      "root.tf": data("above", "input = module.m.files") + data("below", "input = terraform_data.above.input[0]"),
    });
    const reason = /module\.m\.local\.files cannot evaluate .*leads out of the folder/;
    for (const address of ["module.m.terraform_data.y", "terraform_data.above", "terraform_data.below"]) {
      const input = instances.find((instance) => instance.address === address)?.arguments.values["input"];
      expect(input instanceof Unknown ? input.failure?.message : input).toMatch(reason);
    }
    expect(hidden.map(({ reason: told }) => told)).toEqual([expect.stringMatching(reason)]);
    expect(hidden[0]?.reason).toMatch(/^its for_each has no value \(.*\), so it stands for all of its instances$/);
  });
});

test("a side of && may fail while the other, which may decide, is unknown", () => {
  const { instances } = inventory({ "main.tf": 'variable "on" {}\n' + data("x", "input = var.on && null.x") });
  const input = instances[0]?.arguments.values["input"];
  expect(input).toMatchObject({ failure: undefined, references: [{ address: "var.on", attribute: "" }] });
});

describe("modules", () => {
  const inner =
    'variable "name" {\n  type = string\n}\nvariable "sizes" {\n  type = list(number)\n  default = [1]\n}\n' +
    data("x", "input = [var.name, var.sizes]") +
    'output "name" {\n  value = upper(terraform_data.x.input[0])\n}\n';

  test("at any depth, with count and for_each, whose outputs others use", () => {
    const files = {
      "main.tf":
        'module "one" {\n  source = "./one"\n  names = ["a", "b"]\n}\nmodule "keyed" {\n  for_each = toset(["k"])\n  source = "./one/two"\n  name = "${each.key}${module.one.first}"\n  sizes = ["7"]\n}\n' +
        data("x", 'input = [module.keyed["k"].name, values(module.keyed)[*].name]'),
      "one/main.tf":
        'variable "names" {}\nmodule "two" {\n  count = length(var.names)\n  source = "./two"\n  name = var.names[count.index]\n}\noutput "first" {\n  value = module.two[0].name\n}\n',
      "one/two/main.tf": inner,
    };
    const read = inventory(files);
    expect(values(read, "input")).toEqual({
      "module.one.module.two[0].terraform_data.x": ["a", [1]],
      "module.one.module.two[1].terraform_data.x": ["b", [1]],
      'module.keyed["k"].terraform_data.x': ["kA", [7]],
      "terraform_data.x": ["KA", ["KA"]],
    });
    expect(read.instances.map(({ position }) => position?.file.replace(/^.*tests-[^/]*\//, ""))).toEqual([
      "main.tf",
      "one/two/main.tf",
      "one/two/main.tf",
      "one/two/main.tf",
    ]);
  });

  test("one that takes an output of another which takes one of its own", () => {
    const pass =
      'variable "in" {\n  default = ""\n}\nvariable "other" {\n  default = ""\n}\noutput "out" {\n  value = "${var.in}!"\n}\noutput "last" {\n  value = var.other\n}\n';
    const read = inventory({
      "main.tf":
        'module "a" {\n  source = "./pass"\n  in = "x"\n  other = module.b.out\n}\nmodule "b" {\n  source = "./pass"\n  in = module.a.out\n}\n' +
        data("x", "input = module.a.last"),
      "pass/main.tf": pass,
    });
    expect(values(read, "input")).toEqual({ "terraform_data.x": "x!!" });
  });

  test("what waits for a module waits for everything in it, and what it waits for comes first", () => {
    const read = inventory({
      "main.tf":
        data("before", "") +
        'module "m" {\n  source = "./m"\n  depends_on = [terraform_data.before]\n}\n' +
        data("after", "depends_on = [module.m]"),
      "m/main.tf": data("x", "") + 'module "n" {\n  source = "./n"\n}\n',
      "m/n/main.tf": data("y", ""),
    });
    expect([...read.dependents("terraform_data.before")]).toEqual(
      expect.arrayContaining([
        "module.m.terraform_data.x",
        "module.m.module.n.terraform_data.y",
        "terraform_data.after",
      ]),
    );
    expect(read.dependents("module.m.module.n.terraform_data.y").has("terraform_data.after")).toBe(true);
  });

  test("providers with regions of their own, handed down", () => {
    const { instances, region } = inventory({
      "main.tf":
        'provider "aws" {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  alias = "us"\n  region = "us-east-1"\n}\nmodule "m" {\n  source = "./m"\n  providers = {\n    aws = aws.us\n    aws.other = aws\n  }\n}\nmodule "n" {\n  source = "./m"\n}\n',
      "m/main.tf":
        'data "aws_region" "here" {}\nresource "aws_iam_role" "x" {\n  name = data.aws_region.here.name\n}\nresource "aws_iam_role" "y" {\n  provider = aws.other\n}\n',
    });
    expect(region).toBe("eu-west-1");
    const roles = instances.filter(({ type }) => type === "aws_iam_role");
    expect(
      roles.map((role) => [role.address, role.hasOwnProvider, role.providerRegion, role.arguments.values["name"]]),
    ).toEqual([
      ["module.m.aws_iam_role.x", true, "us-east-1", "us-east-1"],
      ["module.m.aws_iam_role.y", false, undefined, undefined],
      ["module.n.aws_iam_role.x", false, undefined, "eu-west-1"],
      ["module.n.aws_iam_role.y", true, undefined, undefined],
    ]);
  });

  test("those that terraform init has fetched", () => {
    const read = inventory({
      "main.tf": 'module "a" {\n  source = "example/a/aws"\n  version = "1.0"\n  name = "x"\n}\n',
      ".terraform/modules/modules.json": {
        Modules: [
          { Key: "", Source: "", Dir: "." },
          { Key: "a", Source: "registry", Dir: ".terraform/modules/a" },
        ],
      },
      ".terraform/modules/a/main.tf": inner,
    });
    expect(read.instances.map(({ address }) => address)).toEqual(["module.a.terraform_data.x"]);
  });

  test("one that is not there is named, with what to run", () => {
    const read = inventory({
      "main.tf": 'module "a" {\n  source = "example/a/aws"\n}\n' + data("x", "input = module.a.name"),
    });
    expect(read.hidden).toEqual([
      {
        address: "module.a",
        reason: expect.stringMatching(/^its source example\/a\/aws is not there; run "terraform init" in /) as string,
      },
    ]);
    expect(read.instances).toHaveLength(1);
  });

  test("one whose source is an expression is where it was found by terraform init", () => {
    const files = {
      "main.tf": 'variable "kind" {\n default = "a"\n}\nmodule "a" {\n  source = "./${var.kind}"\n}\n',
      "a/main.tf": data("x", ""),
    };
    expect(inventory(files).hidden.map(({ address }) => address)).toEqual(["module.a"]);
    const found = { ".terraform/modules/modules.json": { Modules: [{ Key: "a", Source: "./a", Dir: "a" }] } };
    expect(inventory({ ...files, ...found }).instances.map(({ address }) => address)).toEqual([
      "module.a.terraform_data.x",
    ]);
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    [
      "a module in itself",
      { "main.tf": 'module "a" {\n  source = "./a"\n}\n', "a/main.tf": 'module "b" {\n  source = "../a"\n}\n' },
      /^module\.a\.module\.b: its source leads back to a module that it stands in\.$/,
    ],
    [
      "a source that is gone",
      { "main.tf": 'module "a" {\n  source = "./a"\n}\n' },
      /^module\.a: its source \.\/a does not exist\.$/,
    ],
    ["a module without a source", { "main.tf": 'module "a" {\n}\n' }, /^module\.a: it names no source\.$/],
    [
      "a module without files",
      { "main.tf": 'module "a" {\n  source = "./a"\n}\n', "a/x.txt": "" },
      /\/a holds no \*\.tf or/,
    ],
    [
      "an output that is not declared",
      { "main.tf": 'module "a" {\n  source = "./a"\n}\n' + data("x", "input = module.a.b"), "a/main.tf": "" },
      /^terraform_data\.x refers to module\.a\.b, which is not declared\.$/,
    ],
    [
      "a circle through modules",
      {
        "main.tf": 'module "a" {\n  source = "./a"\n  in = module.a.out\n}\n',
        "a/main.tf": 'variable "in" {}\noutput "out" {\n  value = var.in\n}\n',
      },
      /^These refer to each other in a circle: module\.a\.output\.out → module\.a\.var\.in → module\.a\.output\.out\.$|circle/,
    ],
    [
      "instances without end",
      { "main.tf": data("a", "count = 1000000") },
      /^terraform_data\.a: its count is more than 10000\.$/,
    ],
  ];

  test.each(wrong)("fails on %s", (_, files, message) => expect(failure(files).message).toMatch(message));
});

test("what no instances can be made of is told as it fails, not as a variable without a value", () => {
  const configuration = {
    variable: { names: { default: "one" } },
    resource: { terraform_data: { x: { for_each: "${toset(var.names)}" } } },
  };
  expect(failureOf(configuration).message).toBe(
    'terraform_data.x cannot evaluate "${toset(var.names)}": argument 1 must be a list, not string.',
  );
});
