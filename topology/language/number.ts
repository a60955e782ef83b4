import { overBudget } from "./error";

/**
 * Terraform's numbers are binary floats of 512 bits, https://developer.hashicorp.com/terraform/language/expressions/types.
 * One that a JavaScript number spells in full is that number; any other is an `ExactNumber`, which keeps its decimals.
 */
export class ExactNumber {
  constructor(readonly text: string) {}

  toJSON(): number {
    return Number(this.text);
  }
}

export type Numeric = number | ExactNumber;

const PRECISION = 512;
/** Of more powers of ten, a text would be longer than anybody writes. */
const MAX_EXPONENT = 1_000;
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** A float: `mantissa` times 2 to the power of `exponent`. */
interface Float {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** A number in decimals without an exponent, as Terraform prints it. */
export function numberText(value: Numeric): string {
  if (value instanceof ExactNumber) return value.text;
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = "", first = "", rest = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(shift, "0")}`;
}

/** The number that a text spells; undefined where it spells none, or one out of all bounds. */
export function parseNumber(text: string): Numeric | undefined {
  const float = parseFloatText(text);
  return float && numeric(float);
}

export function calculate(operator: "+" | "-" | "*" | "/" | "%", left: Numeric, right: Numeric): Numeric {
  const result = directly(operator, left, right) ?? numeric(operated(operator, floatOf(left), floatOf(right)));
  const hasSign = result === 0 && (operator === "*" || operator === "/") && isNegative(left) !== isNegative(right);
  return hasSign ? NEGATIVE_ZERO : result;
}

/** Zero keeps its sign where something is multiplied or divided. */
const NEGATIVE_ZERO = new ExactNumber("-0");

function isNegative(value: Numeric): boolean {
  return numberText(value).startsWith("-");
}

/** Negative, zero or positive, as the left number is less, equal or greater. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  const { mantissa } = operated("-", floatOf(left), floatOf(right));
  return Number(mantissa > 0n) - Number(mantissa < 0n);
}

/** The next whole number towards minus infinity. */
export function floorNumber(value: Numeric): Numeric {
  if (typeof value === "number") return Math.floor(value);
  const { mantissa, exponent } = floatOf(value);
  return exponent >= 0 ? value : numeric({ mantissa: mantissa >> BigInt(-exponent), exponent: 0 });
}

/** The digits of a whole number; undefined for a fraction. */
export function wholeNumber(value: Numeric): bigint | undefined {
  const { mantissa, exponent } = floatOf(value);
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const whole = mantissa >> BigInt(-exponent);
  return whole << BigInt(-exponent) === mantissa ? whole : undefined;
}

export function numberOfWhole(whole: bigint): Numeric {
  return numeric(rounded(whole, 0, false));
}

/** The exact decimals of a number, with so many digits after the point. */
export function fixedText(value: Numeric, digits: number): string {
  const { mantissa, exponent } = floatOf(value);
  const scaled = scaledBy(mantissa < 0n ? -mantissa : mantissa, exponent, digits);
  const text = scaled.toString().padStart(digits + 1, "0");
  const point = text.length - digits;
  return `${mantissa < 0n ? "-" : ""}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ""}`;
}

/** Whole numbers that stay exact need nothing else. */
function directly(operator: string, left: Numeric, right: Numeric): number | undefined {
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return undefined;
  const result = { "+": left + right, "-": left - right, "*": left * right }[operator];
  return result !== undefined && Number.isSafeInteger(result) ? result + 0 : undefined;
}

function operated(operator: "+" | "-" | "*" | "/" | "%", left: Float, right: Float): Float {
  const exponent = Math.min(left.exponent, right.exponent);
  const [one, other] = [left, right].map((float) => float.mantissa << BigInt(float.exponent - exponent)) as [
    bigint,
    bigint,
  ];
  switch (operator) {
    case "+":
      return rounded(one + other, exponent, false);
    case "-":
      return rounded(one - other, exponent, false);
    case "*":
      return rounded(left.mantissa * right.mantissa, left.exponent + right.exponent, false);
    case "/":
      return quotient(one, other);
    case "%":
      return operated("-", left, operated("*", right, truncated(quotient(one, other))));
  }
}

function truncated({ mantissa, exponent }: Float): Float {
  return exponent >= 0 ? { mantissa, exponent } : { mantissa: mantissa / (1n << BigInt(-exponent)), exponent: 0 };
}

function quotient(dividend: bigint, divisor: bigint): Float {
  const shift = Math.max(0, PRECISION + 8 + bitLength(divisor) - bitLength(dividend));
  const shifted = dividend << BigInt(shift);
  return rounded(shifted / divisor, -shift, shifted % divisor !== 0n);
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

/** To the nearest float, to even between two. @param isMore - whether something is left out behind the mantissa */
function rounded(mantissa: bigint, exponent: number, isMore: boolean): Float {
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const surplus = magnitude.toString(2).length - PRECISION;
  if (surplus <= 0) return { mantissa, exponent };
  const shift = BigInt(surplus);
  const kept = magnitude >> shift;
  const rest = magnitude - (kept << shift);
  const half = 1n << (shift - 1n);
  const isUp = rest > half || (rest === half && (isMore || (kept & 1n) === 1n));
  const next = kept + (isUp ? 1n : 0n);
  return { mantissa: mantissa < 0n ? -next : next, exponent: exponent + surplus };
}

function floatOf(value: Numeric): Float {
  return parseFloatText(numberText(value)) ?? { mantissa: 0n, exponent: 0 };
}

function parseFloatText(text: string): Float | undefined {
  const [, sign = "", whole = "", fraction = "", power = "0"] = DECIMAL.exec(text) ?? [];
  if (whole + fraction === "") return undefined;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > MAX_EXPONENT || whole.length + fraction.length > MAX_EXPONENT) return undefined;
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  return exponent >= 0
    ? rounded(digits * 10n ** BigInt(exponent), 0, false)
    : quotient(digits, 10n ** BigInt(-exponent));
}

/** @throws ExpressionError OVER_BUDGET */
function numeric(float: Float): Numeric {
  const bits = Math.abs(float.exponent) + float.mantissa.toString(16).length * 4;
  if (bits > MAX_EXPONENT * 4) throw overBudget("a number is too large or too small");
  const text = shortestText(float);
  const plain = Number(text);
  return numberText(plain) === text ? plain + 0 : new ExactNumber(text);
}

/** The fewest digits that no other float has, as Go prints them. */
function shortestText({ mantissa, exponent }: Float): string {
  if (mantissa === 0n) return "0";
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const leading = Math.floor((magnitude.toString(2).length + exponent) * Math.LOG10E * Math.LN2);
  let [low, high] = [1, 160];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSame(decimalText(magnitude, exponent, middle - leading), magnitude, exponent)) high = middle;
    else low = middle + 1;
  }
  return (mantissa < 0n ? "-" : "") + decimalText(magnitude, exponent, low - leading);
}

function isSame(text: string, mantissa: bigint, exponent: number): boolean {
  const other = parseFloatText(text);
  if (other === undefined) return false;
  const least = Math.min(other.exponent, exponent);
  return other.mantissa << BigInt(other.exponent - least) === mantissa << BigInt(exponent - least);
}

/** Rounded to so many digits after the point, or before it where they are negative. */
function decimalText(mantissa: bigint, exponent: number, digits: number): string {
  const text = scaledBy(mantissa, exponent, digits).toString();
  if (digits <= 0) return text + (text === "0" ? "" : "0".repeat(-digits));
  const padded = text.padStart(digits + 1, "0");
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`.replace(/\.?0+$/, "");
}

/** The float times 10 to the power of `digits` as the nearest whole number, to even between two. */
function scaledBy(mantissa: bigint, exponent: number, digits: number): bigint {
  const numerator = mantissa * (digits > 0 ? 10n ** BigInt(digits) : 1n) * (exponent > 0 ? 1n << BigInt(exponent) : 1n);
  const denominator = (digits < 0 ? 10n ** BigInt(-digits) : 1n) * (exponent < 0 ? 1n << BigInt(-exponent) : 1n);
  const doubled = numerator * 2n;
  const whole = (doubled + denominator) / (denominator * 2n);
  const isTie = (doubled + denominator) % (denominator * 2n) === 0n;
  return isTie && (whole & 1n) === 1n ? whole - 1n : whole;
}
