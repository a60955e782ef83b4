import { createHash } from "node:crypto";
import type { Arguments } from "./arguments";

/** Length of the timestamp and counter that the provider appends to a prefix (terraform-plugin-sdk, `id.UniqueId`). */
const SUFFIX_LENGTH = 26;

/**
 * What the provider makes of `name_prefix`; by the address instead of the time, so that it is repeatable.
 *
 * @param argument - what the kind calls its name
 */
export function generatedName(args: Arguments, argument = "name"): string {
  const prefix = args.optionalText(`${argument}_prefix`) ?? "terraform-";
  return prefix + createHash("sha256").update(args.address).digest("hex").slice(0, SUFFIX_LENGTH);
}
