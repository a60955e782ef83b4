import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { TopologyError } from "../../topology";
import { deploy } from "./fake-account";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

const output = (value: unknown): object => ({ output: { found: { value } } });

function found(path: string): unknown {
  return deploy(readTopology(path)).outputs["found"];
}

function failure(path: string): TopologyError {
  try {
    readTopology(path);
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

function manifest(...names: string[]): object {
  return { stacks: Object.fromEntries(names.map((name) => [name, { workingDirectory: `stacks/${name}` }])) };
}

describe("what a path may be", () => {
  test("a cdktf.out folder of one stack", () => {
    const folder = temporaryFolder({ "manifest.json": manifest("demo"), "stacks/demo/cdk.tf.json": output("stack") });
    expect(found(folder)).toBe("stack");
    expect(found(join(folder, "stacks/demo"))).toBe("stack");
  });

  test("one JSON file of any name", () => {
    const folder = temporaryFolder({ "stack.json": output("file"), "main.tf.json": output("other") });
    expect(found(join(folder, "stack.json"))).toBe("file");
  });

  test("a folder of several files, which are read in alphabetical order", () => {
    const folder = temporaryFolder({
      "b.tf.json": { locals: { b: "b" }, ...output("${local.a}${local.b}") },
      "a.tf.json": { locals: { a: "a" } },
      "notes.json": "no configuration",
    });
    expect(found(folder)).toBe("ab");
  });

  test("a folder with override files, which replace whole arguments", () => {
    const folder = temporaryFolder({
      "main.tf.json": {
        locals: { a: 1, b: 1 },
        resource: { terraform_data: { x: { input: { one: 1, two: 2 }, triggers_replace: ["kept"] } } },
        output: {
          found: {
            value: ["${local.a}", "${local.b}", "${terraform_data.x.input}", "${terraform_data.x.triggers_replace}"],
          },
        },
      },
      "b_override.tf.json": { locals: { b: 3 } },
      "a_override.tf.json": { locals: { b: 2 }, resource: { terraform_data: { x: { input: { three: 3 } } } } },
      "override.tf.json": { locals: { a: 4 } },
    });
    expect(found(folder)).toEqual([4, 3, { three: 3 }, ["kept"]]);
  });

  test("no variable values that a link in the folder leads to elsewhere, but those of its repository", () => {
    const elsewhere = temporaryFolder({ "config.json": { a: "secret" } });
    const repository = temporaryFolder({
      ".git/credentials.json": { a: "secret" },
      "common.json": { a: "common" },
      "infra/main.tf.json": { variable: { a: {} }, ...output(["${var.a}"]) },
    });
    const folder = join(repository, "infra");
    const link = join(folder, "terraform.tfvars.json");
    for (const [target, told] of [
      [join(elsewhere, "config.json"), "leads out of the folder of its module and its git repository"],
      ["../.git/credentials.json", "is of git's own files"],
    ] as const) {
      symlinkSync(target, link);
      expect(() => found(folder)).toThrow(`${link} cannot be read: it ${told}`);
      rmSync(link);
    }
    symlinkSync("../common.json", link);
    expect(found(folder)).toEqual(["common"]);
  });

  test("a folder with variable values, of which the last of the alphabet wins", () => {
    const folder = temporaryFolder({
      "main.tf.json": {
        variable: { a: {}, b: { default: "default" }, c: { type: "number" } },
        ...output(["${var.a}", "${var.b}", "${var.c}"]),
      },
      "terraform.tfvars.json": { a: "first", c: "7" },
      "y.auto.tfvars.json": { a: "second" },
      "z.auto.tfvars.json": { a: "third ${taken_as_it_is}" },
    });
    expect(found(folder)).toEqual(["third ${taken_as_it_is}", "default", 7]);
  });

  test("blocks may be lists of objects at every level, and comments are ignored", () => {
    const folder = temporaryFolder({
      "main.tf.json": {
        "//": "comment",
        locals: [{ a: 1, "//": "comment" }, { b: 2 }],
        resource: [
          {
            "//": "comment",
            terraform_data: [{ x: [{ input: "x", "//": { metadata: "${" } }] }, { y: { input: "y" } }],
          },
        ],
        output: [{ found: [{ value: "${local.a}${local.b}${terraform_data.x.output}${terraform_data.y.output}" }] }],
      },
    });
    expect(found(folder)).toBe("12xy");
  });
});

describe("what a path may not be", () => {
  const cases: [string, Record<string, unknown>, string, string, RegExp][] = [
    ["nothing", {}, "none", "SOURCE_NOT_FOUND", /none does not exist/],
    ["an empty folder", {}, "", "NO_CONFIGURATION", /no \*\.tf or \*\.tf\.json file/],
    ["a folder of plain JSON", { "package.json": "{}" }, "", "NO_CONFIGURATION", /no \*\.tf or \*\.tf\.json file/],
    ["a file of variables", { "terraform.tfvars": "" }, "terraform.tfvars", "NOT_A_CONFIGURATION", /name its folder/],
    [
      "an empty file",
      { "a.tf.json": "" },
      "",
      "NOT_A_CONFIGURATION",
      /a\.tf\.json is not a Terraform configuration: it is empty/,
    ],
    ["text", { "a.tf.json": "resource {}" }, "", "NOT_JSON", /line 1, column 1/],
    ["JSON with a comma too many", { "a.tf.json": '{\n  "locals": {},\n}' }, "", "NOT_JSON", /line 3, column 1/],
    ["JSON that ends too early", { "a.tf.json": '{\n  "locals": {' }, "", "NOT_JSON", /line 2, column 14/],
    ["JSON with a bad escape", { "a.tf.json": '{"a": "\\x"}' }, "a.tf.json", "NOT_JSON", /line 1, column 7/],
    ["a list", { "a.tf.json": "[]" }, "", "NOT_A_CONFIGURATION", /holds no JSON object/],
    ["a text in JSON", { "a.tf.json": '"x"' }, "", "NOT_A_CONFIGURATION", /holds no JSON object/],
    ["other JSON", { "package.json": { name: "x" } }, "package.json", "NOT_A_CONFIGURATION", /has "name" at its top/],
    [
      "a plan among the files of a folder",
      { "plan.tf.json": { planned_values: {} } },
      "",
      "NOT_A_CONFIGURATION",
      /plan\.tf\.json is not a Terraform configuration: it is a plan; name the file itself/,
    ],
    [
      "JSON without end of depth",
      { "a.tf.json": `{"locals":${"[".repeat(200_000)}${"]".repeat(200_000)}}` },
      "",
      "NOT_A_CONFIGURATION",
      /nests/,
    ],
    [
      "a resource that is a text",
      { "a.tf.json": { resource: { aws_iam_role: { x: "y" } } } },
      "",
      "INVALID_CONFIGURATION",
      /aws_iam_role\.x: it is no JSON object/,
    ],
    [
      "resources that are a number",
      { "a.tf.json": { resource: 1 } },
      "",
      "INVALID_CONFIGURATION",
      /resource: it is no JSON object/,
    ],
    [
      "one address twice",
      { "a.tf.json": output(1), "b.tf.json": output(2) },
      "",
      "DUPLICATE_ADDRESS",
      /output\.found is declared a second time in .*b\.tf\.json/,
    ],
    [
      "an override of nothing",
      { "a.tf.json": {}, "override.tf.json": output(1) },
      "",
      "INVALID_CONFIGURATION",
      /output\.found: an override file/,
    ],
    [
      "several stacks",
      { "manifest.json": manifest("a", "b") },
      "",
      "SEVERAL_STACKS",
      /2 stacks; name the folder of one: .*stacks\/a, .*stacks\/b/,
    ],
    ["a manifest without stacks", { "manifest.json": {} }, "", "NOT_A_CONFIGURATION", /names no stacks/],
    ["a manifest of no stack", { "manifest.json": manifest() }, "", "NO_CONFIGURATION", /no \*\.tf or \*\.tf\.json/],
    [
      "a manifest that leads elsewhere",
      { "manifest.json": { stacks: { a: { workingDirectory: "../../etc" } } } },
      "",
      "NOT_A_CONFIGURATION",
      /outside/,
    ],
    [
      "a manifest whose stack is gone",
      { "manifest.json": manifest("a") },
      "",
      "SOURCE_NOT_FOUND",
      /stacks\/a does not exist/,
    ],
  ];

  test.each(cases)("fails on %s", (_, files, path, code, message) => {
    const error = failure(join(temporaryFolder(files), path));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });
});
