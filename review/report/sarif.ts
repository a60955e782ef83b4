import type { AcknowledgedFinding, Review } from "../review";
import type { Finding, Rule, Severity } from "../rule";
import { rules } from "../rules";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * SARIF 2.1.0, which code-scanning pages read. A plan has no lines, so each result stands at the first line of the
 * reviewed file and names its resource as the logical location.
 * @param artifact - what was reviewed, relative to where code scanning begins
 */
export function sarifReport({ findings, acknowledged }: Review, artifact: string): string {
  const results = [
    ...findings.map((finding) => result(finding, artifact)),
    ...acknowledged.map((finding) => suppressed(finding, artifact)),
  ];
  const driver = {
    name: "cdktf-agentcore",
    rules: rules.map(descriptor),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ id, severity, summary, source }: Rule): object {
  return {
    id,
    shortDescription: { text: summary },
    help: { text: `${summary} See ${source}.` },
    ...(source.startsWith("https://") && { helpUri: source }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result({ rule, severity, address, message, fix }: Finding, artifact: string): object {
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: `${address}: ${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: artifact.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }],
      },
    ],
    partialFingerprints: { ruleAndAddress: `${rule} ${address}` },
  };
}

function suppressed(finding: AcknowledgedFinding, artifact: string): object {
  return { ...result(finding, artifact), suppressions: [{ kind: "external", justification: finding.reason }] };
}
