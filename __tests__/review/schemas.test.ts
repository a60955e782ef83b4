import Ajv from "ajv";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Review } from "../../review";
import { installPackages, packagesFolder } from "../support/installed-packages";
import { describeWhen } from "../support/skip";
import { temporaryFolder } from "../support/temporary-folder";
import { block, INBOUND_POOL, type Stack, TARGET } from "./clean-stack";
import { print, reviewOf } from "./reports";

const open = (stack: Stack): void => void delete block(stack, INBOUND_POOL)["admin_create_user_config"];
const broken = (stack: Stack): void => {
  open(stack);
  Object.assign(stack, { module: { hidden: { source: "./hidden" } } });
  Object.assign(block(stack, TARGET), { name: "<a> & {0}", credential_provider_configuration: undefined });
};
const accepted = { rule: "self-sign-up", address: INBOUND_POOL, reason: "A <demo>." };

const reviews: readonly (readonly [string, Review])[] = [
  ["nothing wrong", reviewOf(() => undefined)],
  ["errors, a warning, and something that was not checked", reviewOf(broken)],
  ["an acknowledged warning", reviewOf(open, { acknowledgements: [accepted] })],
  ["a baseline", reviewOf(broken, { baseline: reviewOf(broken).findings })],
];
const strict = { policy: { failOn: "warning", strict: true } } as const;

const PACKAGES = "report-schemas";
const missing = installPackages(PACKAGES, { "@microsoft/jest-sarif": "1.0.0-beta.0", "libxml2-wasm": "0.7.2" });

describeWhen(missing === undefined, missing ?? "", "the SARIF schema of OASIS", () => {
  const path = join(packagesFolder(PACKAGES), "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

  test.each(reviews)("takes the report of %s", (_, review) => {
    // Written in draft 4, of which draft 7 reads all but these members.
    const inDraft7 = (name: string, value: unknown): unknown => (name === "exclusiveMinimum" ? undefined : value);
    const { id, $schema, ...schema } = JSON.parse(readFileSync(path, "utf8"), inDraft7) as {
      id: string;
      $schema: string;
    };
    expect([id, $schema]).toEqual([expect.stringContaining("sarif-2.1.0-rtm.5"), expect.stringContaining("draft-04")]);
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    for (const context of [{}, strict]) {
      validate(JSON.parse(print("sarif", review, context)));
      expect(validate.errors).toBeNull();
    }
  });
});

describeWhen(missing === undefined, missing ?? "", "the schema of JUnit's XML", () => {
  const folder = temporaryFolder();

  test("takes every report, and not one without a name", () => {
    const reports = reviews.flatMap(([, review]) => [print("junit", review), print("junit", review, strict)]);
    const wrong = print("junit", reviewOf(broken)).replace(/<testcase name="[^"]*"/, "<testcase");
    const program = join(folder, "validate.mjs");
    writeFileSync(
      program,
      `import { readFileSync } from "node:fs";
import { XmlDocument, XsdValidator } from ${JSON.stringify(join(packagesFolder(PACKAGES), "libxml2-wasm/lib/index.mjs"))};
const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(process.argv[2], "utf8")));
const isValid = (text) => { try { validator.validate(XmlDocument.fromString(text)); return true; } catch (error) { return String(error.message); } };
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(isValid)));`,
    );
    const schema = join(__dirname, "schemas/junit.xsd");
    const input = JSON.stringify([...reports, wrong]);
    const { stdout, stderr } = spawnSync(process.execPath, [program, schema], { encoding: "utf8", input });
    expect(stderr).toBe("");
    const verdicts = JSON.parse(stdout) as unknown[];
    expect(verdicts.slice(0, -1)).toEqual(reports.map(() => true));
    expect(verdicts.at(-1)).toMatch(/name/);
  });

  test.each(reviews)("counts what is in it, for %s", (_, review) => {
    const xml = print("junit", review, strict);
    const [, tests, failures] = /<testsuites tests="(\d+)" failures="(\d+)"/.exec(xml) ?? [];
    expect([tests, failures]).toEqual([/<testcase /g, /<failure /g].map((tag) => String(xml.match(tag)?.length ?? 0)));
  });
});

describe("GitLab's code quality format", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "schemas/code-quality.json"), "utf8")) as object;
  const validate = new Ajv().compile(schema);

  test.each(reviews)("takes the report of %s, whose fingerprints differ", (_, review) => {
    const report = JSON.parse(print("code-quality", review, strict)) as { fingerprint: string }[];
    validate(report);
    expect(validate.errors).toBeNull();
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(report.length);
  });
});

test("a fingerprint stays when the block moves in its file", () => {
  const moved = (stack: Stack): void => {
    open(stack);
    Object.assign(stack, { locals: { first: 1 } });
  };
  const fingerprints = (change: (stack: Stack) => void): string[] =>
    reviewOf(change).findings.map(({ fingerprint }) => fingerprint);
  expect(fingerprints(moved)).toEqual(fingerprints(open));
});
