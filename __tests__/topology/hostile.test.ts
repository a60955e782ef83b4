import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../cli/commands/review";
import { judge } from "../../cli/judge";
import { readDocument, TopologyError, topologyOf } from "../../topology";
import { deploy, ENVIRONMENT } from "./fake-account";
import { Dice, places } from "./junk";
import { ARTICLE, keptPlan } from "./plan/documents";
import { temporaryFolder } from "../support/temporary-folder";

const SECONDS = 5;
const MEGABYTES = 512;
const range = "range(1024)";

/** Texts that would take for ever, or all memory, or the stack, in the place of an output's value. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  "a million lists": `length([for a in ${range}: [for b in ${range}: [for c in ${range}: c]]])`,
  "a million keys": `{for a in ${range}: a => {for b in ${range}: b => {for c in ${range}: c => c}}}`,
  "a product of lists": `setproduct(${range}, ${range}, ${range}, ${range})`,
  "a product joined": `join("", flatten([for a in ${range}: [for b in ${range}: "0123456789abcdef"]]))`,
  "texts of texts": `[for a in ${range}: format("%9999d", a)]`,
  "a width": 'format("%999999999d", 1)',
  "a precision": 'format("%.999f", 1)',
  "a precision without end": 'format("%.999999999f", 1)',
  "a width without end": 'format("%99999999999999999999s", "")',
  "an indent": 'indent(999999999, "a\\nb")',
  "a replacement": `replace(join("", ${range}), "", join("", ${range}))`,
  "a replacement by pattern": `replace(join("", ${range}), "/./", join("", ${range}))`,
  "a pattern that backtracks": `regexall("(a+)+$", "${"a".repeat(40)}b")`,
  "a pattern of patterns": `regex("${"(a?)".repeat(500)}", "${"a".repeat(500)}")`,
  "a pattern repeated": 'regex("((a{1,1000}){1,1000}){1,1000}", "a")',
  "matches everywhere": `length(regexall("", join("", [for a in ${range}: "0123456789"])))`,
  "a long text cut": `substr("${"x".repeat(300_000)}", 1, -1)`,
  "graphemes without end": `length("${"e\u0301😀".repeat(40_000)}")`,
  "one grapheme": `length("e${"\u0301".repeat(50_000)}")`,
  flags: `strrev("${"🇩🇪".repeat(20_000)}")`,
  "a JSON text nested": `jsondecode("${"[".repeat(20_000)}${"]".repeat(20_000)}")`,
  "a YAML bomb": `yamldecode("a: &a [x, x, x]\\n${Array.from({ length: 25 }, (_, i) => `${"bcdefghijklmnopqrstuvwxyza"[i]}: &${"bcdefghijklmnopqrstuvwxyza"[i]} [*${"abcdefghijklmnopqrstuvwxyz"[i]}, *${"abcdefghijklmnopqrstuvwxyz"[i]}]`).join("\\n")}")`,
  "YAML nested": `yamldecode("${"[".repeat(5_000)}")`,
  "CSV that never ends": `csvdecode("a\\n\\"${"x".repeat(50_000)}")`,
  "a power of a power": "pow(9, pow(9, 9))",
  "an exponent": "1e999999999",
  "products of large numbers": Array(400).fill("1e9999").join(" * "),
  "a small number": `${Array(400).fill("1e-9999").join(" * ")}`,
  "a fraction with digits": `0.${"1".repeat(50_000)} + 1`,
  "a whole number with digits": "9".repeat(50_000),
  "a base": `parseint("${"z".repeat(50_000)}", 62)`,
  "an endless range": "range(0, 1e300)",
  "a tiny step": "range(0, 1, 1e-300)",
  brackets: `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  parentheses: `${"(".repeat(50_000)}1${")".repeat(50_000)}`,
  "open braces": "{".repeat(50_000),
  negations: `${"!".repeat(50_000)}true`,
  signs: `${"-".repeat(50_000)}1`,
  "a sum": Array(50_000).fill("1").join("+"),
  conditions: `${"true ? 1 : ".repeat(50_000)}1`,
  "conditions in conditions": `${"true ? ".repeat(5_000)}1${" : 1".repeat(5_000)}`,
  attributes: `{}${".a".repeat(100_000)}`,
  indexes: `[]${"[0]".repeat(50_000)}`,
  splats: `[]${"[*]".repeat(50_000)}`,
  "legacy splats": `[]${".*".repeat(50_000)}`,
  "calls in calls": `${"upper(".repeat(20_000)}1${")".repeat(20_000)}`,
  "loops in loops": `${"[for a in [1]: ".repeat(5_000)}1${"]".repeat(5_000)}`,
  "many items": `[${"1,".repeat(200_000)}]`,
  "many members": `{${Array.from({ length: 50_000 }, (_, i) => `a${i} = 1`).join(",")}}`,
  "a long name": "a".repeat(500_000),
  "a namespace": Array(10_000).fill("a").join("::"),
  "an open comment": `1 /* ${"*".repeat(200_000)}`,
  comments: "/* */".repeat(100_000),
  "an open heredoc": `<<${"E".repeat(1_000)}\n${"x\n".repeat(50_000)}`,
  "heredocs in heredocs": `${"<<A\n${".repeat(200)}1${"}\nA\n".repeat(200)}`,
  "a heredoc's pattern": `<<E.*\n${"x".repeat(1_000)}\nE.*\n`,
  "an address range": 'cidrsubnets("::/0", 1, 128)',
  addresses: `[for a in ${range}: [for b in ${range}: cidrhost("10.0.0.0/8", a * b)]]`,
  "a date far away": 'timeadd("9999-12-31T23:59:59Z", "999999999999h")',
  "a duration": `timeadd("2000-01-01T00:00:00Z", "${"1h".repeat(50_000)}")`,
  "a format of a date": `formatdate("${"Y".repeat(100_000)}", "2000-01-01T00:00:00Z")`,
  apostrophes: `formatdate("${"'".repeat(50_001)}", "2000-01-01T00:00:00Z")`,
  "a template in a template": `templatestring("${"$${".repeat(3_000)}", {})`,
  "a template that is its own":
    'templatestring("$${templatestring(t, {t = t})}", {t = "$${templatestring(t, {t = t})}"})',
  "nested tries": `${"try(nope, ".repeat(2_000)}1${")".repeat(2_000)}`,
  "many distinct": `length(distinct(flatten([for a in ${range}: [for b in range(200): "\${a}-\${b}"]])))`,
  "sets of sets": `toset([for a in ${range}: toset([for b in ${range}: b])])`,
  "a sort": `sort(flatten([for a in ${range}: [for b in range(200): "é\${b}\${a}"]]))`,
  "a spread": `max(flatten([for a in ${range}: ${range}])...)`,
  "digits to read": `parseint("${"Z".repeat(200_000)}", 62)`,
  "laughs of YAML": `length(yamldecode("a: &a [x,x,x,x]\\n${"bcdefghijklm".replace(/./g, (name, index: number) => `${name}: &${name} [*${"abcdefghijklm"[index]},*${"abcdefghijklm"[index]},*${"abcdefghijklm"[index]}]\\n`)}"))`,
  "quotes of CSV": `csvdecode("a\\n${'\\"'.repeat(100_001)}")`,
  "an expression that is tried again": `can(regex("(x+x+)+y", "${"x".repeat(60)}"))`,
  "families of characters": `length("${"\u{1F468}\u200D".repeat(50_000)}")`,
  "a name of JavaScript": "constructor.prototype.__proto__",
  "a null byte": "\u0000",
  "half a character": '"\ud800"',
  "private characters": '"\u{F0000}0\u{F0001}${jsonencode("\u{F0002}1")}"',
};

