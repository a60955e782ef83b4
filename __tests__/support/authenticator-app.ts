import { createHmac } from "node:crypto";

/** What an authenticator app shows that was told the secret, in base32, at a time in milliseconds. */
export function appCode(secret: string, time: number): string {
  let number = 0n;
  for (const letter of secret) number = number * 32n + BigInt("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
  const length = Math.floor((secret.length * 5) / 8);
  number >>= BigInt(secret.length * 5 - length * 8);
  const key = Buffer.from(number.toString(16).padStart(length * 2, "0"), "hex");
  const counter = Math.floor(time / 30_000)
    .toString(16)
    .padStart(16, "0");
  const mac = createHmac("sha1", key).update(Buffer.from(counter, "hex")).digest();
  const start = (mac[19] ?? 0) % 16;
  return (mac.readInt32BE(start) & 0x7fffffff).toString().slice(-6).padStart(6, "0");
}
