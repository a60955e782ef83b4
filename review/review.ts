import {
  type Acknowledgement,
  inOneProvider,
  type Inventory,
  type Position,
  readSystem,
  type System,
} from "../topology";
import { type AcknowledgedFinding, Acknowledgements } from "./acknowledgements";
import { Baseline, type BaselineEntry } from "./baseline";
import { fingerprint } from "./fingerprint";
import type { Finding, Rule, Severity, Subject } from "./rule";
import { rules } from "./rules";
import { type Unchecked, uncheckedIn } from "./unchecked";
import { withheld } from "./withheld";

/** What a review found. */
export interface Review {
  readonly inventory: Inventory;
  readonly system: System;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Findings of the baseline: somebody means to mend them another time. */
  readonly baseline: readonly Finding[];
  /** What no rule could decide. */
  readonly unchecked: readonly Unchecked[];
  /** Ids of the rules that were not applied. */
  readonly skipped: readonly string[];
}

export interface ReviewOptions {
  /** Beside those that the configuration itself holds. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** Ids of rules. @default - every rule */
  readonly only?: readonly string[];
  /** Ids of rules. @default - none */
  readonly skip?: readonly string[];
  /** Findings that are known already, errors among them. @default - none */
  readonly baseline?: readonly BaselineEntry[];
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Applies the rules. */
export function review(declared: Inventory, options: ReviewOptions = {}): Review {
  const inventory = inOneProvider(withheld(declared));
  const { acknowledgements = [], only, skip = [] } = options;
  const isApplied = ({ id }: Rule): boolean => (only === undefined || only.includes(id)) && !skip.includes(id);
  const skipped = rules.filter((rule) => !isApplied(rule)).map(({ id }) => id);
  const system = readSystem(inventory);
  const subject = { inventory, system };
  const places = positionsIn(inventory);
  const placed = <T extends { readonly address: string }>(entry: T): T & { readonly position?: Position } => {
    const position = places.get(entry.address);
    return position === undefined ? entry : { ...entry, position };
  };
  const all = applyRules(subject, rules.filter(isApplied)).map(placed);
  const given = new Acknowledgements([...inventory.acknowledgements, ...acknowledgements]);
  const acknowledged = all.flatMap((finding) => {
    const reason = given.reasonFor(finding);
    return reason === undefined ? [] : [{ ...finding, reason }];
  });
  const open = all.filter((finding) => given.reasonFor(finding) === undefined);
  const baseline = new Baseline(options.baseline ?? []);
  const isSkipped = new Set(skipped);
  const findings = [
    ...open.filter((finding) => !baseline.has(finding)),
    ...[...given.unused(acknowledged, isSkipped), ...given.withoutReason(), ...baseline.unused(all, isSkipped)].map(
      placed,
    ),
  ].sort((left, right) => ORDER[left.severity] - ORDER[right.severity]);
  return {
    inventory,
    system,
    findings,
    acknowledged,
    baseline: open.filter((finding) => baseline.has(finding)),
    unchecked: uncheckedIn(subject).map(placed),
    skipped,
  };
}

function positionsIn({ instances, outputs }: Inventory): ReadonlyMap<string, Position> {
  const entries = [...instances, ...outputs].flatMap(({ address, position }): [string, Position][] =>
    position === undefined ? [] : [[address, position]],
  );
  return new Map(entries);
}

function applyRules(subject: Subject, applied: readonly Rule[]): Finding[] {
  const findings = applied.flatMap((rule) =>
    [...rule.check(subject)].map(({ address, message, fix, severity = rule.severity }): Finding => ({
      rule: rule.id,
      severity,
      address,
      message,
      fix,
      fingerprint: fingerprint(rule.id, address, message),
    })),
  );
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}