/** Configurations whose blocks would. */
const CONFIGURATIONS: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    [1e9, 1e300, -1, 0.5, "x", null, [], {}, "${range(3)}", "${nope()}"].map((count) => [
      `a count of ${JSON.stringify(count)}`,
      { resource: { terraform_data: { x: { count, input: "${count.index}" } } } },
    ]),
  ),
  ...Object.fromEntries(
    ["${range(1024)}", `\${toset([for a in ${range}: "\${a}"])}`, null, 1, "x", ["a", 1], "${local.gone}"].map(
      (forEach) => [
        `a for_each over ${JSON.stringify(forEach)}`,
        { resource: { terraform_data: { x: { for_each: forEach, input: "${each.value}" } } } },
      ],
    ),
  ),
  "texts that double": doubling((name) => `\${${name}}\${${name}}`),
  "lists that double": doubling((name) => [`\${${name}}`, `\${${name}}`]),
  "objects that double": doubling((name) => ({ a: `\${${name}}`, b: `\${${name}}` })),
  "unknown texts that double": doubling((name) => `\${${name}}\${${name}}`, "${terraform_data.x.id}"),
  "unknown lists that double": doubling((name) => [`\${${name}}`, `\${${name}}`], "${terraform_data.x.id}"),
  "unknown texts that double in functions": doubling(
    (name) => `\${replace("\${${name}}\${${name}}", "a", "b")}`,
    "${terraform_data.x.id}",
  ),
  "a circle": { locals: { a: "${local.b}", b: "${local.a}" }, output: { x: { value: "${local.a}" } } },
  "instances of instances": {
    resource: {
      terraform_data: {
        a: { for_each: `\${toset([for a in ${range}: "\${a}"])}`, input: "x" },
        b: { for_each: "${terraform_data.a}", input: "${[for k, v in terraform_data.a : v.id]}" },
      },
    },
  },
  "dynamic blocks in dynamic blocks": {
    resource: { aws_cognito_resource_server: { x: { identifier: "x", name: "x", user_pool_id: "x", ...dynamics(3) } } },
  },
  "a type nested": {
    variable: { v: { type: `${"list(".repeat(5_000)}string${")".repeat(5_000)}`, default: [] } },
    output: { x: { value: "${var.v}" } },
  },
  "a type that is none": { variable: { v: { type: "list(", default: [] } }, output: { x: { value: "${var.v}" } } },
  "a policy of stars": {
    resource: {
      aws_iam_role: {
        x: {
          name: "x",
          assume_role_policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Action: "*".repeat(3_000), Principal: "*" }],
          }),
        },
      },
    },
  },
  "a module that is itself": { module: { x: { source: "./" } } },
  "a module above": { module: { x: { source: "../../../../../../../.." } } },
  "members nested": { locals: nested(140) },
  "members nested too deep": { locals: nested(3_000) },
};

