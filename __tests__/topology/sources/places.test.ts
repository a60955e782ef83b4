import { hclPlaces } from "../../../topology/sources/configuration/hcl-places";
import { jsonPlaces } from "../../../topology/sources/configuration/json-places";

/** Such as `resource aws_iam_role gateway:3`. */
function inHcl(text: string): string[] {
  return hclPlaces("main.tf", text).map(({ path, line }) => `${path.join(" ")}:${line}`);
}

describe("where blocks begin in HCL", () => {
  const cases: [string, string, string[]][] = [
    [
      "labels, quoted and bare",
      'resource "a" "b" {\n}\ndata c d {}\nterraform {\n}',
      ["resource a b:1", "data c d:3", "terraform:4"],
    ],
    [
      "the same labels twice",
      'provider "aws" {}\n\nprovider "aws" {\n alias = "x"\n}',
      ["provider aws:1", "provider aws:3"],
    ],
    [
      "locals by name",
      "locals {\n a = 1\n b = {\n c = 2\n }\n}\nlocals { d = 1 }",
      ["locals a:2", "locals b:3", "locals d:7"],
    ],
    ["comments of every kind", '# resource "a" "b" {\n// x {\n/* y {\n} */ z {}\n/* unclosed {', ["z:4"]],
    ["comments inside of values", "a {\n b = [ # ]\n 1, // ]\n /* ] */ 2 ]\n}\nc {}", ["a:1", "c:6"]],
    ["nested blocks and brackets", 'a "b" {\n c {\n d = [{ e = "}" }, f("}")]\n }\n}\ng {}', ["a b:1", "g:6"]],
    ["strings with braces, quotes and escapes", 'a {\n b = "} \\" {"\n c = "$${ %%{ {"\n}\nd {}', ["a:1", "d:5"]],
    [
      "interpolations with strings in them",
      'a {\n b = "x ${c["}"]} ${"${d}}"} %{ if e }{%{ endif }"\n}\nf {}',
      ["a:1", "f:4"],
    ],
    ["heredocs", "a {\n b = <<EOT\n} c {\n  EOT x\nEOT\n}\nd {}", ["a:1", "d:7"]],
    ["indented heredocs", "a {\n b = <<-EOT\n    } ${c({\n  d = <<E2\n}\nE2\n})} {\n    EOT\n}\ne {}", ["a:1", "e:10"]],
    ["line breaks of Windows", 'a {\r\n b = <<EOT\r\n}\r\nEOT\r\n}\r\nc "d" {\r\n}', ["a:1", "c d:6"]],
    ["blocks in one line", 'variable "a" { default = "}" }\nvariable "b" {}', ["variable a:1", "variable b:2"]],
    ["names beyond ASCII", 'größe "ä" {}\nx-y_z {}', ["größe ä:1", "x-y_z:2"]],
    ["comparisons inside of locals", "locals {\n a = b == c ? d : e\n f = g\n}", ["locals a:2", "locals f:3"]],
    ["text that is no HCL", '} ) ] "\n a { " \n\n b {', ["b:4"]],
    ["nothing", "", []],
  ];

  test.each(cases)("%s", (_, text, places) => expect(inHcl(text)).toEqual(places));

  const deep: [string, string][] = [
    ["brackets", `a = ${"[".repeat(200)}`],
    ["blocks", "a {\n".repeat(200)],
    ["interpolations", `a = ${'"${'.repeat(200)}`],
    ["negations", `a = ${"!".repeat(400)}b`],
    ["conditions", `a = ${"b ? c : ".repeat(400)}d`],
  ];

  test.each(deep)("too many %s inside of each other", (_, text) => {
    expect(() => hclPlaces("main.tf", `\n${text}`)).toThrow(/^main\.tf:\d+ is not a Terraform configuration: it nests/);
  });

  test("many operators beside each other", () => {
    expect(inHcl(`locals {\n a = [${"-1, ".repeat(1_000)}]\n${" b = -1\n".repeat(1_000)}}`)).toHaveLength(1_001);
  });
});

describe("where blocks begin in JSON", () => {
  const cases: [string, string, string[]][] = [
    [
      "objects for each label",
      '{"resource": {"a": {\n"b": {},\n"c": {"d": "}"}}}}',
      ["resource a b:2", "resource a c:3"],
    ],
    ["lists at every level", '{"data": [{"a": [{"b": [\n{}, \n{}]}]}]}', ["data a b:2", "data a b:3"]],
    ["locals, whose values may be lists", '{"locals": {\n"a": [1],\n"b": {"c": 2}}}', ["locals a:2", "locals b:3"]],
    [
      "comments and other members",
      '{"//": {"resource": {}}, "terraform": {}, "output": {"//": "x",\n"o": {}}}',
      ["output o:2"],
    ],
    [
      "escapes in texts",
      '{"output": {"a\\"b": {"c": "\\\\"},\n"d": {"e": "\\\\\\"}"},\n"f": null}}',
      ['output a"b:1', "output d:2", "output f:3"],
    ],
  ];

  test.each(cases)("%s", (_, text, places) => {
    expect(jsonPlaces(text).map(({ path, line }) => `${path.join(" ")}:${line}`)).toEqual(places);
  });
});
