import { authMap, rolePermissions } from "../auth-map";
import { count, type Format } from "./format";
import { jsonText } from "./visible";

/** The object that docs/review.md describes, one line for each of its lists' entries. */
export const jsonReport: Format = ({ findings, acknowledged, baseline, unchecked, skipped, system }) =>
  jsonText({
    version: 1,
    summary: {
      errors: count(findings, "error"),
      warnings: count(findings, "warning"),
      infos: count(findings, "info"),
      acknowledged: acknowledged.length,
      baseline: baseline.length,
      unchecked: unchecked.length,
    },
    hops: authMap(system),
    permissions: rolePermissions(system),
    findings,
    acknowledged,
    baseline,
    unchecked,
    skippedRules: skipped,
  });
