import { readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { hclNotRead, noConfiguration, notAConfiguration, severalStacks, sourceUnreadable } from "../../errors";
import type { JsonObject } from "../../language";
import { reading, readJsonFile } from "../json-file";
import { isObject, type Value } from "../../language/value";

export interface SourceFile {
  readonly path: string;
  readonly content: JsonObject;
}

/** The files of one Terraform root module. */
export interface Source {
  /** Files that add blocks, in the order in which Terraform reads them. */
  readonly files: readonly SourceFile[];
  /** `*_override.tf.json` files, which change blocks of the others. */
  readonly overrides: readonly SourceFile[];
  /** Variable values that Terraform loads by itself, the stronger ones last. */
  readonly variables: readonly SourceFile[];
}

/**
 * Finds and reads the Terraform JSON that a folder means: a `cdktf.out` folder of one stack, the folder of a stack, or
 * any other folder with `*.tf.json` files.
 */
export function readSource(path: string): Source {
  const status = reading(path, () => statSync(path));
  if (status.isDirectory()) return readFolder(path);
  throw status.isFile() ? hclNotRead(path) : sourceUnreadable(path, "it is neither a file nor a folder");
}

function readFolder(folder: string): Source {
  const names = listFolder(folder);
  if (names.includes("manifest.json") && !names.some(isConfiguration)) return readFolder(onlyStack(folder));
  const native = names.find(
    (name) => name.endsWith(".tf") || name === "terraform.tfvars" || name.endsWith(".auto.tfvars"),
  );
  if (native !== undefined) throw hclNotRead(join(folder, native));
  const read = (wanted: (name: string) => boolean): SourceFile[] =>
    names.filter(wanted).map((name) => readConfigurationFile(join(folder, name)));
  const files = read((name) => isConfiguration(name) && !isOverride(name));
  const overrides = read((name) => isConfiguration(name) && isOverride(name));
  if (files.length === 0) throw noConfiguration(folder);
  const variables = [
    ...read((name) => name === "terraform.tfvars.json"),
    ...read((name) => name.endsWith(".auto.tfvars.json")),
  ];
  return { files, overrides, variables };
}

function isConfiguration(name: string): boolean {
  return name.endsWith(".tf.json") && !name.startsWith(".");
}

function isOverride(name: string): boolean {
  return name === "override.tf.json" || name.endsWith("_override.tf.json");
}

/** The folder of the only stack in `cdktf.out`, as its `manifest.json` names it. */
function onlyStack(folder: string): string {
  const path = join(folder, "manifest.json");
  const { stacks } = readJsonFile(path);
  if (stacks === undefined || !isObject(stacks)) throw notAConfiguration(path, "it names no stacks");
  const folders = Object.values(stacks).map((stack) => stackFolder(path, folder, stack));
  const [only] = folders;
  if (only === undefined) throw noConfiguration(folder);
  if (folders.length > 1) throw severalStacks(folder, folders);
  return only;
}

function stackFolder(manifest: string, folder: string, stack: Value): string {
  const directory = isObject(stack) ? stack["workingDirectory"] : undefined;
  if (typeof directory !== "string") throw notAConfiguration(manifest, "a stack in it has no workingDirectory");
  const path = join(folder, directory);
  if (relative(folder, path).startsWith(".."))
    throw notAConfiguration(manifest, "a stack in it lies outside of its folder");
  return path;
}

function listFolder(folder: string): string[] {
  return reading(folder, () => readdirSync(folder).sort());
}

function readConfigurationFile(path: string): SourceFile {
  const content = readJsonFile(path);
  if ("planned_values" in content) {
    throw notAConfiguration(path, `${basename(path)} is a plan; name the file itself, not its folder`);
  }
  return { path, content };
}
