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
  ["random_string", (args) => ({ ...text(args), id: text(args).result })],
  ["random_password", (args) => ({ ...text(args), id: "none" })],
  ["random_uuid", uuid],
  ["random_integer", integer],
  ["random_pet", pet],
  ["random_shuffle", shuffle],
]);

function id(args: Arguments): ValueObject {
  const drawn = madeUpBytes(args.address, args.optionalNumber("byte_length") ?? 0);
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
  const drawn = madeUpBytes(args.address, args.optionalNumber("length") ?? 0);
  return { base64: drawn.toString("base64"), hex: drawn.toString("hex") };
}

/** As many characters of each class as are demanded, then of all classes. */
function text(args: Arguments): { readonly result: string } {
  const classes = (
    [
      ["lower", LETTERS],
      ["upper", LETTERS.toUpperCase()],
      ["numeric", DIGITS],
      ["special", args.optionalText("override_special") ?? SPECIAL],
    ] as const
  )
    .filter(([name]) => args.optionalBoolean(name) ?? true)
    .map(([name, alphabet]) => ({ name, alphabet, least: args.optionalNumber(`min_${name}`) ?? 0 }));
  const alphabet = classes.map((each) => each.alphabet).join("");
  if (alphabet === "") throw args.invalid("lower", "is false as the others are: no character is left");
  const demanded = classes.map((each) => madeUp(`${args.address} ${each.name}`, each.least, each.alphabet)).join("");
  const others = Math.max(0, (args.optionalNumber("length") ?? 0) - demanded.length);
  return { result: madeUp(args.address, others, alphabet) + demanded };
}

function uuid({ address }: Arguments): ValueObject {
  const result = madeUpUuid(address);
  return { id: result, result };
}

function integer(args: Arguments): ValueObject {
  const [least = 0, most = 0] = [args.optionalNumber("min"), args.optionalNumber("max")];
  const result = least + (madeUpBytes(args.address, 4).readUInt32BE() % Math.max(1, most - least + 1));
  return { id: String(result), result };
}

function pet(args: Arguments): ValueObject {
  const separator = args.optionalText("separator") ?? "-";
  const [last = 0, ...others] = madeUpBytes(args.address, args.optionalNumber("length") ?? 2);
  const words = [...others.map((byte) => WORDS[byte % WORDS.length]), PETS[last % PETS.length]];
  return { id: [args.optionalText("prefix") ?? [], ...words].flat().join(separator) };
}

function shuffle(args: Arguments): ValueObject {
  const input = oneOrMany(args.value("input") ?? []);
  const start = (madeUpBytes(args.address, 1)[0] ?? 0) % Math.max(1, input.length);
  const turned = [...input.slice(start), ...input.slice(0, start)];
  return { id: "-", result: turned.slice(0, args.optionalNumber("result_count") ?? input.length) };
}
