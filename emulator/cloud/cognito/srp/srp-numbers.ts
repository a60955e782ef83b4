import { createHash, getDiffieHellman } from "node:crypto";

/** The group of Cognito's SRP, of 3,072 bits: RFC 3526. */
const group = getDiffieHellman("modp15").getPrime();
export const GROUP_BYTES = group.length;
export const N = toNumber(group);
export const G = 2n;

export function hash(...parts: readonly (Buffer | string)[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

export function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** Big-endian, with a leading zero byte where it would look negative otherwise. */
export function toBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

/** Modulo N. Node.js 24 tests a group for 2 s before its own Diffie-Hellman has the power. */
export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
