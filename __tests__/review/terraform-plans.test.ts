import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, review, rules } from "../../review";
import { inventoryOf, parseDocument, type ReadingOptions } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { Terraform } from "../support/terraform/terraform";
import { cleanStack } from "./clean-stack";
import { inHcl } from "./hcl";
import { mergedAddress, mergedStacks, stackIndex } from "./merged-stacks";
import { type Mistake, mistakes } from "./mistakes";

const infos = new Set(rules.filter(({ severity }) => severity === "info").map(({ id }) => id));

/** The clean stack is among them, as a mistake that is none. */
const clean: Mistake = { rule: "", title: "nothing wrong", address: "", bend: () => undefined };
const all = [
  ...mistakes.filter(({ notPlanned, rule }) => notPlanned === undefined && rule !== "duplicate-name"),
  clean,
];
const cases = all.map((mistake, index) => ({ ...mistake, index, address: mergedAddress(mistake.address, index) }));

type FindingsByStack = ReadonlyMap<number, readonly Finding[]>;

/** Terraform's plan of one file, and the folder of that. */
async function planOf(name: string, text: string): Promise<{ plan: Buffer; source: string }> {
  const terraform = await Terraform.start();
  const source = await terraform.newFolder();
  writeFileSync(join(source, name), text);
  await terraform.init(source);
  return { plan: Buffer.from(JSON.stringify(await terraform.plan(source))), source };
}

/** What a plan lets the review find, by itself or beside its source, by the index of the stack. */
function findingsByStack(plan: Buffer, options?: ReadingOptions): FindingsByStack {
  const found = new Map<number, Finding[]>();
  // The stacks have names in common, which each of them may have.
  const { findings } = review(inventoryOf(parseDocument("plan.json", plan, options)), { skip: ["duplicate-name"] });
  // All of them together are more than an account may have.
  for (const finding of findings.filter(({ message }) => !message.includes("an account's quota"))) {
    const index = stackIndex(finding.address);
    found.set(index, [...(found.get(index) ?? []), finding]);
  }
  return found;
}

describeWithTerraform("terraform plans every mistake in JSON without a word, and the review of that plan", () => {
  let found: FindingsByStack;

  beforeAll(async () => {
    const { plan } = await planOf("main.tf.json", JSON.stringify(mergedStacks(all)));
    found = findingsByStack(plan);
  }, 180_000);

  test.each(cases)("tells $title", ({ index, rule, address, also = [] }) => {
    const own = found.get(index) ?? [];
    if (rule !== "") expect(own).toContainEqual(expect.objectContaining({ rule, address }));
    expect(new Set(own.map((finding) => finding.rule))).toEqual(new Set([rule, ...also].filter(Boolean)));
  });
});

describeWithTerraform(
  "terraform plans every mistake in its native language without a word, and the review of that plan",
  () => {
    let found: FindingsByStack;
    let beside: FindingsByStack;

    beforeAll(async () => {
      const { plan, source } = await planOf("main.tf", inHcl(mergedStacks(all)));
      found = findingsByStack(plan);
      beside = findingsByStack(plan, { source });
    }, 180_000);

    test.each(cases)("beside its source, tells $title, with file and line", ({ index, rule, address, also = [] }) => {
      const own = beside.get(index) ?? [];
      if (rule !== "") expect(own).toContainEqual(expect.objectContaining({ rule, address }));
      expect(new Set(own.map((finding) => finding.rule))).toEqual(new Set([rule, ...also].filter(Boolean)));
      expect(own.filter(({ position }) => position === undefined)).toEqual([]);
    });

    test.each(cases.filter(({ hiddenInPlans }) => hiddenInPlans === undefined))(
      "tells $title",
      ({ index, rule, address, also = [] }) => {
        const own = (found.get(index) ?? []).filter(({ severity }) => severity !== "info");
        const expected = [rule, ...also].filter((id) => id !== "" && !infos.has(id));
        if (expected.includes(rule)) expect(own).toContainEqual(expect.objectContaining({ rule, address }));
        expect(new Set(own.map((finding) => finding.rule))).toEqual(new Set(expected));
      },
    );

    test.each(cases.filter(({ hiddenInPlans }) => hiddenInPlans !== undefined))(
      "guesses nothing about $title, where $hiddenInPlans",
      ({ index, also = [] }) => {
        const own = (found.get(index) ?? []).filter(({ severity }) => severity !== "info");
        expect(own.filter((finding) => !also.includes(finding.rule))).toEqual([]);
      },
    );
  },
);

test("the clean stack stands in both languages", () => {
  expect(inHcl(cleanStack())).toContain('resource "aws_bedrockagentcore_gateway" "main"');
});

describeWithTerraform("a plan of the clean stack after its apply", () => {
  test("has no finding, now that the services have assigned every id", async () => {
    const terraform = await Terraform.start();
    const folder = await terraform.newFolder();
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(cleanStack()));
    await terraform.init(folder);
    await terraform.apply(folder);
    const plan = await terraform.plan(folder);
    expect(JSON.stringify(plan)).not.toContain('"after_unknown":true');
    expect(review(inventoryOf(parseDocument("plan.json", Buffer.from(JSON.stringify(plan))))).findings).toEqual([]);
  });
});

describeWithTerraform("a plan in the native language that changes what exists", () => {
  const changed = mistakes.filter(({ number }) => number === 6 || number === 7 || number === 12);

  test("shows what a plan for new resources hides: each changed text fails its rule", async () => {
    const terraform = await Terraform.start();
    const folder = await terraform.newFolder();
    const file = join(folder, "main.tf");
    writeFileSync(file, inHcl(cleanStack()));
    await terraform.init(folder);
    await terraform.apply(folder);
    for (const { rule, address, bend } of changed) {
      const stack = cleanStack();
      bend(stack);
      writeFileSync(file, inHcl(stack));
      const { findings } = review(
        inventoryOf(parseDocument("plan.json", Buffer.from(JSON.stringify(await terraform.plan(folder))))),
      );
      expect(findings).toMatchObject([{ rule, address, severity: "error" }]);
    }
  });
});
