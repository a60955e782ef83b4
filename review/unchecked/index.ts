// review/unchecked/: what no rule could decide, and why.
import type { Subject } from "../rule";
import { failedArguments, hiddenBlocks } from "./blocks";
import { hiddenForms } from "./forms";
import { unreadKinds } from "./kinds";
import { uncheckedPolicies } from "./policies";
import { uncheckedCommands } from "./provisioners";
import { openRelations } from "./relations";
import type { Unchecked } from "./unchecked";

export type { Unchecked };

/** Every hop and relation that no rule could decide. */
export function uncheckedIn(subject: Subject): Unchecked[] {
  const { inventory } = subject;
  const hidden = inventory.hidden.map(({ address, reason }) => ({ address, what: "what is inside", reason }));
  const all: readonly Unchecked[] = [
    ...hidden,
    ...unreadKinds(inventory),
    ...failedArguments(inventory),
    ...hiddenBlocks(inventory),
    ...openRelations(subject),
    ...hiddenForms(subject),
    ...uncheckedPolicies(subject),
    ...uncheckedCommands(subject),
  ];
  return [...new Map(all.map((entry) => [JSON.stringify([entry.address, entry.what]), entry])).values()];
}
