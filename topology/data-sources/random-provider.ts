import type { Arguments } from "../arguments/arguments";
import { oneOrMany, type ValueObject } from "../language/value";
import type { DataSource } from "./data-source";
import { DIGITS, LETTERS, madeUp, madeUpBytes, madeUpUuid } from "./made-up";

/** What passwords and strings may have beside letters and digits. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";
const WORDS = ["brave", "calm", "eager", "gentle", "merry", "quick", "sturdy", "warm"];
const PETS = ["badger", "crane", "ferret", "heron", "lynx", "marmot", "otter", "swift"];

/**
 * The resources of the provider random, whose values are those of their address: the same at each start.
 * https://registry.terraform.io/providers/hashicorp/random/latest/docs
 */
export const RANDOM_PROVIDER: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  ["random_id", id],
  ["random_bytes", bytes],
  ["random_string", string],
  ["random_password", (args) => ({ result: text(args), id: "none" })],
  ["random_uuid", uuid],
  ["random_integer", integer],
  ["random_pet", pet],
  ["random_shuffle", shuffle],
]);

/** Our own: what is longer fills the memory, and no service takes it. */
const LONGEST = 65_536;

/** A whole number. @param otherwise where it is left out; required where this is, too */
function whole(args: Arguments, name: string, least = 1, otherwise?: number, most = LONGEST): number {
  const value = args.optionalNumber(name) ?? otherwise ?? args.number(name);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw args.invalid(name, `must be a whole number from ${least} to ${most}, not ${value}`);
}

function id(args: Arguments): ValueObject {
  const drawn = madeUpBytes(args.address, whole(args, "byte_length"));
  const hex = drawn.toString("hex");
  const prefix = args.optionalText("prefix") ?? "";
  const url = drawn.toString("base64url");
  return {
    id: url,
    hex: prefix + hex,
    dec: prefix + BigInt(`0x0${hex}`).toString(),
    b64_url: prefix + url,
    b64_std: prefix + drawn.toString("base64"),
  };
}

function bytes(args: Arguments): ValueObject {
  const drawn = madeUpBytes(args.address, whole(args, "length"));
  return { base64: drawn.toString("base64"), hex: drawn.toString("hex") };
}

/** As many characters of each class as are demanded, then of all classes. */
function text(args: Arguments): string {
  const classes = (
    [
      ["lower", LETTERS],
      ["upper", LETTERS.toUpperCase()],
      ["numeric", DIGITS],
      ["special", args.optionalText("override_special") || SPECIAL],
    ] as const
  )
    .filter(([name]) => args.optionalBoolean(name) ?? true)
    .map(([name, alphabet]) => ({ name, alphabet, least: whole(args, `min_${name}`, 0, 0) }));
  const alphabet = classes.map((each) => each.alphabet).join("");
  if (alphabet === "") throw args.invalid("lower", "is false as the others are: no character is left");
  const demanded = classes.map((each) => madeUp(`${args.address} ${each.name}`, each.least, each.alphabet)).join("");
  const length = whole(args, "length", Math.max(1, demanded.length));
  return madeUp(args.address, length - demanded.length, alphabet) + demanded;
}

function string(args: Arguments): ValueObject {
  const result = text(args);
  return { id: result, result };
}

function uuid({ address }: Arguments): ValueObject {
  const result = madeUpUuid(address);
  return { id: result, result };
}

function integer(args: Arguments): ValueObject {
  const highest = Number.MAX_SAFE_INTEGER;
  const least = whole(args, "min", -highest, undefined, highest);
  const most = whole(args, "max", least, undefined, highest);
  const result = least + (madeUpBytes(args.address, 4).readUInt32BE() % (most - least + 1));
  return { id: String(result), result };
}

function pet(args: Arguments): ValueObject {
  const separator = args.optionalText("separator") ?? "-";
  const [last = 0, ...others] = madeUpBytes(args.address, whole(args, "length", 0, 2));
  const words = [...others.map((byte) => WORDS[byte % WORDS.length]), PETS[last % PETS.length]];
  return { id: [args.optionalText("prefix") ?? [], ...words].flat().join(separator) };
}

function shuffle(args: Arguments): ValueObject {
  const input = oneOrMany(args.value("input") ?? []);
  const start = (madeUpBytes(args.address, 1)[0] ?? 0) % Math.max(1, input.length);
  const turned = [...input.slice(start), ...input.slice(0, start)];
  // More than there are come again: the provider's documentation of result_count.
  const count = input.length && whole(args, "result_count", 0, input.length);
  return { id: "-", result: Array.from({ length: count }, (_, index) => turned[index % input.length] ?? null) };
}