function doubling(twice: (name: string) => unknown, start = "0123456789"): unknown {
  const locals = Array.from({ length: 60 }, (_, index) => [`d${index + 1}`, twice(`local.d${index}`)] as const);
  const resource = { terraform_data: { x: {}, y: { input: "${local.d60}" } } };
  return {
    resource,
    locals: { d0: start, ...Object.fromEntries(locals) },
    output: { x: { value: "${jsonencode(local.d60)}" } },
  };
}

function dynamics(depth: number): object {
  const inner = depth === 0 ? { scope_name: "x", scope_description: "x" } : dynamics(depth - 1);
  return { dynamic: { scope: { for_each: "${range(1024)}", content: inner } } };
}

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) as unknown;
}

const CONFIGURATION = JSON.stringify({ output: { x: { value: "é" } } });
const BYTES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  blanks: Buffer.from(" \n\t "),
  "null bytes": Buffer.alloc(10_000),
  "random bytes": Buffer.from(Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 256)),
  "UTF-16": Buffer.from(`\ufeff${CONFIGURATION}`, "utf16le"),
  "UTF-16 the other way": Buffer.from(`\ufeff${CONFIGURATION}`, "utf16le").swap16(),
  "half of UTF-16": Buffer.from(`\ufeff${CONFIGURATION}`, "utf16le").subarray(0, 15),
  "a byte order mark": Buffer.from(`\ufeff${CONFIGURATION}`),
  "Latin-1": Buffer.from(CONFIGURATION, "latin1"),
  "a list": Buffer.from("[]"),
  "a text": Buffer.from('"x"'),
  "an open object": Buffer.from('{"output":{'),
  "two objects": Buffer.from("{}{}"),
  "JSON nested": Buffer.from("[".repeat(1_000_000)),
  "objects nested": Buffer.from('{"a":'.repeat(1_000_000)),
  "a name a million times": Buffer.from(`{${'"a":1,'.repeat(1_000_000)}"a":1}`),
  "a plan of nothing": Buffer.from('{"planned_values":null,"format_version":"1.2"}'),
  "a plan of another format": Buffer.from('{"planned_values":{},"format_version":"9"}'),
  "a plan with an instance far away": farInstance(1e9),
  "a plan with an instance farther away": farInstance(4e9),
  "a plan that is binary": Buffer.from("PK\u0003\u0004junk"),
};

function farInstance(index: number): Buffer {
  const resource = { address: "terraform_data.x[0]", mode: "managed", type: "terraform_data", name: "x", index };
  const outputs = { o: { expression: { references: ["terraform_data.x"] } } };
  return Buffer.from(
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources: [resource] } },
      configuration: { root_module: { outputs } },
    }),
  );
}

const HCL: Readonly<Record<string, string>> = {
  "an open block": 'resource "a" "b" {',
  "a closed block": "}",
  "blocks nested": "a {\n".repeat(3_000),
  "an open text": 'locals { a = "',
  "an open heredoc": "locals {\n a = <<E\n",
  "an open comment": "/*",
  "a byte of no character": 'locals { a = "\xff" }',
  "a block without labels": "resource {}",
  "a block with many labels": `resource ${'"a" '.repeat(100)}{}`,
  "an argument twice": "locals {\n a = 1\n a = 2\n}",
  "an unknown block": "nothing {}",
  "expressions nested": `locals { a = ${"[".repeat(2_000)}${"]".repeat(2_000)} }`,
  "parentheses nested": `locals { a = ${"(".repeat(2_000)}1${")".repeat(2_000)} }`,
  "templates nested": `locals { a = ${'"${'.repeat(500)}1${'}"'.repeat(500)} }`,
  interpolations: `locals { a = "${"${1}".repeat(100_000)}" }`,
  "many blocks": Array.from({ length: 3_000 }, (_, index) => `variable "v${index}" {}`).join("\n"),
};

