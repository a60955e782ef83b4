import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { refuseUnknownFunction } from "../../../topology/language/functions";
import { REFUSED_FUNCTIONS } from "../../../topology/language/functions/refused";
import { describeWithTerraform } from "../../support/skip";
import { deploy } from "../fake-account";
import { temporaryFolder } from "../../support/temporary-folder";
import { terraformFunctions, terraformOutputs } from "../terraform";
import { DIFFERENTIAL, SURROUNDINGS } from "./differential";
import { readTopology } from "../reading";

const DOCUMENTATION = join(__dirname, "../../../docs/review.md");
const EMPTY = "compact([]) == tolist([])";
const NAMES = Object.keys(DIFFERENTIAL);

/** What fails is told from what is null, and a number beyond JavaScript's from those beside it. */
function told(expression: string): string {
  return `try([jsonencode(${expression})], "failed")`;
}

/** Forms of the evaluator itself, whose arguments need have no value. */
const FORMS = ["can", "templatestring", "try"];

describeWithTerraform("the functions that terraform has", () => {
  test("are implemented, or refused for a reason, and by the documentation", () => {
    const names = terraformFunctions();
    expect(names.length).toBeGreaterThan(100);
    const refused = names.filter((name) => !FORMS.includes(name) && !isImplemented(name));
    expect(refused.filter((name) => !REFUSED_FUNCTIONS.has(name))).toEqual([]);
    const documented = readFileSync(DOCUMENTATION, "utf8");
    expect(refused.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });

  test("make of base64gzip what says the same, whatever its bytes are", () => {
    const { outputs } = deploy(readTopology(temporaryFolder({ "main.tf.json": GZIP })));
    expect(gunzipSync(Buffer.from(outputs["packed"] as string, "base64")).toString()).toBe("text");
  });
});

const GZIP = { output: { packed: { value: '${base64gzip("text")}' } } };

function isImplemented(name: string): boolean {
  try {
    refuseUnknownFunction(name);
    return true;
  } catch {
    return false;
  }
}

describeWithTerraform("thousands of expressions, judged by terraform", () => {
  let theirs: ReturnType<typeof terraformOutputs> = {};
  let ours: Record<string, unknown> = {};

  beforeAll(() => {
    const output = NAMES.map((name, index) => {
      const value = `\${[${(DIFFERENTIAL[name] ?? []).map(told).join(", ")}]}`;
      return [`o${index}`, { value, sensitive: true }] as const;
    });
    const folder = temporaryFolder({
      "main.tf.json": { ...SURROUNDINGS, output: { ...Object.fromEntries(output), empty: { value: `\${${EMPTY}}` } } },
    });
    ours = deploy(readTopology(folder)).outputs;
    theirs = terraformOutputs(folder);
  });

  test("but for the types of what has no elements, as the documentation says", () => {
    expect([ours["empty"], theirs["empty"]?.value]).toEqual([true, false]);
    expect(readFileSync(DOCUMENTATION, "utf8")).toContain(`\`${EMPTY}\` is true here and false for Terraform`);
  });

  test.each(NAMES.map((name, index) => [name, `o${index}`] as const))("%s", (name, output) => {
    const expressions = DIFFERENTIAL[name] ?? [];
    const [mine = [], right = []] = [ours[output], theirs[output]?.value] as (readonly unknown[] | undefined)[];
    expect(expressions.map((expression, index) => [expression, mine[index]])).toEqual(
      expressions.map((expression, index) => [expression, right[index]]),
    );
  });
});
