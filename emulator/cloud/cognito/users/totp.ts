import { createHmac } from "node:crypto";

/** Developer guide, "user-pool-settings-mfa-totp"; RFC 6238: HMAC-SHA-1 of the number of half minutes. */
const STEP_SECONDS = 30;
const DIGITS = 6;

/** RFC 6238, section 5.2: one step before and after, for slow users and clocks that differ. */
const TOLERATED_STEPS = [0, -1, 1];

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that an authenticator app shows. @param time milliseconds since the epoch */
export function totp(secret: Uint8Array, time: number): string {
  return codeOfStep(secret, stepAt(time));
}

/** The step whose code it is, around a time. @param time milliseconds since the epoch */
export function stepOfCode(secret: Uint8Array, code: string, time: number): number | undefined {
  const steps = TOLERATED_STEPS.map((steps) => stepAt(time) + steps);
  return steps.find((step) => step >= 0 && codeOfStep(secret, step) === code);
}

function stepAt(time: number): number {
  return Math.floor(time / 1_000 / STEP_SECONDS);
}

/** RFC 4226, section 5.3. */
function codeOfStep(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** RFC 4648, section 6, without padding: how authenticator apps are told a secret. */
export function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, "0"), 2))).join("");
}

export function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
