import type { Acknowledgement } from "../topology";
import { fingerprint } from "./fingerprint";
import type { Finding } from "./rule";

export interface AcknowledgedFinding extends Finding {
  /** Why somebody accepts it. */
  readonly reason: string;
}

const UNUSED = "acknowledgement-unused";
const WITHOUT_REASON = "acknowledgement-without-reason";

/** Errors cannot be acknowledged: what fails at apply fails with a reason, too. */
export class Acknowledgements {
  private readonly byFinding: ReadonlyMap<string, Acknowledgement>;
  private readonly incomplete: readonly Acknowledgement[];

  constructor(acknowledgements: readonly Acknowledgement[]) {
    this.byFinding = new Map(acknowledgements.filter(hasReason).map((given) => [keyOf(given), given]));
    this.incomplete = acknowledgements.filter((given) => !hasReason(given));
  }

  /** Those that do not count, because nobody learns from them why. */
  withoutReason(): Finding[] {
    return this.incomplete.map(({ rule, address }) => ({
      rule: WITHOUT_REASON,
      severity: "info",
      address,
      message: `An acknowledgement of the rule ${rule} gives no reason, so it does not count.`,
      fix: "Write after the rule why it is meant so.",
      fingerprint: fingerprint(WITHOUT_REASON, address, rule),
    }));
  }

  reasonFor(finding: Finding): string | undefined {
    return finding.severity === "error" ? undefined : this.byFinding.get(keyOf(finding))?.reason;
  }

  /** @param skipped - rules that were not applied, so that nobody knows of their warnings */
  unused(acknowledged: readonly Finding[], skipped: ReadonlySet<string>): Finding[] {
    const used = new Set(acknowledged.map(keyOf));
    return [...this.byFinding]
      .filter(([key, { rule }]) => !used.has(key) && !skipped.has(rule))
      .map(([, { rule, address }]) => ({
        rule: UNUSED,
        severity: "info",
        address,
        message: `An acknowledgement names the rule ${rule}, which has no warning here.`,
        fix: "Remove the acknowledgement, or correct its rule or address.",
        fingerprint: fingerprint(UNUSED, address, rule),
      }));
  }
}

function hasReason({ reason }: Acknowledgement): boolean {
  return reason.trim() !== "";
}

function keyOf({ rule, address }: { readonly rule: string; readonly address: string }): string {
  return `${rule} ${address}`;
}
