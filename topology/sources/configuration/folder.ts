import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { noConfiguration, notAConfiguration, severalStacks, sourceUnreadable } from "../../errors";
import { textsAt } from "../../language/members";
import { isObject, type Value } from "../../language/value";
import { reading, realPath, statusOf } from "../file";
import { readJsonFile } from "../json-file";
import { type ConfigurationFile, FileReader } from "./files";
import type { Assignment } from "./assignment";
import { ReadableFolder } from "./readable-folder";
import { readVariableFile, type VariableFile } from "./variable-file";

/** The files of one module. */
export interface ModuleFiles {
  /** Files that add blocks, in the order in which Terraform reads them. */
  readonly files: readonly ConfigurationFile[];
  /** Override files, which change blocks of the others. */
  readonly overrides: readonly ConfigurationFile[];
}

/** The files of a root module. */
export interface Source extends ModuleFiles {
  /** Undefined for a configuration that was never written to a file. */
  readonly folder?: string;
  /** Reads the files of further modules. */
  readonly reader: FileReader;
  /** Variable values that Terraform loads by itself, the stronger ones last. */
  readonly variables: readonly VariableFile[];
  /** Variable values that somebody names, the stronger ones last. @default - none */
  readonly assignments?: readonly Assignment[];
}

/**
 * Finds and reads the configuration that a folder means: a `cdktf.out` folder of one stack, the folder of a stack, or
 * any other folder with files in HCL or in Terraform's JSON syntax.
 */
export function readSource(path: string): Source {
  const status = statusOf(path);
  if (status.isDirectory()) return readFolder(stackOf(path));
  if (!status.isFile()) throw sourceUnreadable(path, "it is neither a file nor a folder");
  if (path.endsWith(".tfvars")) throw notAConfiguration(path, "it holds values of variables; name its folder");
  const reader = new FileReader();
  return { files: [reader.read(path)], overrides: [], folder: dirname(path), reader, variables: [] };
}

function readFolder(folder: string): Source {
  const reader = new FileReader();
  const readable = new ReadableFolder(folder, folder);
  const variables = variableNames(listFolder(folder)).map((name) => {
    const path = join(folder, name);
    // Nobody named it: a stranger's link would show what somebody else's file holds.
    const refusal = readable.refusal(realPath(path));
    const instead = "remove the link, and name the file with -var-file if it is yours";
    if (refusal !== undefined) throw sourceUnreadable(path, `it ${refusal}; ${instead}`);
    return readVariableFile(path, reader);
  });
  return { ...readModuleFiles(folder, reader), folder, reader, variables };
}

/** @throws TopologyError NO_CONFIGURATION for a folder without files of Terraform. */
export function readModuleFiles(folder: string, reader: FileReader): ModuleFiles {
  const names = configurationNames(listFolder(folder));
  if (names.length === 0) throw noConfiguration(folder);
  const read = (wanted: (name: string) => boolean): ConfigurationFile[] =>
    names.filter(wanted).map((name) => reader.read(join(folder, name)));
  return { files: read((name) => !isOverride(name)), overrides: read(isOverride) };
}

/** OpenTofu takes a file of its own in the place of one of the same name for Terraform. */
function configurationNames(names: readonly string[]): string[] {
  return names
    .filter((name) => /\.(tf|tofu)(\.json)?$/.test(name) && !isBackup(name))
    .filter((name) => !names.includes(name.replace(/\.tf(?=$|\.json$)/, ".tofu")) || /\.tofu(\.json)?$/.test(name));
}

/** What editors leave behind, and hidden files. */
function isBackup(name: string): boolean {
  return name.startsWith(".") || name.startsWith("#");
}

function isOverride(name: string): boolean {
  return /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);
}

/** The weaker ones first: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence */
function variableNames(names: readonly string[]): string[] {
  return [
    ...["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name)),
    ...names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name) && !isBackup(name)),
  ];
}

/** The folder itself, or in a `cdktf.out` the folder of its only stack. */
function stackOf(folder: string): string {
  const stacks = stacksOf(folder);
  const [only = { folder }] = stacks;
  if (stacks.length > 1) {
    throw severalStacks(
      folder,
      stacks.map((stack) => stack.folder),
    );
  }
  return only.folder;
}

/** A stack of a `cdktf.out`. */
export interface StackFolder {
  readonly name: string;
  readonly folder: string;
  /** The names of the stacks that are deployed before it. */
  readonly dependencies: readonly string[];
}

/** The stacks of a `cdktf.out`, as its `manifest.json` names them; none where the folder is no `cdktf.out`. */
export function stacksOf(folder: string): readonly StackFolder[] {
  const names = listFolder(folder);
  if (!names.includes("manifest.json") || configurationNames(names).length > 0) return [];
  const path = join(folder, "manifest.json");
  const { stacks } = readJsonFile(path).content;
  if (stacks === undefined || !isObject(stacks)) throw notAConfiguration(path, "it names no stacks");
  const found = Object.entries(stacks).map(([name, stack]) => ({
    name,
    folder: stackFolder(path, folder, stack),
    dependencies: textsAt(isObject(stack) ? stack : {}, "dependencies"),
  }));
  if (found.length === 0) throw noConfiguration(folder);
  // Addresses begin with the name, up to the first slash.
  if (found.some(({ name }) => name.includes("/"))) {
    throw notAConfiguration(path, "a name of a stack in it has a slash");
  }
  return found;
}

function stackFolder(manifest: string, folder: string, stack: Value): string {
  const directory = isObject(stack) ? stack["workingDirectory"] : undefined;
  if (typeof directory !== "string") throw notAConfiguration(manifest, "a stack in it has no workingDirectory");
  const path = join(folder, directory);
  if (relative(folder, path).startsWith("..")) {
    throw notAConfiguration(manifest, "a stack in it lies outside of its folder");
  }
  return path;
}

/** Without folders, which Terraform passes over whatever they are called. */
function listFolder(folder: string): string[] {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }));
  return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
}
