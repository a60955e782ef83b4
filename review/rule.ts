import type { Instance, Inventory, Position, System } from "../topology";

/**
 * - error: the apply fails, or the deployed system does
 * - warning: it works, and somebody should have decided that it is meant so
 * - info: worth knowing, and nothing to mend
 */
export type Severity = "error" | "warning" | "info";

/** What a rule looks at. */
export interface Subject {
  readonly inventory: Inventory;
  readonly system: System;
}

/** What a rule says of one resource. */
export interface Report extends Fault {
  /** Terraform address of the block to change. */
  readonly address: string;
}

export interface Fault {
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly fix: string;
  /** @default - the rule's */
  readonly severity?: Severity;
}

export interface Rule {
  /** Stable: acknowledgements and other tools name the rule by it. */
  readonly id: string;
  readonly severity: Severity;
  /** What the rule demands, in one line. */
  readonly summary: string;
  /** Where AWS, or whoever found out, says so. */
  readonly source: string;
  check(subject: Subject): Iterable<Report>;
}

/** The check of a rule that asks the same of each part of a kind. */
export function eachOf<Part extends { readonly address: string }>(
  parts: (subject: Subject) => readonly Part[],
  faultsOf: (part: Part, subject: Subject) => Fault | Iterable<Fault> | undefined,
): Rule["check"] {
  return function* (subject) {
    for (const part of parts(subject)) {
      const faults = faultsOf(part, subject) ?? [];
      for (const fault of Symbol.iterator in faults ? faults : [faults]) yield { address: part.address, ...fault };
    }
  };
}

/** The same for faults of blocks, each of which is told once, however many instances have it. */
export function eachBlockOf<Part extends { readonly address: string; readonly instance: Instance }>(
  parts: (subject: Subject) => readonly Part[],
  faultOf: (part: Part, subject: Subject) => Fault | undefined,
): Rule["check"] {
  return function* (subject) {
    const told = new Set<string>();
    for (const part of parts(subject)) {
      const fault = faultOf(part, subject);
      const key = JSON.stringify([part.instance.blockAddress, fault?.message]);
      if (fault === undefined || told.has(key)) continue;
      told.add(key);
      yield { address: part.address, ...fault };
    }
  };
}

export const instances = ({ inventory }: Subject): Inventory["instances"] => inventory.instances;
export const targets = ({ system }: Subject): System["targets"] => system.targets;
export const gateways = ({ system }: Subject): System["gateways"] => system.gateways;
export const runtimes = ({ system }: Subject): System["runtimes"] => system.runtimes;

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly address: string;
  /** Left out where the source has no lines, as a plan. */
  readonly position?: Position;
  readonly message: string;
  readonly fix: string;
  /** The same from run to run, wherever the block moves; baselines and code-scanning pages know the finding by it. */
  readonly fingerprint: string;
}
