import { readDocument, TopologyError, topologyOf } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { deploy } from "./fake-account";
import { temporaryFolder } from "../support/temporary-folder";
import { terraformOutputs, terraformPlans } from "./terraform";
import { readTopology } from "./reading";

function ours(folder: string): Record<string, unknown> {
  return deploy(readTopology(folder)).outputs;
}

function theirs(folder: string, variables?: Record<string, string>): Record<string, unknown> {
  const outputs = Object.entries(terraformOutputs(folder, variables));
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
}

describeWithTerraform("configurations, judged by terraform", () => {
  test.each<[string, Record<string, unknown>]>([
    [
      "override files",
      {
        "main.tf.json": {
          locals: { a: 1, b: 1, c: 1 },
          variable: { v: { default: "main", type: "string" } },
          resource: { terraform_data: { x: { input: { one: 1, two: 2 } } } },
          output: {
            all: { value: ["${local.a}", "${local.b}", "${local.c}", "${var.v}", "${terraform_data.x.output}"] },
            changed: { value: "before" },
          },
        },
        "b_override.tf.json": { locals: { b: 3 }, output: { changed: { value: "after" } } },
        "a_override.tf.json": { locals: { b: 2 }, resource: { terraform_data: { x: { input: { three: 3 } } } } },
        "override.tf.json": { locals: { a: 4 }, variable: { v: { default: "overridden" } } },
      },
    ],
    [
      "variable files and types",
      {
        "main.tf.json": {
          variable: {
            a: { type: "number" },
            b: { type: "list(string)" },
            c: { type: "set(number)", default: ["3", 1] },
            d: { type: "map(bool)", default: { x: "true" } },
            e: {},
            f: { type: "string", default: null },
          },
          output: { all: { value: ["${var.a}", "${var.b}", "${var.c}", "${var.d}", "${var.e}", "${var.f}"] } },
        },
        "terraform.tfvars.json": { a: "5", b: [1, true, "x"], e: "first" },
        "z.auto.tfvars.json": { e: "last ${kept}" },
        "y.auto.tfvars.json": { e: "middle" },
      },
    ],
    [
      "several files and lists of blocks",
      {
        "b.tf.json": {
          locals: [{ b: "b" }, { c: "c" }],
          output: [{ x: [{ value: "${local.a}${local.b}${local.c}" }] }],
        },
        "a.tf.json": {
          locals: { a: "a" },
          resource: [{ terraform_data: [{ y: { count: 1, input: "${count.index}" } }] }],
        },
        "c.tf.json": {
          output: { y: { value: "${terraform_data.y[0].output}" }, z: { value: "${terraform_data.y[*].input}" } },
        },
      },
    ],
    [
      "modules with count and for_each, at any depth",
      {
        "main.tf": `
          locals {
            servers = yamldecode(file("\${path.module}/servers.yaml"))
            ports   = { for name, server in local.servers : name => try(server.port, 8080) }
          }
          module "server" {
            source   = "./server"
            for_each = local.servers
            name     = each.key
            port     = local.ports[each.key]
            tags     = { for index, tag in try(each.value.tags, []) : tag => index }
          }
          module "none" {
            source = "./server"
            count  = length(local.servers) > 5 ? 1 : 0
            name   = "none"
          }
          module "numbered" {
            source     = "./server"
            count      = 2
            name       = "n\${count.index}"
            depends_on = [module.server]
          }
          output "names" { value = [for server in module.server : server.name] }
          output "keyed" { value = { for key, server in module.server : key => server.described } }
          output "numbered" { value = module.numbered[*].name }
          output "first" { value = module.numbered[0].inner["\${lower(module.numbered[0].name)}-a"] }
          output "none" { value = [one(module.none[*].name), length(module.none), try(module.none[0].name, "nobody")] }
          output "everything" { value = { for key, server in module.server : key => server } }
          output "all" { value = merge([for server in module.server : server.inner]...) }
        `,
        "servers.yaml": "a:\n  port: 1\n  tags: [x, y]\nb: {}\n'c d':\n  tags:\n    - z\n",
        "server/main.tf": `
          variable "name" { type = string }
          variable "port" {
            type    = string
            default = 80
          }
          variable "tags" {
            type    = map(number)
            default = {}
          }
          module "inner" {
            source   = "../inner"
            for_each = toset(["\${var.name}-a", "\${var.name}-b"])
            text     = each.value
          }
          resource "terraform_data" "tag" {
            for_each = var.tags
            input    = "\${each.key}=\${each.value}"
          }
          output "name" { value = upper(var.name) }
          output "described" { value = "\${var.name}:\${var.port} \${join(",", [for tag in terraform_data.tag : tag.output])}" }
          output "inner" { value = { for key, inner in module.inner : key => inner.text } }
        `,
        "inner/main.tf": `
          variable "text" { nullable = false }
          locals {
            lines = <<-EOT
            %{ for character in split("", var.text) ~}
            \${character}
            %{ endfor ~}
            EOT
          }
          output "text" { value = local.lines }
        `,
      },
    ],
  ])("%s mean the same", (_, files) => {
    const folder = temporaryFolder(files);
    expect(ours(folder)).toEqual(theirs(folder));
  });

  const typed: Record<string, string | undefined> = {
    a: undefined,
    b: "string",
    c: "number",
    d: "bool",
    e: "any",
    f: "list(string)",
    g: "map(number)",
    h: "object({ x = string })",
    i: "string",
    j: 'object({ a = string, b = optional(number, "3"), c = optional(bool), d = optional(list(string), ["x"]) })',
    k: 'list(object({ n = string, in = optional(object({ x = optional(string, "d") }), {}) }))',
  };
  const variables = {
    "main.tf.json": {
      variable: Object.fromEntries(
        Object.entries(typed).map(([name, type]) => [name, type === undefined ? {} : { type }]),
      ),
      output: { all: { value: Object.keys(typed).map((name) => `\${var.${name}}`) } },
    },
    "terraform.tfvars.json": { i: "of the folder" },
  };
  const given = {
    TF_VAR_a: '["${kept}"]',
    TF_VAR_b: "",
    TF_VAR_c: "7",
    TF_VAR_d: "true",
    TF_VAR_e: "[1, true]",
    TF_VAR_f: '["x", 5]',
    TF_VAR_g: '{ one = 1, "two": 1 + 1 }',
    TF_VAR_h: '{ x = "y" }',
    TF_VAR_i: "of the environment",
    TF_VAR_j: "{ a = 1, b = null, other = true }",
    TF_VAR_k: '[{ n = 1 }, { n = "b", in = { x = 2 } }]',
    TF_VAR_other: "of no variable",
  };

  test("variables of the environment mean the same", () => {
    const folder = temporaryFolder(variables);
    expect(deploy(topologyOf(readDocument(folder), given)).outputs).toEqual(theirs(folder, given));
  });

  test.each([
    ["no expression", "TF_VAR_f", "[x", /^var\.f: its value in TF_VAR_f is no expression: /],
    ["a reference", "TF_VAR_f", "[local.x]", /^var\.f: its value in TF_VAR_f may not refer to anything\.$/],
    ["no number", "TF_VAR_c", "seven", /^var\.c: its value, a string, does not fit its type\.$/],
    ["a missing attribute", "TF_VAR_h", "{}", /^var\.h: its value has no attribute "x"\.$/],
    ["no list", "TF_VAR_f", "7", /^var\.f: its value, a number, does not fit its type\.$/],
  ])("fails on %s in the environment, as terraform does", (_, name, text, sentence) => {
    const folder = temporaryFolder(variables);
    const environment = { ...given, [name]: text };
    expect(() => deploy(topologyOf(readDocument(folder), environment))).toThrow(sentence);
    expect(terraformPlans(folder, environment)).toBe(false);
  });

  const output = (value: unknown): object => ({ output: { x: { value } } });

  test.each<[string, Record<string, unknown>]>([
    ["a dangling reference", { "a.tf.json": output("${local.gone}") }],
    ["a circle", { "a.tf.json": { locals: { a: "${local.b}", b: "${local.a}" } } }],
    ["a block that refers to itself", { "a.tf.json": { locals: { a: "${local.a}" } } }],
    ["one address twice", { "a.tf.json": output(1), "b.tf.json": output(2) }],
    ["an override of nothing", { "a.tf.json": {}, "override.tf.json": output(1) }],
    ["a variable without a value", { "a.tf.json": { variable: { v: {} }, ...output("${var.v}") } }],
    [
      "a variable of another type",
      { "a.tf.json": { variable: { v: { type: "number", default: "x" } }, ...output("${var.v}") } },
    ],
    [
      "depends_on without a reference",
      { "a.tf.json": { resource: { terraform_data: { x: { depends_on: ["x y"] } } } } },
    ],
    ["an unknown block", { "a.tf.json": { resources: {} } }],
    [
      "a missing attribute",
      { "a.tf.json": { resource: { terraform_data: { x: {} } }, ...output("${terraform_data.x.gone}") } },
    ],
    ["a function that does not exist", { "a.tf.json": output("${nope(1)}") }],
  ])("fails on %s, as terraform does", (_, files) => {
    const folder = temporaryFolder(files);
    expect(() => ours(folder)).toThrow(TopologyError);
    expect(terraformPlans(folder)).toBe(false);
  });
});
