import { refuseWeight } from "../budget";
import { failed, unsupported } from "../error";
import { fixedText, numberText, type Numeric, wholeNumber } from "../number";
import { requireBoolean, requireNumber, requireNumeric, requireText } from "../operators";
import { isNumber, primitiveText, type Value } from "../value";
import { characters } from "./characters";
import { encodeJson } from "./json";

interface Verb {
  readonly letter: string;
  readonly flags: string;
  readonly precision?: number;
}

const VERB = /%(?:%|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/** Terraform's `format`, with the verbs v, s, q, d, f, e, g, t, x, X, o and b. */
export function formatText(specification: string, values: readonly Value[]): string {
  let next = 0;
  let used = 0;
  let weight = specification.length;
  const replaceVerb = (
    whole: string,
    flags = "",
    width = "0",
    precision?: string,
    position?: string,
    letter = "",
  ): string => {
    if (whole === "%%") return "%";
    refuseWeight((weight += Number(width) + Number(precision ?? 0)));
    const index = position === undefined ? next : Number(position) - 1;
    const value = values[index];
    if (value === undefined) throw failed(`format has no argument for ${whole}`);
    next = index + 1;
    used = Math.max(used, next);
    const verb = { letter, flags, ...(precision === undefined ? {} : { precision: Number(precision) }) };
    const text = pad(formatValue(verb, value), flags, Number(width), isNumber(value) || "bdeEfgGoxX".includes(letter));
    refuseWeight((weight += text.length));
    return text;
  };
  if (specification.replace(VERB, "").includes("%")) throw failed("format has an unknown verb");
  const text = specification.replace(VERB, replaceVerb);
  if (used < values.length) throw failed("format has more arguments than verbs");
  return text;
}

function formatValue(verb: Verb, value: Value): string {
  const number = (): Numeric => requireNumeric(value, "an argument of format");
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
      return signed(verb.flags, integerText(verb, number()));
    case "f":
      return signed(verb.flags, fixedText(number(), verb.precision ?? 6));
    case "e":
    case "g":
      return signed(verb.flags, scientific(verb, requireNumber(value, "an argument of format")));
    case "E":
    case "G":
      return formatValue({ ...verb, letter: verb.letter.toLowerCase() }, value).toUpperCase();
    default:
      throw unsupported(`the verb %${verb.letter} of format`);
  }
}

/** More digits than a double has are not written. */
const MAX_DOUBLE_DIGITS = 100;

/** Go writes at least two digits of the exponent. */
function scientific({ letter, precision }: Verb, value: number): string {
  if (precision !== undefined && precision > MAX_DOUBLE_DIGITS - 1) {
    throw unsupported(`%.${precision}${letter} of format`);
  }
  const exponent = Number(value.toExponential().split("e")[1] ?? "0");
  if (letter === "g" && exponent >= -4 && exponent < (precision ?? 21)) {
    return numberText(precision === undefined ? value : Number(value.toPrecision(precision || 1)));
  }
  const digits = letter === "g" && precision !== undefined ? Math.max(precision - 1, 0) : precision;
  const text = value.toExponential(digits ?? (letter === "e" ? 6 : undefined));
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

const PREFIXES: Readonly<Record<string, string>> = { x: "0x", X: "0X", o: "0", b: "0b" };

function integerText({ letter, flags }: Verb, value: Numeric): string {
  const whole = wholeNumber(value);
  if (whole === undefined) throw failed(`%${letter} of format needs a whole number`);
  const digits = whole.toString({ d: 10, o: 8, b: 2 }[letter] ?? 16);
  const prefix = flags.includes("#") ? (PREFIXES[letter] ?? "") : "";
  return digits
    .replace(/^-?/, (sign) => sign + prefix)
    .replace(/[a-f]/g, (digit) => (letter === "X" ? digit.toUpperCase() : digit));
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
