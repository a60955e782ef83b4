import { createRequire } from "node:module";
import type { RE2JS } from "re2js";
import { failed } from "../error";
import { collection, type Value } from "../value";
import { refuseWeight } from "../budget";
import { fixed } from "./function";

type Library = typeof import("re2js");
const load = createRequire(__filename);

/** Go's regular expressions, which take linear time; loaded when the first is met. */
function compiled(pattern: string): RE2JS {
  const { RE2JS: engine } = load("re2js") as Library;
  try {
    return engine.compile(pattern);
  } catch {
    throw failed(`${JSON.stringify(pattern)} is no regular expression`);
  }
}

/** What the pattern found: the text, or its groups as a list or, where they have names, an object. */
function matches(pattern: string, text: string, most: number): Value[] {
  const expression = compiled(pattern);
  const names = Object.entries(expression.namedGroups()).sort(([, left], [, right]) => left - right);
  const count = expression.groupCount();
  if (names.length > 0 && names.length < count) throw failed("a regular expression has groups with names and without");
  const matcher = expression.matcher(text);
  const found: Value[] = [];
  while (found.length < most && matcher.find()) {
    const group = (index: number): string | null => matcher.group(index) ?? null;
    if (count === 0) found.push(group(0));
    else if (names.length > 0) found.push(Object.fromEntries(names.map(([name, index]) => [name, group(index)])));
    else found.push(Array.from({ length: count }, (_, index) => group(index + 1)));
  }
  return found;
}

function firstMatch(pattern: string, text: string): Value {
  const [first] = matches(pattern, text, 1);
  if (first === undefined) throw failed("the regular expression does not match");
  return first;
}

/** A search text between slashes is a regular expression, in whose replacement `$1` or `${name}` stand for groups. */
function replaceAll(text: string, search: string, replacement: string): string {
  if (search.length > 1 && search.startsWith("/") && search.endsWith("/")) {
    return replaceMatches(text, search.slice(1, -1), replacement);
  }
  const count = search === "" ? Array.from(text).length + 1 : text.split(search).length - 1;
  refuseWeight(text.length + count * replacement.length);
  if (search !== "") return text.replaceAll(search, () => replacement);
  return replacement + Array.from(text, (character) => character + replacement).join("");
}

const GROUP = /\$(?:\$|(\w+)|\{(\w+)\})/g;

function replaceMatches(text: string, pattern: string, replacement: string): string {
  const matcher = compiled(pattern).matcher(text);
  const names = compiled(pattern).namedGroups();
  const count = matcher.groupCount();
  const groupText = (name: string): string => {
    const index = /^\d+$/.test(name) ? Number(name) : names[name];
    return index === undefined || index > count ? "" : (matcher.group(index) ?? "");
  };
  let result = "";
  let end = 0;
  while (matcher.find()) {
    // An empty match behind another is none.
    if (matcher.end() === end && matcher.start() === end && end > 0) continue;
    result += text.slice(end, matcher.start());
    result += replacement.replace(GROUP, (whole, plain?: string, braced?: string) =>
      whole === "$$" ? "$" : groupText(plain ?? braced ?? ""),
    );
    refuseWeight(result.length);
    end = matcher.end();
  }
  return result + text.slice(end);
}

export const patternFunctions = {
  regex: fixed(2, (args) => firstMatch(args.text(0), args.text(1))),
  regexall: fixed(2, (args) => collection("list", matches(args.text(0), args.text(1), Infinity))),
  replace: fixed(3, (args) => replaceAll(args.text(0), args.text(1), args.text(2))),
};
