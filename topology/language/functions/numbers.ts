import { failed } from "../error";
import { fixed, variadic, type Arguments } from "./function";

function numbers(args: Arguments): number[] {
  return args.values.map((_, index) => args.number(index));
}

function parseInteger(text: string, base: number): number {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  const valid = base >= 2 && base <= 36 && new RegExp(`^[+-]?[${digits}]+$`, "i").test(text);
  if (!valid) throw failed(`argument 1 is not a whole number in base ${base}`);
  return Number.parseInt(text, base);
}

export const numberFunctions = {
  abs: fixed(1, (args) => Math.abs(args.number(0))),
  ceil: fixed(1, (args) => Math.ceil(args.number(0)) + 0),
  floor: fixed(1, (args) => Math.floor(args.number(0))),
  max: variadic(1, (args) => Math.max(...numbers(args))),
  min: variadic(1, (args) => Math.min(...numbers(args))),
  parseint: fixed(2, (args) => parseInteger(args.text(0), args.integer(1))),
};
