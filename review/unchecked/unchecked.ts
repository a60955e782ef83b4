import type { Position } from "../../topology";
import type { Subject } from "../rule";
import { hiddenBlocks } from "./blocks";
import { hiddenForms } from "./forms";
import { unreadKinds } from "./kinds";
import { uncheckedCommands } from "./provisioners";
import { openRelations } from "./relations";

/** Something that the review would have compared, and could not. */
export interface Unchecked {
  readonly address: string;
  readonly position?: Position;
  /** Such as `the path, region and encoding of the endpoint`. */
  readonly what: string;
  /** A clause that says why. */
  readonly reason: string;
}

/** Every hop and relation that no rule could decide. */
export function uncheckedIn(subject: Subject): Unchecked[] {
  const { inventory } = subject;
  const hidden = inventory.hidden.map(({ address, reason }) => ({ address, what: "what is inside", reason }));
  const all: readonly Unchecked[] = [
    ...hidden,
    ...unreadKinds(inventory),
    ...hiddenBlocks(inventory),
    ...openRelations(subject),
    ...hiddenForms(subject),
    ...uncheckedCommands(subject),
  ];
  return [...new Map(all.map((entry) => [JSON.stringify([entry.address, entry.what]), entry])).values()];
}
