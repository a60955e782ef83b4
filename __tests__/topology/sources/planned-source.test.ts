import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../../review";
import { inventoryOf, type Inventory, readDocument, TopologyError } from "../../../topology";
import { temporaryFolder } from "../../support/temporary-folder";

const REVIEWS = join(__dirname, "../../review");

function withSource(plan: string, source: string): Inventory {
  return inventoryOf(readDocument(plan, { source }));
}

/** A copy of a configuration with a change in one of its files. */
function changed(folder: string, file: string, search: string, replacement: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  const text = readFileSync(join(copy, file), "utf8");
  if (!text.includes(search)) throw new Error(`${file} does not hold ${search}.`);
  writeFileSync(join(copy, file), text.replace(search, replacement));
  return copy;
}

function failure(plan: string, source: string): TopologyError {
  try {
    withSource(plan, source);
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

describe.each(["article", "modules"])("a plan with its source: %s", (name) => {
  const folder = join(REVIEWS, name);
  const plan = join(folder, "plan.json");
  const both = withSource(plan, folder);

  test("has the plan's instances, with the places of the source", () => {
    const planned = inventoryOf(readDocument(plan));
    expect(both.instances.map(({ address }) => address)).toEqual(planned.instances.map(({ address }) => address));
    expect(both.instances.filter(({ position }) => position === undefined)).toEqual([]);
  });

  test("says of the source what the source says of itself", () => {
    const told = (inventory: Inventory): string[] =>
      review(inventory)
        .findings.map(({ rule, address }) => `${rule} ${address}`)
        .sort();
    expect(told(both)).toEqual(told(inventoryOf(readDocument(folder))));
  });
});

describe("a plan with the source of another commit", () => {
  const folder = join(REVIEWS, "article");
  const plan = join(folder, "plan.json");
  const cases: [string, string, string, string, RegExp][] = [
    [
      "a resource more",
      "iam.tf",
      "# ",
      'resource "aws_iam_role" "more" {}\n# ',
      /^aws_iam_role\.more: .* declares it, but .*plan\.json does not plan it; give the configuration/,
    ],
    [
      "a resource less",
      "agentcore.tf",
      'resource "aws_bedrockagentcore_gateway_target" "mcp_server"',
      'resource "aws_bedrockagentcore_gateway_target" "other"',
      /^aws_bedrockagentcore_gateway_target\.(other|mcp_server): /,
    ],
    [
      "another value",
      "agentcore.tf",
      '"MCP"',
      '"HTTP"',
      /^aws_bedrockagentcore_\w+\.\w+: (protocol_type|protocol_configuration\.server_protocol) is not in .* what it is in .*plan\.json; give/,
    ],
  ];

  test.each(cases)("%s is named", (_, file, search, replacement, message) => {
    const error = failure(plan, changed(folder, file, search, replacement));
    expect(error.message).toMatch(message);
    expect(error.code).toBe("NOT_OF_THIS_PLAN");
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });

  test("no source goes with a configuration, and no variable with a plan", () => {
    const configuration = temporaryFolder({ "a.tf": "" });
    expect(() => readDocument(configuration, { source: folder })).toThrow(
      /is a configuration, with which --source cannot be used/,
    );
    expect(() => readDocument(plan, { assignments: [{ kind: "file", path: "x" }] })).toThrow(
      /is a plan, with which -var and -var-file/,
    );
  });
});

describe("values of variables that somebody names", () => {
  const folder = temporaryFolder({
    "main.tf":
      'variable "a" {\n  default = "default"\n}\nvariable "b" {\n  type = list(number)\n}\noutput "found" {\n  value = [var.a, var.b]\n}\n',
    "terraform.tfvars": 'a = "folder"\nb = [1]\n',
    "more.tfvars": 'a = "file"\nb = [2]\n',
    "more.vars.json": { a: "json", undeclared: 1 },
  });
  const value = (name: string, text: string) => ({ kind: "value", name, text }) as const;
  const file = (name: string) => ({ kind: "file", path: join(folder, name) }) as const;
  const cases: [string, Parameters<typeof readDocument>[1], unknown][] = [
    ["none", {}, ["folder", [1]]],
    ["texts and expressions", { assignments: [value("a", "x=[1]"), value("b", "[3, 4]")] }, ["x=[1]", [3, 4]]],
    ["files of both syntaxes", { assignments: [file("more.tfvars"), file("more.vars.json")] }, ["json", [2]]],
    ["the later one counts", { assignments: [value("a", "x"), file("more.tfvars")] }, ["file", [2]]],
  ];

  test.each(cases)("%s", (_, options, expected) => {
    const { outputs } = inventoryOf(readDocument(folder, options), { TF_VAR_a: "environment" });
    expect(outputs[0]?.value).toEqual(expected);
  });

  test("one that is not declared", () => {
    expect(() => inventoryOf(readDocument(folder, { assignments: [value("c", "1")] }))).toThrow(
      "var.c is given a value with -var, but the root module declares no such variable.",
    );
  });
});
