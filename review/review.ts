import { type Acknowledgement, type Inventory, readSystem, type System } from "../topology";
import type { Finding, Severity, Subject } from "./rule";
import { rules } from "./rules";

export interface AcknowledgedFinding extends Finding {
  /** Why somebody accepts it. */
  readonly reason: string;
}

/** What a review found. */
export interface Review {
  readonly inventory: Inventory;
  readonly system: System;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Applies every rule.
 * @param acknowledgements - beside those that the configuration itself holds
 */
export function review(inventory: Inventory, acknowledgements: readonly Acknowledgement[] = []): Review {
  const system = readSystem(inventory);
  const all = applyRules({ inventory, system });
  const given = new Acknowledgements([...inventory.acknowledgements, ...acknowledgements]);
  const acknowledged = all.flatMap((finding) => {
    const reason = given.reasonFor(finding);
    return reason === undefined ? [] : [{ ...finding, reason }];
  });
  const open = all.filter((finding) => given.reasonFor(finding) === undefined);
  const findings = [...open, ...given.unused(acknowledged)].sort(
    (left, right) => ORDER[left.severity] - ORDER[right.severity],
  );
  return { inventory, system, findings, acknowledged };
}

function applyRules(subject: Subject): Finding[] {
  const findings = rules.flatMap((rule) =>
    [...rule.check(subject)].map(({ address, message, fix, severity = rule.severity }): Finding => ({
      rule: rule.id,
      severity,
      address,
      message,
      fix,
    })),
  );
  return [
    ...new Map(findings.map((finding) => [`${finding.rule} ${finding.address} ${finding.message}`, finding])).values(),
  ];
}

const UNUSED = "acknowledgement-unused";

/** Errors cannot be acknowledged: what fails at apply fails with a reason, too. */
class Acknowledgements {
  private readonly byFinding: ReadonlyMap<string, Acknowledgement>;

  constructor(acknowledgements: readonly Acknowledgement[]) {
    this.byFinding = new Map(
      acknowledgements.map((acknowledgement) => [
        `${acknowledgement.rule} ${acknowledgement.address}`,
        acknowledgement,
      ]),
    );
  }

  reasonFor({ rule, address, severity }: Finding): string | undefined {
    return severity === "error" ? undefined : this.byFinding.get(`${rule} ${address}`)?.reason;
  }

  unused(acknowledged: readonly Finding[]): Finding[] {
    const used = new Set(acknowledged.map(({ rule, address }) => `${rule} ${address}`));
    return [...this.byFinding]
      .filter(([key]) => !used.has(key))
      .map(([, { rule, address }]) => ({
        rule: UNUSED,
        severity: "info",
        address,
        message: `An acknowledgement names the rule ${rule}, which has no warning here.`,
        fix: "Remove the acknowledgement, or correct its rule or address.",
      }));
  }
}

export function hasErrors({ findings }: Review): boolean {
  return findings.some(({ severity }) => severity === "error");
}
