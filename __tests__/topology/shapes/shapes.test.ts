import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { review, type Review } from "../../../review";
import { type Document, inventoryOf, parseDocument, readDocument, topologyOf } from "../../../topology";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { deploy } from "../fake-account";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Files, PLANNED, SHAPES } from "./shapes";

/** Terraform keeps sets in an order of its own, and its provider the members of JSON. */
function told(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("{")) return told(JSON.parse(value));
  if (Array.isArray(value)) return value.map(told).sort((one, other) => (text(one) < text(other) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, told(inner)]])),
  );
}

const text = (value: unknown): string => JSON.stringify(value);

function declarations(document: Document): Record<string, unknown> {
  return told(deploy(topologyOf(document)).declarations) as Record<string, unknown>;
}

/** What is found, by rule, wherever it is. */
function found({ findings }: Review): string[] {
  return findings.map(({ rule, severity }) => `${severity} ${rule}`).sort();
}

const reviewed = (document: Document): Review => review(inventoryOf(document));

describe.each(Object.entries(SHAPES))("%s", (_, { files, expanded }) => {
  const documents = [files, expanded].map((each) => readDocument(temporaryFolder(each)));
  const [shaped, written] = documents as [Document, Document];

  test("deploys as its expanded form does", () => {
    const [ours, theirs] = [shaped, written].map((document) => Object.values(declarations(document)).map(text).sort());
    expect(ours).toEqual(theirs);
    expect(ours?.length).toBeGreaterThan(12);
  });

  test("is reviewed as its expanded form is", () => {
    expect(found(reviewed(shaped))).toEqual(found(reviewed(written)));
    expect(found(reviewed(shaped))).toContain("error runtime-not-mcp");
    expect(reviewed(shaped).unchecked).toEqual([]);
  });
});

describeWithTerraform("read from terraform's plan, by itself and beside its source", () => {
  const cases = Object.entries({
    ...Object.fromEntries(Object.entries(SHAPES).map(([name, { files }]) => [name, files])),
    ...PLANNED,
  });
  const documents = new Map<string, { written: Document; alone: Document; beside: Document }>();

  const planned = async (
    terraform: Terraform,
    files: Files,
  ): Promise<{ written: Document; alone: Document; beside: Document }> => {
    const folder = temporaryFolder(files);
    writeFileSync(join(folder, "code.zip"), "");
    await terraform.init(folder);
    const plan = Buffer.from(JSON.stringify(await terraform.plan(folder)));
    return {
      written: readDocument(folder),
      alone: parseDocument("plan.json", plan),
      beside: parseDocument("plan.json", plan, { source: folder }),
    };
  };

  beforeAll(async () => {
    const terraform = await Terraform.start();
    for (const [name, files] of cases) documents.set(name, await planned(terraform, files));
  }, 120_000);

  const of = (name: string): { written: Document; alone: Document; beside: Document } => {
    const found = documents.get(name);
    if (found === undefined) throw new Error(`${name} was not planned.`);
    return found;
  };

  test.each(cases)("%s: terraform has the same instances, with the same known arguments", (name) => {
    const { written, alone } = of(name);
    const [ours, theirs] = [inventoryOf(written), inventoryOf(alone)].map(
      ({ instances }) => new Map(instances.map((instance) => [instance.address, instance])),
    );
    expect([...(ours?.keys() ?? [])].sort()).toEqual([...(theirs?.keys() ?? [])].sort());
    for (const [address, { arguments: block }] of ours ?? []) {
      for (const [argument, value] of Object.entries(block.values)) {
        const planned = theirs?.get(address)?.arguments.values[argument];
        if (typeof value === "string" && typeof planned === "string") {
          expect([address, argument, told(value)]).toEqual([address, argument, told(planned)]);
        }
      }
    }
  });

  test.each(cases)("%s: deploys alike beside its source", (name) => {
    const { written, beside } = of(name);
    expect(declarations(beside)).toEqual(declarations(written));
  });

  test.each(Object.keys(SHAPES))("%s: names the first text that the plan alone hides and that can be any", (name) => {
    expect(() => declarations(of(name).alone)).toThrow(/^\S+: the plan hides the text of \S+, and it [^\n]*\.$/);
  });

  test.each(Object.keys(PLANNED))("%s: deploys alike from the plan alone", (name) => {
    const { written, alone } = of(name);
    const [shown, hidden] = [declarations(written), declarations(alone)];
    expect(Object.keys(hidden).sort()).toEqual(Object.keys(shown).sort());
    // What a plan alone hides of policies and descriptions is taken for what its assumptions say.
    const compared = Object.keys(shown).filter((address) => !address.includes("aws_iam_role_policy"));
    for (const address of compared) expect([address, hidden[address]]).toEqual([address, shown[address]]);
  });

  test("a runtime behind each.value, and scopes that a server names, are found in all three", () => {
    for (const document of Object.values(of("for_each over the instances of a resource"))) {
      expect(found(reviewed(document))).toContain("error runtime-not-mcp");
      expect(found(reviewed(document))).not.toContain("warning scopes-empty");
    }
  });

  test.each(cases)("%s: is reviewed alike beside its source, and says of the plan alone what it hides", (name) => {
    const { written, alone, beside } = of(name);
    expect(found(reviewed(beside))).toEqual(found(reviewed(written)));
    const { findings, unchecked } = reviewed(alone);
    const missed = found(reviewed(written)).filter(
      (each) => each.startsWith("error") && !found({ findings } as Review).includes(each),
    );
    expect(missed.length === 0 || unchecked.length > 0).toBe(true);
  });
});
