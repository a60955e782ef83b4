import type { Arguments } from "../arguments/arguments";

/** Refuses blocks that change who gets in or what is called, where leaving them out would say what AWS does not. */
export function refuseBlocks(args: Arguments, ...names: readonly string[]): void {
  const name = names.find((candidate) => args.blocks(candidate).length > 0);
  if (name !== undefined) throw args.invalid(name, "is not supported");
}
