import { numberText, primitiveText, type Value } from "../value";
import { failed, unsupported } from "../error";
import { requireBoolean, requireNumber, requireText } from "../operators";
import { characters } from "./characters";
import { encodeJson } from "./json";

interface Verb {
  readonly letter: string;
  readonly flags: string;
  readonly precision?: number;
}

const VERB = /%(?:%|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/** Terraform's `format`, with the verbs v, s, q, d, f, t, x, X, o and b. */
export function formatText(specification: string, values: readonly Value[]): string {
  let next = 0;
  let used = 0;
  const replaceVerb = (
    whole: string,
    flags = "",
    width = "0",
    precision?: string,
    position?: string,
    letter = "",
  ): string => {
    if (whole === "%%") return "%";
    const index = position === undefined ? next : Number(position) - 1;
    const value = values[index];
    if (value === undefined) throw failed(`format has no argument for ${whole}`);
    next = index + 1;
    used = Math.max(used, next);
    const verb = { letter, flags, ...(precision === undefined ? {} : { precision: Number(precision) }) };
    const isNumeric = typeof value === "number" || "bdfoxX".includes(letter);
    return pad(formatValue(verb, value), flags, Number(width), isNumeric);
  };
  if (specification.replace(VERB, "").includes("%")) throw failed("format has an unknown verb");
  const text = specification.replace(VERB, replaceVerb);
  if (used < values.length) throw failed("format has more arguments than verbs");
  return text;
}

function formatValue(verb: Verb, value: Value): string {
  switch (verb.letter) {
    case "v":
      return verb.flags.includes("#") ? encodeJson(value) : (primitiveText(value) ?? encodeJson(value));
    case "s":
      return cut(requireText(value, "an argument of format"), verb.precision);
    case "q":
      return encodeJson(requireText(value, "an argument of format"));
    case "t":
      return String(requireBoolean(value, "an argument of format"));
    case "d":
    case "x":
    case "X":
    case "o":
    case "b":
      return signed(verb.flags, integerText(verb.letter, requireNumber(value, "an argument of format")));
    case "f":
      return signed(verb.flags, requireNumber(value, "an argument of format").toFixed(verb.precision ?? 6));
    default:
      throw unsupported(`the verb %${verb.letter} of format`);
  }
}

function integerText(letter: string, value: number): string {
  if (!Number.isInteger(value)) throw failed(`%${letter} of format needs a whole number`);
  const radix = { d: 10, o: 8, b: 2 }[letter] ?? 16;
  const digits = radix === 10 ? numberText(value) : value.toString(radix);
  return letter === "X" ? digits.toUpperCase() : digits;
}

function signed(flags: string, digits: string): string {
  if (digits.startsWith("-")) return digits;
  if (flags.includes("+")) return `+${digits}`;
  return flags.includes(" ") ? ` ${digits}` : digits;
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : characters(text).slice(0, precision).join("");
}

function pad(text: string, flags: string, width: number, numeric: boolean): string {
  const missing = width - characters(text).length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  const sign = (numeric && /^[-+ ]/.exec(text)?.[0]) || "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}
