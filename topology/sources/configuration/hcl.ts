import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { gunzipSync } from "node:zlib";
import { notHcl } from "../../errors";
import type { ValueObject } from "../../language/value";

/** Calls back before it returns, and may not be thrown at from there. */
type Parse = (file: string, text: string, done: (error: string | null, json: string) => void) => void;

/** The globals through which @cdktn/hcl2json and its Go program meet, and WebAssembly, which Node.js has without types. */
interface Globals {
  Go?: new () => { readonly importObject: object; run(instance: object): Promise<void> };
  __parse_terraform_config_wasm__?: { readonly parse?: Parse };
  readonly WebAssembly: {
    readonly Module: new (program: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => object;
  };
}

/** How the parser calls the file in its messages. */
const FILE = "hcl";
let parser: Parse | undefined;

/**
 * Parses HCL into Terraform's JSON syntax: blocks in lists, and expressions as templates.
 *
 * @param path - how messages call the file
 * @param text - nests no deeper than `hclPlaces` lets pass: what exhausts its stack leaves the parser broken
 * @throws TopologyError where it is no HCL.
 */
export function parseHcl(path: string, text: string): ValueObject {
  let result: { readonly error: string | null; readonly json: string } = { error: "its parser is silent", json: "" };
  compiledOnce(() => {
    parser ??= loadParser();
    parser(FILE, text, (error, json) => (result = { error, json }));
  });
  if (result.error) throw syntaxError(path, result.error);
  return JSON.parse(result.json) as ValueObject;
}

/** A few files do not pay for compiling the parser anew for speed, which takes a second of the processor. */
function compiledOnce(run: () => void): void {
  setFlagsFromString("--liftoff-only");
  try {
    run();
  } finally {
    setFlagsFromString("--no-liftoff-only");
  }
}

/**
 * HashiCorp's own parser, compiled to WebAssembly. The package's entry point hands its results on in promises, though
 * the program answers at once; it is loaded from beside the entry point here, so that reading a configuration does not
 * have to wait for anything.
 */
function loadParser(): Parse {
  const globals = globalThis as unknown as Globals;
  const load = createRequire(__filename);
  load("@cdktn/hcl2json/wasm/bridge_wasm_exec.js");
  const program = gunzipSync(readFileSync(load.resolve("@cdktn/hcl2json/main.wasm.gz")));
  const functions: { readonly parse?: Parse } = {};
  globals.__parse_terraform_config_wasm__ = functions;
  if (globals.Go === undefined) throw new Error("@cdktn/hcl2json brings no Go runtime.");
  const go = new globals.Go();
  const { Instance, Module } = globals.WebAssembly;
  void go.run(new Instance(new Module(program), go.importObject));
  if (functions.parse === undefined) throw new Error("@cdktn/hcl2json registers no parser.");
  return functions.parse;
}

const DIAGNOSTIC = /hcl:(\d+),[\d,-]+: ([^;]*); (.*?)(?= hcl:\d+,[\d,-]+: |\]?$)/s;

/** The first of the parser's complaints: `parse config: [hcl:2,10-10: Unterminated template string; No closing …]`. */
function syntaxError(path: string, message: string): Error {
  const [, line = "", summary = message, detail = ""] = DIAGNOSTIC.exec(message) ?? [];
  const place = line === "" ? path : `${path}:${line}`;
  const reason = detail === "" ? summary : `${summary}: ${detail}`;
  return notHcl(place, reason.replace(/hcl:(\d+),[\d-]+/g, "line $1"));
}
