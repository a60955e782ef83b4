import type { Readable, ValueTypes } from "../../targets/readable";

/** Refuses blocks that change who gets in or what is called, where leaving them out would say what AWS does not. */
export function refuseBlocks<V extends ValueTypes>(args: Readable<V>, ...names: readonly string[]): void {
  for (const name of names) if (args.blocks(name).length > 0) args.refuse(name);
}
