import { readTopology } from "../../../topology";
import { describeWithTerraform } from "../../support/skip";
import { deploy } from "../fake-account";
import { removeTemporaryFolders, temporaryFolder } from "../temporary-folder";
import { terraformOutputs } from "../terraform";
import { DIFFERENTIAL, SURROUNDINGS } from "./differential";

const NAMES = Object.keys(DIFFERENTIAL);

/** What fails is told from what is null, and a number beyond JavaScript's from those beside it. */
function told(expression: string): string {
  return `try([jsonencode(${expression})], "failed")`;
}

afterAll(removeTemporaryFolders);

describeWithTerraform("thousands of expressions, judged by terraform", () => {
  let theirs: ReturnType<typeof terraformOutputs> = {};
  let ours: Record<string, unknown> = {};

  beforeAll(() => {
    const output = NAMES.map((name, index) => {
      const value = `\${[${(DIFFERENTIAL[name] ?? []).map(told).join(", ")}]}`;
      return [`o${index}`, { value, sensitive: true }] as const;
    });
    const folder = temporaryFolder({ "main.tf.json": { ...SURROUNDINGS, output: Object.fromEntries(output) } });
    ours = deploy(readTopology(folder)).outputs;
    theirs = terraformOutputs(folder);
  });

  test.each(NAMES.map((name, index) => [name, `o${index}`] as const))("%s", (name, output) => {
    const expressions = DIFFERENTIAL[name] ?? [];
    const [mine = [], right = []] = [ours[output], theirs[output]?.value] as (readonly unknown[] | undefined)[];
    expect(expressions.map((expression, index) => [expression, mine[index]])).toEqual(
      expressions.map((expression, index) => [expression, right[index]]),
    );
  });
});
