import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { Value } from "../value";
import { failed } from "../error";
import { fixed, variadic } from "./function";
import { encodeJson } from "./json";

/** Terraform escapes all but letters, digits and `-_.~`, and writes a blank as `+` (Go's `url.QueryEscape`). */
function encodeUrl(text: string): string {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(Buffer.from(text).toString())
    .replace(/[!'()*]/g, escape)
    .replaceAll("%20", "+");
}

function decodeJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw failed("argument 1 is not JSON");
  }
}

function decodeBase64(text: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, "")))
    throw failed("argument 1 is not base64");
  const bytes = Buffer.from(text, "base64");
  if (!isUtf8(bytes)) throw failed("argument 1 is not the base64 of text");
  return bytes.toString();
}

const hash = (algorithm: string): ReturnType<typeof fixed> =>
  fixed(1, (args) => createHash(algorithm).update(args.text(0)).digest("hex"));

export const encodingFunctions = {
  base64decode: fixed(1, (args) => decodeBase64(args.text(0))),
  base64encode: fixed(1, (args) => Buffer.from(args.text(0)).toString("base64")),
  jsondecode: fixed(1, (args) => decodeJson(args.text(0))),
  jsonencode: fixed(1, (args) => encodeJson(args.value(0))),
  md5: hash("md5"),
  nonsensitive: variadic(1, (args) => args.value(0), 1),
  sensitive: variadic(1, (args) => args.value(0), 1),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  urlencode: fixed(1, (args) => encodeUrl(args.text(0))),
};
