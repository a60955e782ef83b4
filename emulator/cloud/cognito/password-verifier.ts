import { createDiffieHellman, timingSafeEqual } from "node:crypto";

import { G, hash, N, toBytes, toNumber } from "./srp-numbers";

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
  // The same power as by BigInt, six times as fast.
  const power = createDiffieHellman(N, G);
  power.setPrivateKey(secret);
  return { salt: number.toString(16), verifier: power.generateKeys("hex") };
}

export function isPassword(owner: PasswordOwner, password: string, { salt, verifier }: PasswordVerifier): boolean {
  const bytes = Buffer.from(salt.padStart(salt.length + (salt.length % 2), "0"), "hex");
  const shown = Buffer.from(verifierOf(owner, password, bytes).verifier);
  const kept = Buffer.from(verifier);
  return shown.length === kept.length && timingSafeEqual(shown, kept);
}
