import { authMap, rolePermissions } from "../auth-map";
import type { Review } from "../review";
import type { Severity } from "../rule";

/** The object that docs/review.md describes, one line for each of its lists' entries. */
export function jsonReport(review: Review): string {
  const { findings, acknowledged, system } = review;
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const document = {
    version: 1,
    summary: {
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      acknowledged: acknowledged.length,
    },
    hops: authMap(system),
    permissions: rolePermissions(system),
    findings,
    acknowledged,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
