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

/** At once: so many that the first power, for which their products are made, takes no longer than `power` does. */
const PARTS = 6;
/** Exponents are hashes, or secrets as long as one. */
const PART_BITS = Math.ceil(256 / PARTS);

/** The powers of G by which exponents of which each part is 0 or 1; the parts are the index's bits. */
let products: readonly bigint[] | undefined;

function makeProducts(): readonly bigint[] {
  const made = [1n];
  let ofPart = G;
  for (let part = 0; part < PARTS; part++) {
    if (part > 0) for (let bit = 0; bit < PART_BITS; bit++) ofPart = (ofPart * ofPart) % N;
    made.push(...made.map((product) => (product * ofPart) % N));
  }
  return made;
}

/**
 * G to the power, modulo N: squares once for the same bit of all parts of the exponent, instead of for each bit (Lim and
 * Lee, "More Flexible Exponentiation with Precomputation").
 *
 * @param exponent of 256 bits at the most
 */
export function powerOfG(exponent: bigint): bigint {
  products ??= makeProducts();
  let result = 1n;
  for (let bit = PART_BITS - 1; bit >= 0; bit--) {
    let parts = 0;
    for (let part = 0; part < PARTS; part++) {
      parts |= Number((exponent >> BigInt(part * PART_BITS + bit)) & 1n) << part;
    }
    result = (((result * result) % N) * (products[parts] ?? 1n)) % N;
  }
  return result;
}
