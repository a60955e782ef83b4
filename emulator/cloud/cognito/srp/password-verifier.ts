// emulator/cloud/cognito/srp/: passwords that never travel: Secure Remote Password.

import { timingSafeEqual } from "node:crypto";

import { GROUP_BYTES, hash, powerOfG, toBytes, toNumber } from "./srp-numbers";

/** Whose password it is. */
export interface PasswordOwner {
  /** The part of the pool's id after the underscore. */
  readonly poolName: string;
  readonly userId: string;
}

/** What a pool keeps of a password: SRP's verifier (RFC 5054, section 2.4), from which nobody reads it. In hexadecimal. */
export interface PasswordVerifier {
  readonly salt: string;
  readonly verifier: string;
}

/** @param salt random bytes */
export function verifierOf({ poolName, userId }: PasswordOwner, password: string, salt: Buffer): PasswordVerifier {
  const number = toNumber(salt);
  const secret = hash(toBytes(number), hash(`${poolName}${userId}:${password}`));
  return { salt: number.toString(16), verifier: digitsOf(powerOfG(toNumber(secret)).toString(16)) };
}

export function isPassword(owner: PasswordOwner, password: string, { salt, verifier }: PasswordVerifier): boolean {
  const bytes = Buffer.from(salt.padStart(salt.length + (salt.length % 2), "0"), "hex");
  const shown = Buffer.from(verifierOf(owner, password, bytes).verifier);
  const kept = Buffer.from(digitsOf(verifier));
  return shown.length === kept.length && timingSafeEqual(shown, kept);
}

function digitsOf(verifier: string): string {
  return verifier.padStart(GROUP_BYTES * 2, "0");
}
