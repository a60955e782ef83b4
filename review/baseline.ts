import { fingerprint } from "./fingerprint";
import type { Finding } from "./rule";

/** A finding that somebody knows of and means to mend another time. */
export type BaselineEntry = Pick<Finding, "rule" | "address" | "fingerprint">;

const UNUSED = "baseline-unused";

export class Baseline {
  private readonly fingerprints: ReadonlySet<string>;

  constructor(private readonly entries: readonly BaselineEntry[]) {
    this.fingerprints = new Set(entries.map((entry) => entry.fingerprint));
  }

  has({ fingerprint }: Finding): boolean {
    return this.fingerprints.has(fingerprint);
  }

  /** @param skipped - rules that were not applied, so that nobody knows of their findings */
  unused(found: readonly Finding[], skipped: ReadonlySet<string>): Finding[] {
    const used = new Set(found.map((finding) => finding.fingerprint));
    return this.entries
      .filter((entry) => !used.has(entry.fingerprint) && !skipped.has(entry.rule))
      .map(({ rule, address }) => ({
        rule: UNUSED,
        severity: "info",
        address,
        message: `The baseline has a finding of the rule ${rule}, which is here no more.`,
        fix: "Write the baseline anew, so that it is told when it comes back.",
        fingerprint: fingerprint(UNUSED, address, rule),
      }));
  }
}
