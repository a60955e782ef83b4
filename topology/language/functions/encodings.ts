import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { failed, unsupported } from "../error";
import { fixed, type TerraformFunction } from "./function";

/** Terraform escapes all but letters, digits and `-_.~`, and writes a blank as `+` (Go's `url.QueryEscape`). */
function encodeUrl(text: string): string {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(Buffer.from(text).toString())
    .replace(/[!'()*]/g, escape)
    .replaceAll("%20", "+");
}

function base64Bytes(text: string): Buffer {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ""))) {
    throw failed("argument 1 is not base64");
  }
  return Buffer.from(text, "base64");
}

function decodeBase64(text: string): string {
  const bytes = base64Bytes(text);
  if (!isUtf8(bytes)) throw failed("argument 1 is not the base64 of text");
  return bytes.toString();
}

/** By their names at the IANA. */
const NODE_ENCODINGS: Readonly<Record<string, "utf8" | "utf16le" | "latin1" | "ascii">> = {
  "UTF-8": "utf8",
  "UTF-16LE": "utf16le",
  "ISO-8859-1": "latin1",
  "US-ASCII": "ascii",
};

function encodeText(text: string, encoding: string): string {
  const name = encoding.toUpperCase();
  if (name === "UTF-16BE") return Buffer.from(text, "utf16le").swap16().toString("base64");
  const known = NODE_ENCODINGS[name];
  if (known === undefined) throw unsupported(`the encoding ${encoding}`);
  const bytes = Buffer.from(text, known);
  if (bytes.toString(known) !== text) throw failed(`the text has characters that ${encoding} has not`);
  return bytes.toString("base64");
}

function decodeText(text: string, encoding: string): string {
  const bytes = base64Bytes(text);
  if (encoding.toUpperCase() === "UTF-16BE") return Buffer.from(bytes).swap16().toString("utf16le");
  const known = NODE_ENCODINGS[encoding.toUpperCase()];
  if (known === undefined) throw unsupported(`the encoding ${encoding}`);
  return bytes.toString(known);
}

function hash(algorithm: string, digest: "hex" | "base64"): TerraformFunction {
  return fixed(1, (args) => createHash(algorithm).update(args.text(0)).digest(digest));
}

/** The namespaces that have names, RFC 4122, appendix C. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

function uuidOfName(namespace: string, name: string): string {
  const id = NAMESPACES[namespace] ?? namespace;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw failed("argument 1 is no UUID");
  const bytes = createHash("sha1")
    .update(Buffer.from(id.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const encodingFunctions = {
  base64decode: fixed(1, (args) => decodeBase64(args.text(0))),
  base64encode: fixed(1, (args) => Buffer.from(args.text(0)).toString("base64")),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  base64gzip: fixed(1, (args) => gzipSync(args.text(0)).toString("base64")),
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  textdecodebase64: fixed(2, (args) => decodeText(args.text(0), args.text(1))),
  textencodebase64: fixed(2, (args) => encodeText(args.text(0), args.text(1))),
  urlencode: fixed(1, (args) => encodeUrl(args.text(0))),
  uuidv5: fixed(2, (args) => uuidOfName(args.text(0), args.text(1))),
};
