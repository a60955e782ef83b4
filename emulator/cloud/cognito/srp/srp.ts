import { createHmac, hkdfSync } from "node:crypto";

import type { PasswordOwner, PasswordVerifier } from "./password-verifier";
import { G, hash, N, power, powerOfG, toBytes, toNumber } from "./srp-numbers";

/**
 * The server's side of SRP-6a as Cognito has it: the 3,072-bit group of RFC 3526, SHA-256, and a key derived by HKDF
 * (AWS's clients, `amazon-cognito-identity-js` `AuthenticationHelper`; RFC 5054 for the protocol).
 */
const K = toNumber(hash(toBytes(N), toBytes(G)));
const KEY_LABEL = "Caldera Derived Key";
const KEY_BYTES = 16;
/** Of the server's secret exponent, RFC 5054 asks for 32 at least. */
const EXPONENT_BYTES = 32;

/** What the server tells the client, and the key that both know then. */
export interface SrpExchange {
  /** Hexadecimal. */
  readonly serverPublic: string;
  readonly key: Buffer;
}

/** @returns undefined for a public value that no client makes, which would let it in without the password */
export function readClientPublic(hex: string): bigint | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(hex)) return undefined;
  const value = BigInt(`0x${hex}`);
  return value % N === 0n ? undefined : value;
}

/** @param bytes draws random bytes */
export function exchange(
  { verifier: kept }: PasswordVerifier,
  clientPublic: bigint,
  bytes: (length: number) => Buffer,
): SrpExchange {
  const verifier = BigInt(`0x${kept}`);
  const secret = toNumber(bytes(EXPONENT_BYTES));
  const serverPublic = (K * verifier + powerOfG(secret)) % N;
  const u = toNumber(hash(toBytes(clientPublic), toBytes(serverPublic)));
  const shared = power(clientPublic * power(verifier, u), secret);
  const key = Buffer.from(hkdfSync("sha256", toBytes(shared), toBytes(u), KEY_LABEL, KEY_BYTES));
  return { serverPublic: serverPublic.toString(16), key };
}

/** What a client shows for the key: `PASSWORD_CLAIM_SIGNATURE`. */
export function claimSignature(
  key: Buffer,
  { poolName, userId }: PasswordOwner,
  secretBlock: Buffer,
  timestamp: string,
): string {
  return createHmac("sha256", key)
    .update(poolName)
    .update(userId)
    .update(secretBlock)
    .update(timestamp)
    .digest("base64");
}
