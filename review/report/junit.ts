import { isFailure } from "../failure";
import type { Finding } from "../rule";
import { rules } from "../rules";
import type { Unchecked } from "../unchecked/unchecked";
import { type Format, placeOf, type ReportContext } from "./format";
import { inertLines, visibleText } from "./visible";

interface Case {
  readonly name: string;
  readonly rule: string;
  /** The element that tells how it ended. @default - it passed */
  readonly outcome?: { readonly element: "failure" | "skipped"; readonly message: string; readonly text: string };
}

/**
 * JUnit's XML as CI systems read it: a test for each rule, and one for each thing that a rule says. What would not end
 * the review with a failure counts as skipped, with its text.
 */
export const junitReport: Format = ({ findings, acknowledged, baseline, unchecked, skipped }, context) => {
  const told = new Set([...findings, ...acknowledged, ...baseline].map(({ rule }) => rule));
  const cases: Case[] = [
    ...findings.map((finding) => findingCase(finding, isFailure(finding, context.policy) ? "failure" : "skipped")),
    ...baseline.map((finding) => findingCase(finding, "skipped", "In the baseline: ")),
    ...acknowledged.map((finding) => findingCase(finding, "skipped", `Acknowledged, ${finding.reason}: `)),
    ...unchecked.map((entry) => uncheckedCase(entry, context)),
    ...rules
      .filter(({ id }) => !told.has(id) && !skipped.includes(id))
      .map(({ id, summary }) => ({ name: summary, rule: id })),
  ];
  const failures = cases.filter((each) => each.outcome?.element === "failure").length;
  const ignored = cases.filter((each) => each.outcome?.element === "skipped").length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return inertLines(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="cdktf-agentcore review" ${counts} skipped="${ignored}" time="0">
${cases.map(caseText).join("\n")}
  </testsuite>
</testsuites>
`,
  );
};

function findingCase(finding: Finding, element: "failure" | "skipped", prefix = ""): Case {
  const { rule, severity, address, message, fix } = finding;
  const text = `${placeOf(finding)}: ${message} ${fix}`;
  return { name: address, rule, outcome: { element, message: `${prefix}${severity}: ${message}`, text } };
}

function uncheckedCase({ address, what, reason }: Unchecked, { policy }: ReportContext): Case {
  const message = `Not checked: ${what}, because ${reason}.`;
  const element = policy.strict ? "failure" : "skipped";
  return { name: address, rule: "not-checked", outcome: { element, message, text: message } };
}

function caseText({ name, rule, outcome }: Case): string {
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(rule)}" time="0"`;
  if (outcome === undefined) return `${head}/>`;
  const { element, message, text } = outcome;
  const open = `<${element} message="${escaped(message)}"${element === "failure" ? ` type="${escaped(rule)}"` : ""}>`;
  return `${head}>\n      ${open}${escaped(text)}</${element}>\n    </testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "#": "&#35;",
};

function escaped(text: string): string {
  return visibleText(text).replace(/[&<>"#]/g, (character) => ENTITIES[character] ?? "");
}
