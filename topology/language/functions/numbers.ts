import { failed } from "../error";
import {
  calculate,
  compareNumbers,
  ExactNumber,
  floorNumber,
  numberOfWhole,
  type Numeric,
  parseNumber,
} from "../number";
import { requireNumeric } from "../operators";
import { fixed, variadic } from "./function";
import { power } from "./power";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** More make a number out of all bounds in any base, and take long to read. */
const MAX_DIGITS = 4_000;

/** Up to base 36 capital letters are digits like the others. */
function parseInteger(text: string, base: number): Numeric {
  const isNegative = text.startsWith("-");
  const digits = text.replace(/^[+-]/, "");
  if (digits.length > MAX_DIGITS) throw failed(`argument 1 has more than ${MAX_DIGITS} digits`);
  const values = Array.from(base <= 36 ? digits.toLowerCase() : digits, (digit) => DIGITS.indexOf(digit));
  const isValid = base >= 2 && base <= 62 && values.length > 0 && values.every((value) => value >= 0 && value < base);
  if (!isValid) throw failed(`argument 1 is not a whole number in base ${base}`);
  const whole = values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
  return numberOfWhole(isNegative ? -whole : whole);
}

/** Go calculates these in doubles. */
function fromDouble(value: number): Numeric {
  const number = Number.isFinite(value) ? parseNumber(String(value)) : undefined;
  if (number === undefined) throw failed("the result is not a finite number");
  return number;
}

function double(value: Numeric): number {
  return value instanceof ExactNumber ? Number(value.text) : value;
}

function extreme(numbers: readonly Numeric[], sign: 1 | -1): Numeric {
  return numbers.reduce((best, number) => (compareNumbers(number, best) * sign > 0 ? number : best));
}

function negated(value: Numeric): Numeric {
  return calculate("-", 0, value);
}

export const numberFunctions = {
  abs: fixed(1, (args) => extreme([args.numeric(0), negated(args.numeric(0))], 1)),
  ceil: fixed(1, (args) => negated(floorNumber(negated(args.numeric(0))))),
  floor: fixed(1, (args) => floorNumber(args.numeric(0))),
  log: fixed(2, (args) => fromDouble(Math.log(double(args.numeric(0))) / Math.log(double(args.numeric(1))))),
  max: variadic(1, (args) => extreme(args.numerics(), 1)),
  min: variadic(1, (args) => extreme(args.numerics(), -1)),
  parseint: fixed(2, (args) => parseInteger(args.text(0), args.integer(1))),
  pow: fixed(2, (args) => fromDouble(power(double(args.numeric(0)), double(args.numeric(1))))),
  signum: fixed(1, (args) => Math.sign(args.integer(0))),
  sum: fixed(1, (args) => {
    const [first, ...others] = args.list(0).map((item) => requireNumeric(item, "an element of argument 1"));
    if (first === undefined) throw failed("sum needs a list that is not empty");
    return others.reduce<Numeric>((sum, number) => calculate("+", sum, number), first);
  }),
};
