import type { Acknowledgement } from "../topology";
import { fingerprint } from "./fingerprint";
import type { Finding } from "./rule";

export interface AcknowledgedFinding extends Finding {
  /** Why somebody accepts it. */
  readonly reason: string;
}

const UNUSED = "acknowledgement-unused";

/** Errors cannot be acknowledged: what fails at apply fails with a reason, too. */
export class Acknowledgements {
  private readonly byFinding: ReadonlyMap<string, Acknowledgement>;

  constructor(acknowledgements: readonly Acknowledgement[]) {
    this.byFinding = new Map(acknowledgements.map((given) => [keyOf(given), given]));
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

function keyOf({ rule, address }: { readonly rule: string; readonly address: string }): string {
  return `${rule} ${address}`;
}
