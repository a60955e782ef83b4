import type { Inventory, Position, System } from "../topology";

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
export interface Report {
  /** Terraform address of the block to change. */
  readonly address: string;
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
