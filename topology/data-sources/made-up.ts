import { createHash } from "node:crypto";

export const DIGITS = "0123456789";
export const HEX = `${DIGITS}abcdef`;
export const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** As many bytes, the same for the same name. */
export function madeUpBytes(name: string, length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update(name).digest();
}

/** The same text for the same name. Lower-case letters come first, as in the ids of AWS. */
export function madeUp(name: string, length: number, alphabet = LETTERS + DIGITS): string {
  return Array.from(madeUpBytes(name, length), (byte) => alphabet[byte % alphabet.length]).join("");
}

export function madeUpUuid(name: string): string {
  const hex = madeUp(name, 32, HEX);
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
