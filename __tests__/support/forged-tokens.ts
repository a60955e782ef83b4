import { createHmac, createPublicKey, type JsonWebKey } from "node:crypto";

type Part = Readonly<Record<string, unknown>>;

function decode(part = ""): Part {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Part;
}

function encode(part: Part): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** Changes a claim and keeps the signature. */
export function tampered(token: string): string {
  const [header, claims, signature] = token.split(".");
  return `${header}.${encode({ ...decode(claims), username: "somebody-else" })}.${signature}`;
}

/** Says that it needs no signature. */
export function unsigned(token: string): string {
  const [header, claims] = token.split(".");
  return `${encode({ ...decode(header), alg: "none" })}.${claims}.`;
}

/** Names a key that the pool does not have. */
export function ofUnknownKey(token: string): string {
  const [header, claims, signature] = token.split(".");
  return `${encode({ ...decode(header), kid: "unknown" })}.${claims}.${signature}`;
}

/** Signed with the public key as if it were a shared secret, the classic confusion of algorithms. */
export function signedWithPublicKey(token: string, jwk: JsonWebKey): string {
  const [header, claims] = token.split(".");
  const input = `${encode({ ...decode(header), alg: "HS256" })}.${claims}`;
  const secret = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}
