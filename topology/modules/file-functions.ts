import { createHash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { resolve } from "node:path";
import { isKnown, isSymbolicObject, type ScopeFunction, type Symbolic, toSet, Unknown } from "../language";
import { failed } from "../language/error";
import type { ModuleFolder } from "./module";

type ReadFile = (bytes: Buffer) => string;

/** Functions that take the path of a file alone. */
const OF_FILES: Readonly<Record<string, ReadFile>> = {
  file: textOf,
  filebase64: (bytes) => bytes.toString("base64"),
  filemd5: hashed("md5", "hex"),
  filesha1: hashed("sha1", "hex"),
  filesha256: hashed("sha256", "hex"),
  filesha512: hashed("sha512", "hex"),
  filebase64sha256: hashed("sha256", "base64"),
  filebase64sha512: hashed("sha512", "base64"),
};

/** Terraform's functions that read files, within the folder of a module. @param folder - undefined where there is none */
export function fileFunctions(folder: ModuleFolder | undefined): ReadonlyMap<string, ScopeFunction> {
  if (folder === undefined) return NO_FUNCTIONS;
  const ofFiles = Object.entries(OF_FILES).map(([name, read]): [string, ScopeFunction] => [
    name,
    withTexts((path) => read(bytesOf(folder, path))),
  ]);
  return new Map<string, ScopeFunction>([
    ...ofFiles,
    ["fileexists", withTexts((path) => folder.read(path) !== undefined)],
    ["fileset", withTexts((path, pattern) => toSet(matching(folder.list(path), pattern)))],
    ["abspath", withTexts((path) => resolve(folder.absolutePath, path))],
    ["templatefile", (values, evaluate) => templateFile(folder, values, evaluate)],
  ]);
}

const NO_FUNCTIONS: ReadonlyMap<string, ScopeFunction> = new Map();

/** A function of texts, which is unknown while one of them is. */
function withTexts(call: (first: string, second: string) => Symbolic): ScopeFunction {
  return (values) => {
    if (!values.every(isKnown)) return Unknown.madeOf(values);
    const [first, second = ""] = values;
    if (typeof first !== "string" || typeof second !== "string") throw failed("the path of a file must be a string");
    return call(first, second);
  };
}

const templateFile = (
  folder: ModuleFolder,
  [path = null, names = null]: readonly Symbolic[],
  evaluate: Parameters<ScopeFunction>[1],
): Symbolic => {
  if (path instanceof Unknown || names instanceof Unknown) return Unknown.madeOf([path, names]);
  if (typeof path !== "string" || !isSymbolicObject(names)) {
    throw failed("templatefile takes the path of a file and an object");
  }
  return evaluate(textOf(bytesOf(folder, path)), names);
};

function bytesOf(folder: ModuleFolder, path: string): Buffer {
  const bytes = folder.read(path);
  if (bytes === undefined) throw failed(`there is no file ${path}`);
  return bytes;
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw failed("the file is not text in UTF-8");
  return bytes.toString();
}

function hashed(algorithm: string, digest: "hex" | "base64"): ReadFile {
  return (bytes) => createHash(algorithm).update(bytes).digest(digest);
}

/** More wildcards would take their time. */
const MAX_WILDCARDS = 8;

/** `*` and `?` within a name, `**` for any folders, `{a,b}` for either. */
function matching(paths: readonly string[], pattern: string): readonly string[] {
  if ((pattern.match(/\*+|\{/g) ?? []).length > MAX_WILDCARDS) {
    throw failed(`the pattern has more than ${MAX_WILDCARDS} wildcards`);
  }
  const source = pattern.replace(/\*\*\/?|\*|\?|\{[^{}]*\}|[^*?{}]+|[{}]/g, globPart);
  const expression = new RegExp(`^${source}$`, "u");
  return paths.filter((path) => expression.test(path));
}

function globPart(part: string): string {
  if (part === "**/") return "(?:[^/]+/)*";
  if (part === "**") return ".*";
  if (part === "*") return "[^/]*";
  if (part === "?") return "[^/]";
  if (part.length > 1 && part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(escaped).join("|")})`;
  return escaped(part);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
