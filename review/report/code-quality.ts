import type { Position } from "../../topology";
import type { Finding, Severity } from "../rule";
import { fingerprint } from "../fingerprint";
import type { Format } from "./format";
import { jsonText, visibleText } from "./visible";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/** The list that GitLab shows in a merge request: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const codeQualityReport: Format = ({ findings, unchecked }, { artifact, policy }) => {
  const place = (position: Position | undefined): object => ({
    path: position?.file ?? artifact,
    lines: { begin: position?.line ?? 1 },
  });
  return jsonText([
    ...findings.map(({ rule, severity, address, position, message, fix, fingerprint }: Finding) => ({
      description: visibleText(`${address}: ${message} ${fix}`),
      check_name: rule,
      fingerprint,
      severity: SEVERITIES[severity],
      location: place(position),
    })),
    ...unchecked.map(({ address, position, what, reason }) => ({
      description: visibleText(`${address}: not checked: ${what}, because ${reason}.`),
      check_name: "not-checked",
      fingerprint: fingerprint("not-checked", address, what),
      severity: policy.strict ? "critical" : "info",
      location: place(position),
    })),
  ]);
};
