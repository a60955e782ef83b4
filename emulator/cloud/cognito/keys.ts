import { constants, createPrivateKey, createPublicKey, type KeyObject, publicEncrypt } from "node:crypto";
import type { Random } from "../random";

/**
 * The signing keys of a user pool: one for access tokens, another for ID tokens, as on AWS.
 *
 * `crypto.generateKeyPair` takes no random source, so a seed could not make its keys repeatable. Therefore the primes
 * are searched here, from the emulator's own random stream.
 */
export class PoolKeys {
  private readonly sources: { readonly access: Random; readonly id: Random };
  private pair?: { readonly access: SigningKey; readonly id: SigningKey };

  constructor(random: Random) {
    this.sources = { access: random.fork("access"), id: random.fork("id") };
  }

  get access(): SigningKey {
    return this.prepared.access;
  }

  get id(): SigningKey {
    return this.prepared.id;
  }

  /** The public keys, in Cognito's order and with its members. */
  get jwks(): { keys: PublicJwk[] } {
    const { access, id } = this.prepared;
    return { keys: [id.publicJwk, access.publicJwk] };
  }

  /** The first use searches the keys, which takes some 50 ms. */
  private get prepared() {
    return (this.pair ??= { access: createSigningKey(this.sources.access), id: createSigningKey(this.sources.id) });
  }
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** An entry of `jwks.json`. */
export type PublicJwk = Readonly<Record<"alg" | "e" | "kid" | "kty" | "n" | "use", string>>;

const MODULUS_BYTES = 256;
const PUBLIC_EXPONENT = 65_537n;

function createSigningKey(random: Random): SigningKey {
  const kid = random.bytes(32).toString("base64");
  const [p, q] = [findPrime(random.fork("p")), findPrime(random.fork("q"))];
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n));
  const publicPart = { kty: "RSA", e: base64url(PUBLIC_EXPONENT), n: base64url(p * q) };
  const privatePart = {
    d: base64url(d),
    p: base64url(p),
    q: base64url(q),
    dp: base64url(d % (p - 1n)),
    dq: base64url(d % (q - 1n)),
    qi: base64url(inverse(q, p)),
  };
  return {
    kid,
    privateKey: createPrivateKey({ key: { ...publicPart, ...privatePart }, format: "jwk" }),
    publicJwk: { alg: "RS256", e: publicPart.e, kid, kty: "RSA", n: publicPart.n, use: "sig" },
  };
}

/** Small divisors sort out most candidates, so that few reach the costly test. */
const SMALL_PRIMES = oddPrimesBelow(5_000);

/** The next prime after a random odd number with its two highest bits set: two of them make a full-length modulus. */
function findPrime(random: Random): bigint {
  const start = random.bytes(MODULUS_BYTES / 2);
  start.writeUInt8(start.readUInt8(0) | 0xc0, 0);
  start.writeUInt8(start.readUInt8(start.length - 1) | 1, start.length - 1);
  const base = numberOf(start);
  const prime = found.get(base) ?? nextPrime(base);
  found.set(base, prime);
  if (found.size > MOST_FOUND) found.clear();
  return prime;
}

/** What was found in this process: a deployment that is repeated with its seed starts from the same numbers. */
const found = new Map<bigint, bigint>();
const MOST_FOUND = 1_024;

function nextPrime(base: bigint): bigint {
  const remainders = SMALL_PRIMES.map((prime) => Number(base % BigInt(prime)));
  for (let offset = 0; ; offset += 2) {
    const hasSmallFactor = SMALL_PRIMES.some((prime, i) => ((remainders[i] ?? 0) + offset) % prime === 0);
    if (hasSmallFactor) continue;
    const candidate = base + BigInt(offset);
    if (candidate % PUBLIC_EXPONENT !== 1n && isPrime(candidate)) return candidate;
  }
}

/**
 * Fermat's test, which of random numbers of this length next to none passes that is not prime. `crypto.checkPrime` proves
 * more, in 64 rounds for each prime, which take as long as all the rest. What raises to a power in node:crypto is RSA
 * without padding.
 */
function isPrime(candidate: bigint): boolean {
  const publicPart = { kty: "RSA", e: base64url(candidate - 2n), n: base64url(candidate) };
  const key = createPublicKey({ key: publicPart, format: "jwk" });
  return [2, 3, 5, 7].every((base) => {
    const padded = Buffer.alloc(MODULUS_BYTES / 2);
    padded.writeUInt8(base, padded.length - 1);
    const power = numberOf(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded));
    return (power * BigInt(base)) % candidate === 1n;
  });
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString("hex")}`);

function oddPrimesBelow(limit: number): number[] {
  const primes: number[] = [];
  for (let n = 3; n < limit; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The extended Euclidean algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [remainder, nextRemainder] = [modulus, value % modulus];
  let [coefficient, nextCoefficient] = [0n, 1n];
  while (nextRemainder !== 0n) {
    const quotient = remainder / nextRemainder;
    [remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder];
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
  }
  return ((coefficient % modulus) + modulus) % modulus;
}

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex").toString("base64url");
}
