import { notAConfiguration, notAPlan, notJson, sourceTooLarge } from "../errors";
import { isObject, type Value, type ValueObject } from "../language/value";
import { decoded, MAX_DOCUMENT_BYTES, readText } from "./file";
import { nestsDeeper } from "../language/nesting";
import { locateJsonError } from "./json-syntax";

/** Blocks nest about twenty deep, and each module of a plan adds two levels; beyond this, text is hostile. */
const MAX_DEPTH = 150;

/** A JSON object with the text that it is written in. */
export interface JsonText {
  readonly text: string;
  readonly content: ValueObject;
}

/** @throws TopologyError when the path is no regular file, too large, or holds no JSON object. */
export function readJsonFile(path: string): JsonText {
  return parseJsonText(path, readText(path));
}

/**
 * @param name - how messages call it
 * @throws TopologyError when it is not the text of a JSON object.
 */
export function parseJsonBytes(name: string, bytes: Buffer): JsonText {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw sourceTooLarge(name, bytes.length, MAX_DOCUMENT_BYTES);
  return parseJsonText(name, unwrapped(decoded(bytes)));
}

function parseJsonText(name: string, text: string): JsonText {
  if (text.trim() === "") throw notAConfiguration(name, "it is empty");
  if (text.startsWith("PK\u0003\u0004")) throw notAPlan(name, "a plan in Terraform's binary form");
  if (isPlanLog(text)) throw notAPlan(name, 'the log of "terraform plan -json"');
  if (nestsDeeper(text, MAX_DEPTH)) throw notAConfiguration(name, `it nests more than ${MAX_DEPTH} levels deep`);
  const content = parseJson(name, text);
  if (!isObject(content)) throw notAConfiguration(name, "it holds no JSON object");
  return { text, content };
}

/**
 * What wrappers of terraform in CI systems print around the JSON: the command before it, and commands to the CI system
 * after it (hashicorp/setup-terraform).
 */
function unwrapped(text: string): string {
  if (/^\s*[[{]/.test(text) && !text.startsWith("[command]") && !/^::/m.test(text)) return text;
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trimStart().startsWith("{"));
  const last = lines.findLastIndex((line) => !/^(\s*|::.*)$/s.test(line));
  return first === -1 ? text : lines.slice(first, last + 1).join("\n");
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
