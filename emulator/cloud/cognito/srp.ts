import { createHash, createHmac, getDiffieHellman, hkdfSync } from "node:crypto";

/**
 * The server's side of SRP-6a as Cognito has it: the 3,072-bit group of RFC 3526, SHA-256, and a key derived by HKDF
 * (AWS's clients, `amazon-cognito-identity-js` `AuthenticationHelper`; RFC 5054 for the protocol).
 */
const N = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
const G = 2n;
const K = toNumber(hash(toBytes(N), toBytes(G)));
const KEY_LABEL = "Caldera Derived Key";
const KEY_BYTES = 16;
/** Of the server's secret exponent, RFC 5054 asks for 32 at least. */
const EXPONENT_BYTES = 32;
const SALT_BYTES = 16;

/** Whose password is to be proved. */
export interface SrpIdentity {
  /** The part of the pool's id after the underscore. */
  readonly poolName: string;
  readonly userId: string;
  readonly password: string;
}

/** What the server tells the client, and the key that both know then. */
export interface SrpExchange {
  /** Hexadecimal. */
  readonly salt: string;
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
export function exchange(identity: SrpIdentity, clientPublic: bigint, bytes: (length: number) => Buffer): SrpExchange {
  const salt = toNumber(bytes(SALT_BYTES));
  const { poolName, userId, password } = identity;
  const x = toNumber(hash(toBytes(salt), hash(`${poolName}${userId}:${password}`)));
  const verifier = power(G, x);
  const secret = toNumber(bytes(EXPONENT_BYTES));
  const serverPublic = (K * verifier + power(G, secret)) % N;
  const u = toNumber(hash(toBytes(clientPublic), toBytes(serverPublic)));
  const shared = power(clientPublic * power(verifier, u), secret);
  const key = Buffer.from(hkdfSync("sha256", toBytes(shared), toBytes(u), KEY_LABEL, KEY_BYTES));
  return { salt: salt.toString(16), serverPublic: serverPublic.toString(16), key };
}

/** What a client shows for the key: `PASSWORD_CLAIM_SIGNATURE`. */
export function claimSignature(
  key: Buffer,
  { poolName, userId }: Omit<SrpIdentity, "password">,
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

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

function hash(...parts: readonly (Buffer | string)[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** Big-endian, with a leading zero byte where it would look negative otherwise. */
function toBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}
