import { createHash, getDiffieHellman } from "node:crypto";

/** The group of Cognito's SRP, of 3,072 bits: RFC 3526. */
export const N = getDiffieHellman("modp15").getPrime();
export const G = Buffer.from([2]);

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
