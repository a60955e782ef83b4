import type { AcknowledgedFinding } from "../acknowledgements";
import type { Position } from "../../topology";
import type { Finding, Rule, Severity } from "../rule";
import { rules } from "../rules";
import type { Unchecked } from "../unchecked/unchecked";
import type { Format, ReportContext } from "./format";
import { jsonText, visibleText } from "./visible";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * SARIF 2.1.0, which code-scanning pages read. What has no lines, as a plan, stands at the first line of the reviewed
 * file. What was not checked is a notification of the run.
 */
export const sarifReport: Format = ({ findings, acknowledged, baseline, unchecked }, context) => {
  const all = [
    ...findings.map((finding) => () => result(finding, context)),
    ...baseline.map((finding) => () => ({ ...result(finding, context), baselineState: "unchanged" })),
    ...acknowledged.map((finding) => () => suppressed(finding, context)),
  ];
  const results = all.slice(0, MAX_RESULTS).map((make) => make());
  const driver = {
    name: "cdktf-agentcore",
    semanticVersion: context.version,
    rules: rules.map(descriptor),
    notifications: [
      { id: NOT_CHECKED, shortDescription: { text: "Something could not be compared." } },
      { id: LEFT_OUT, shortDescription: { text: "Results are left out." } },
    ],
  };
  const invocation = {
    executionSuccessful: true,
    toolExecutionNotifications: [
      ...(all.length > results.length ? [leftOut(all.length - results.length)] : []),
      ...unchecked.map((entry) => notification(entry, context)),
    ],
  };
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, invocations: [invocation], results }],
  });
};

const NOT_CHECKED = "not-checked";
const LEFT_OUT = "left-out";

/** GitHub takes no file whose run has more: docs.github.com, "SARIF support for code scanning". The worst come first. */
const MAX_RESULTS = 25_000;

function leftOut(count: number): object {
  return { descriptor: { id: LEFT_OUT }, level: "warning", message: { text: `${count} more results are left out.` } };
}

function descriptor({ id, severity, summary, source }: Rule): object {
  return {
    id,
    shortDescription: { text: messageText(summary) },
    help: { text: messageText(`${summary} See ${source}.`) },
    ...(source.startsWith("https://") && { helpUri: source }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result(
  { rule, severity, address, position, message, fix, fingerprint }: Finding,
  context: ReportContext,
): object {
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: messageText(`${address}: ${message} ${fix}`) },
    locations: [location(address, position, context)],
    // The name by which GitHub knows a result from run to run.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1` },
  };
}

function suppressed(finding: AcknowledgedFinding, context: ReportContext): object {
  const suppression = { kind: "external", justification: messageText(finding.reason) };
  return { ...result(finding, context), suppressions: [suppression] };
}

function notification({ address, position, what, reason }: Unchecked, context: ReportContext): object {
  return {
    descriptor: { id: NOT_CHECKED },
    level: context.policy.strict ? "error" : "warning",
    message: { text: messageText(`${address}: not checked: ${what}, because ${reason}.`) },
    locations: [location(address, position, context)],
  };
}

function location(address: string, position: Position | undefined, { artifact }: ReportContext): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(position?.file ?? artifact) },
      region: { startLine: position?.line ?? 1 },
    },
    logicalLocations: [{ fullyQualifiedName: visibleText(address), kind: "resource" }],
  };
}

function uriOf(path: string): string {
  return visibleText(path).split("/").map(encodeURIComponent).join("/");
}

/**
 * A text without what SARIF takes for placeholders (`{0}`) and links (`[…](…)`), and without tags, which pages that show
 * messages as Markdown would obey (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
function messageText(text: string): string {
  return visibleText(text)
    .replace(/[{}]/g, "$&$&")
    .replace(/\](?=\()/g, "\\]")
    .replace(/</g, "\u2039")
    .replace(/>/g, "\u203a");
}
