import { readFileSync, statSync } from "node:fs";
import { notAConfiguration, notAPlan, notJson, sourceTooLarge, unsupportedPlanFormat } from "./errors";
import { locateJsonError } from "./json";
import { reading, readSource, type Source } from "./source";
import { isObject, type Value, type ValueObject } from "./value";

/** A plan of some thousand resources has 10 to 50 MB; beyond this, reading takes more memory than a reviewer expects. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 * 1024;
/** Blocks nest about twenty deep, and each module adds two levels; beyond this, text is hostile. */
const MAX_DEPTH = 150;

/** What somebody gave to be read: what `terraform show -json PLAN` prints, or a configuration. */
export type Document =
  | { readonly kind: "plan"; readonly name: string; readonly plan: ValueObject }
  | { readonly kind: "configuration"; readonly source: Source };

/**
 * Reads a plan from `terraform show -json`, a Terraform JSON file, a folder of these, or a `cdktf.out` of one stack.
 * @throws TopologyError when the path is none of these.
 */
export function readDocument(path: string): Document {
  const status = reading(path, () => statSync(path));
  if (!status.isFile() || /\.(tf|tfvars)$/.test(path)) return { kind: "configuration", source: readSource(path) };
  if (status.size > MAX_DOCUMENT_BYTES) throw sourceTooLarge(path, status.size, MAX_DOCUMENT_BYTES);
  return parseDocument(
    path,
    reading(path, () => readFileSync(path)),
  );
}

/**
 * Reads what is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration.
 */
export function parseDocument(name: string, bytes: Buffer): Document {
  const document = parseObject(name, decoded(bytes));
  if (isPlan(document)) return { kind: "plan", name, plan: ofKnownFormat(name, document) };
  return { kind: "configuration", source: sourceOf(name, configuration(name, document)) };
}

/** A configuration of one file. */
export function sourceOf(path: string, content: ValueObject): Source {
  return { files: [{ path, content }], overrides: [], variables: [] };
}

function isPlan(document: ValueObject): boolean {
  return "planned_values" in document || "resource_changes" in document;
}

function ofKnownFormat(name: string, plan: ValueObject): ValueObject {
  const version = plan["format_version"];
  if (typeof version === "string" && !version.startsWith("1.")) throw unsupportedPlanFormat(name, version);
  return plan;
}

/** PowerShell writes UTF-16, and some editors a byte order mark. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.subarray(hasMark ? 3 : 0).toString("utf8");
}

function parseObject(name: string, text: string): ValueObject {
  if (text.trim() === "") throw notAConfiguration(name, "it is empty");
  if (text.startsWith("PK\u0003\u0004")) throw notAPlan(name, "a plan in Terraform's binary form");
  if (isPlanLog(text)) throw notAPlan(name, 'the log of "terraform plan -json"');
  if (isTooDeep(text)) throw notAConfiguration(name, `it nests more than ${MAX_DEPTH} levels deep`);
  const document = parseJson(name, text);
  if (!isObject(document)) throw notAConfiguration(name, "it holds no JSON object");
  return document;
}

/** Lines of JSON, the first of which is the version of terraform. */
function isPlanLog(text: string): boolean {
  return /^\{"@level":/.test(text);
}

function configuration(name: string, document: ValueObject): ValueObject {
  if ("terraform_version" in document && "values" in document) throw notAPlan(name, "a state, not a plan");
  if ("terraform_version" in document && "lineage" in document) throw notAPlan(name, "a state file");
  return document;
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

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [34, 92, 91, 93, 123, 125];

/** Looks at the text, so that nothing deep is ever built. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isQuoted) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
