import { readFileSync, statSync } from "node:fs";
import { notAConfiguration, notAPlan, notJson, sourceNotFound, sourceTooLarge, sourceUnreadable } from "../errors";
import { locateJsonError, nestsDeeper } from "./json-syntax";
import { isObject, type Value, type ValueObject } from "../language/value";

/** A plan of some thousand resources has 10 to 50 MB; beyond this, reading takes more memory than a reviewer expects. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 * 1024;
/** Blocks nest about twenty deep, and each module of a plan adds two levels; beyond this, text is hostile. */
const MAX_DEPTH = 150;

/** @throws TopologyError when the path is no file, too large, or holds no JSON object. */
export function readJsonFile(path: string): ValueObject {
  // Of a pipe it is 0.
  const { size } = reading(path, () => statSync(path));
  if (size > MAX_DOCUMENT_BYTES) throw sourceTooLarge(path, size, MAX_DOCUMENT_BYTES);
  return parseJsonObject(
    path,
    reading(path, () => readFileSync(path)),
  );
}

/**
 * @param name - how messages call it
 * @throws TopologyError when it is not the text of a JSON object.
 */
export function parseJsonObject(name: string, bytes: Buffer): ValueObject {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw sourceTooLarge(name, bytes.length, MAX_DOCUMENT_BYTES);
  const text = decoded(bytes);
  if (text.trim() === "") throw notAConfiguration(name, "it is empty");
  if (text.startsWith("PK\u0003\u0004")) throw notAPlan(name, "a plan in Terraform's binary form");
  if (isPlanLog(text)) throw notAPlan(name, 'the log of "terraform plan -json"');
  if (nestsDeeper(text, MAX_DEPTH)) throw notAConfiguration(name, `it nests more than ${MAX_DEPTH} levels deep`);
  const document = parseJson(name, text);
  if (!isObject(document)) throw notAConfiguration(name, "it holds no JSON object");
  return document;
}

/** Turns what the system answers, such as ENOENT or EACCES, into an error about the path. */
export function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw code === "ENOENT" ? sourceNotFound(path) : sourceUnreadable(path, code);
  }
}

/** PowerShell writes UTF-16, and some editors a byte order mark. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.subarray(hasMark ? 3 : 0).toString("utf8");
}

/** Lines of JSON, the first of which is the version of terraform. */
function isPlanLog(text: string): boolean {
  return /^\{"@level":/.test(text);
}

function parseJson(name: string, text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    const place = locateJsonError(text);
    if (place === undefined) throw error;
    throw notJson(name, place.line, place.column);
  }
}