/** What `review` does with a path: 0 or 1 with a report, or 2 with a sentence. */
async function reviewed(path: string): Promise<{ status: number; sentence?: string; report: string }> {
  let report = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    report += String(chunk);
    return true;
  });
  try {
    await review([path, "--format", "json"]);
    return { status: Number(process.exitCode ?? 0), report };
  } catch (error) {
    const [status, sentence] = judge(error);
    return { status, sentence, report };
  } finally {
    process.exitCode = undefined;
    write.mockRestore();
  }
}

/** The sentence that a deployment ends in, if it does. */
function undeployed(path: string): string | undefined {
  try {
    const topology = topologyOf(readDocument(path));
    if (topology.region === ENVIRONMENT.region) JSON.stringify(deploy(topology));
    return undefined;
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

/** What an act gives, which takes no more than it may. */
async function withinBounds<T>(act: () => T | Promise<T>): Promise<T> {
  const [start, memory] = [process.cpuUsage(), process.memoryUsage().heapUsed];
  const given = await act();
  const { user, system } = process.cpuUsage(start);
  expect(user + system).toBeLessThan(SECONDS * 1_000_000);
  expect((process.memoryUsage().heapUsed - memory) / 1024 ** 2).toBeLessThan(MEGABYTES);
  return given;
}

/** Whatever is given ends in an answer, or in one sentence, soon and without much memory. */
async function endsSoon(path: string): Promise<void> {
  const { status, sentence, report } = await withinBounds(() => reviewed(path));
  if (sentence === undefined) expect(Object.keys(JSON.parse(report) as object)).toContain("findings");
  else expect([status, report]).toEqual([2, ""]);
  const deployment = await withinBounds(() => undeployed(path));
  for (const each of [sentence, deployment]) {
    if (each !== undefined) expect(each).toMatch(/^[^\n]{1,1000}(…|(?<!…)\.)$/);
  }
}

describe("hostile input ends in an answer or in one sentence, and never in status 1 without a report", () => {
  test.each(Object.entries(EXPRESSIONS))("an expression: %s", (_, text) =>
    endsSoon(temporaryFolder({ "main.tf.json": { output: { x: { value: `\${${text}}` } } } })),
  );

  test.each(Object.entries(CONFIGURATIONS))("a configuration: %s", (_, configuration) =>
    endsSoon(temporaryFolder({ "main.tf.json": configuration })),
  );

  test.each(Object.entries(BYTES))("bytes: %s", (_, bytes) =>
    endsSoon(join(temporaryFolder({ "plan.json": bytes }), "plan.json")),
  );

  test.each(Object.entries(HCL))("HCL: %s", (_, text) =>
    endsSoon(temporaryFolder({ "main.tf": Buffer.from(text, "latin1") })),
  );

  test.each(Array.from({ length: 30 }, (_, seed) => seed))("a plan with junk in it: %i", (seed) => {
    const plan: unknown = keptPlan(ARTICLE, "plan");
    const dice = new Dice(seed);
    for (let mutations = dice.below(6); mutations >= 0; mutations--) {
      const [container, key] = dice.pick(places(plan));
      (container as Record<string, unknown>)[key] = dice.pick([
        null,
        true,
        "x",
        {},
        [],
        [[]],
        { references: ["x"] },
        -1,
      ]);
    }
    return endsSoon(join(temporaryFolder({ "plan.json": plan }), "plan.json"));
  });

  test.each<[string, (path: string) => void]>([
    ["a pipe", (path) => execFileSync("mkfifo", [join(path, "main.tf.json")])],
    ["a device", (path) => symlinkSync("/dev/zero", join(path, "main.tf.json"))],
    ["a link to itself", (path) => symlinkSync("main.tf.json", join(path, "main.tf.json"))],
    ["a folder with a file's name", (path) => mkdirSync(join(path, "main.tf.json"))],
    [
      "a stack in its own folder",
      (path) => writeFileSync(join(path, "manifest.json"), '{"stacks":{"a":{"workingDirectory":"."}}}'),
    ],
    [
      "a stack above",
      (path) => writeFileSync(join(path, "manifest.json"), '{"stacks":{"a":{"workingDirectory":".."}}}'),
    ],
  ])("a folder with %s", (_, make) => {
    const path = temporaryFolder({});
    make(path);
    return endsSoon(path);
  });
});
