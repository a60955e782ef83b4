import { refuseWeight } from "../budget";
import { failed } from "../error";
import { collection, isList, type Value } from "../value";
import { characters } from "./characters";
import { formatText } from "./format";
import { fixed, variadic, type CallArguments } from "./function";

function substring(text: string, offset: number, length: number): string {
  const all = characters(text);
  const start = offset < 0 ? Math.max(0, offset + all.length) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join("");
}

/** Go changes character by character, so that "ß" stays as it is, and has "i" for the small form of "İ". */
function changeCase(text: string, change: (character: string) => string): string {
  return Array.from(text, (character) => {
    const changed = change(character);
    return Array.from(changed).length === 1 ? changed : changed === "i\u0307" ? "i" : character;
  }).join("");
}

/** The first letter of each word, as Go's `strings.Title` takes words. */
function title(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_'’])\p{L}/gu, (letter) => changeCase(letter, (each) => each.toUpperCase()));
}

function indented(spaces: number, text: string): string {
  const lines = text.split("\n");
  refuseWeight(text.length + spaces * lines.length);
  return lines.join(`\n${" ".repeat(spaces)}`);
}

/** What Go's `unicode.IsSpace` calls space. */
const SPACES =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

function trimCharacters(text: string, cutset: string): string {
  const cut = new Set(cutset);
  const kept = Array.from(text);
  const start = kept.findIndex((character) => !cut.has(character));
  return start < 0 ? "" : kept.slice(start, kept.findLastIndex((character) => !cut.has(character)) + 1).join("");
}

function join(args: CallArguments): string {
  const texts = args.values.slice(1).flatMap((_, index) => args.texts(index + 1));
  const separator = args.text(0);
  refuseWeight(texts.reduce((sum, text) => sum + text.length + separator.length, 0));
  return texts.join(separator);
}

/** Once for each element; what is no list stands in each. */
function formatList(args: CallArguments): Value {
  const [specification, ...values] = [args.text(0), ...args.values.slice(1)];
  const lengths = new Set(values.filter(isList).map((list) => list.length));
  if (lengths.size > 1) throw failed("the lists of formatlist have not the same length");
  const [length = 1] = lengths;
  return collection(
    "list",
    Array.from({ length }, (_, index) =>
      formatText(
        specification,
        values.map((value) => (isList(value) ? (value[index] ?? null) : value)),
      ),
    ),
  );
}

export const stringFunctions = {
  chomp: fixed(1, (args) => trimCharacters(`x${args.text(0)}`, "\r\n").slice(1)),
  endswith: fixed(2, (args) => args.text(0).endsWith(args.text(1))),
  format: variadic(1, (args) => (args.values.includes(null) ? null : formatText(args.text(0), args.values.slice(1)))),
  formatlist: variadic(1, formatList),
  indent: fixed(2, (args) => indented(args.integer(0), args.text(1))),
  join: variadic(2, join),
  lower: fixed(1, (args) => changeCase(args.text(0), (character) => character.toLowerCase())),
  split: fixed(2, (args) =>
    collection("list", args.text(0) === "" ? Array.from(args.text(1)) : args.text(1).split(args.text(0))),
  ),
  startswith: fixed(2, (args) => args.text(0).startsWith(args.text(1))),
  strcontains: fixed(2, (args) => args.text(0).includes(args.text(1))),
  strrev: fixed(1, (args) => characters(args.text(0)).reverse().join("")),
  substr: fixed(3, (args) => substring(args.text(0), args.integer(1), args.integer(2))),
  title: fixed(1, (args) => title(args.text(0))),
  trim: fixed(2, (args) => trimCharacters(args.text(0), args.text(1))),
  trimprefix: fixed(2, (args) =>
    args.text(0).startsWith(args.text(1)) ? args.text(0).slice(args.text(1).length) : args.text(0),
  ),
  trimspace: fixed(1, (args) => trimCharacters(args.text(0), SPACES)),
  trimsuffix: fixed(2, (args) =>
    args.text(0).endsWith(args.text(1))
      ? args.text(0).slice(0, args.text(0).length - args.text(1).length)
      : args.text(0),
  ),
  upper: fixed(1, (args) => changeCase(args.text(0), (character) => character.toUpperCase())),
};
