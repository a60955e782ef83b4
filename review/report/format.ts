import { localAddress } from "../../topology";
import type { FailurePolicy } from "../failure";
import type { Review } from "../review";
import type { Finding, Severity } from "../rule";

/** What a report needs to know beside the review. */
export interface ReportContext {
  /** What was reviewed, relative to where the command was called, with slashes. */
  readonly artifact: string;
  /** This package's. */
  readonly version: string;
  readonly policy: FailurePolicy;
  readonly style: Style;
}

/** How a terminal shows text; the identity where it shows none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
}

export type Format = (review: Review, context: ReportContext) => string;

export function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `2 errors, 1 warning, 0 info, 3 not checked`. */
export function summary({ findings, acknowledged, baseline, unchecked, skipped }: Review): string {
  return [
    plural(count(findings, "error"), "error"),
    plural(count(findings, "warning"), "warning"),
    `${count(findings, "info")} info`,
    ...(acknowledged.length > 0 ? [`${acknowledged.length} acknowledged`] : []),
    ...(baseline.length > 0 ? [`${baseline.length} in the baseline`] : []),
    ...(unchecked.length > 0 ? [`${unchecked.length} not checked`] : []),
    ...(skipped.length > 0 ? [`${plural(skipped.length, "rule")} skipped`] : []),
  ].join(", ");
}

/** `gateway.tf:41`, or the address where the source has no lines. */
export function placeOf({ position, address }: Pick<Finding, "position" | "address">): string {
  return position === undefined ? address : `${position.file}:${position.line}`;
}

/** The sentence of a review that is empty. */
export function nothingToReview({ inventory }: Review): string {
  const { instances, destroyed = new Set() } = inventory;
  const gone = [...destroyed].filter((address) => AGENTCORE.test(localAddress(address))).length;
  if (gone > 0) return `The plan destroys ${plural(gone, "resource")} of AgentCore and leaves none to review.`;
  const empty = inventory.emptyBlocks?.().filter((address) => AGENTCORE.test(localAddress(address))) ?? [];
  const given = empty.length === 0 ? "" : `, as the values that are given make no instance of ${empty.join(", ")}`;
  return `There is nothing of AgentCore among the ${instances.length} resources: nothing to review${given}.`;
}

const AGENTCORE = /^(data\.)?(aws|awscc)_bedrockagentcore_/;

/** Whether there was nothing of AgentCore to review. */
export function isEmpty({ inventory, findings, unchecked }: Review): boolean {
  return (
    findings.length === 0 && unchecked.length === 0 && !inventory.instances.some(({ type }) => AGENTCORE.test(type))
  );
}
