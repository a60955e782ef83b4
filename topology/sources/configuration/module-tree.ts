import { existsSync } from "node:fs";
import { join, normalize, relative } from "node:path";
import { invalidConfiguration } from "../../errors";
import { entryOf } from "../../language/maps";
import { objectsAt, textAt } from "../../language/members";
import type { Module } from "../../modules/module";
import type { Node } from "../../modules/node";
import { realPath } from "../file";
import { readJsonFile } from "../json-file";
import { readModuleFiles, type Source } from "./folder";
import { readNodes } from "./nodes";
import { ReadableFolder } from "./readable-folder";

/** Beyond this, modules that call each other twice and more are hostile. */
const MAX_MODULES = 10_000;

/**
 * The root module with the modules that it calls, at whatever depth: those in folders of their own, and those that
 * `terraform init` has fetched.
 * @param prefix - what addresses begin with, such as `network/` in one of several stacks
 * @throws TopologyError where a module cannot be read, or calls one that it stands in.
 */
export function readModuleTree(source: Source, prefix = ""): Module {
  return new ModuleTree(source, prefix).root();
}

type Call = NonNullable<Module["call"]>;

class ModuleTree {
  private readonly nodes = new Map<string, ReadonlyMap<string, Node>>();
  private readonly fetched: ReadonlyMap<string, string>;
  private count = 0;

  constructor(
    private readonly source: Source,
    private readonly prefix: string,
  ) {
    this.fetched = source.folder === undefined ? new Map() : fetchedModules(source.folder);
  }

  root(): Module {
    return this.module(readNodes(this.source), this.source.folder, []);
  }

  /** @param names - those of the modules that it stands in, and its own */
  private module(
    nodes: ReadonlyMap<string, Node>,
    folder: string | undefined,
    names: readonly string[],
    call?: Call,
    above: readonly string[] = [],
  ): Module {
    const blockPrefix = this.prefix + names.map((name) => `module.${name}.`).join("");
    const { children, missing } = { children: new Map<string, Module>(), missing: new Map<string, string>() };
    const path = folder === undefined ? "." : relative(this.source.folder ?? folder, folder) || ".";
    const root = this.source.folder ?? folder;
    const files = folder === undefined || root === undefined ? undefined : new ReadableFolder(root, folder);
    const module: Module = { blockPrefix, path, folder: files, nodes, call, children, missing };
    const ancestors = folder === undefined ? above : [...above, realPath(folder)];
    for (const node of nodes.values()) {
      if (node.keyword !== "module") continue;
      const childNames = [...names, node.labels[0] ?? ""];
      const place = this.folderOf(node, folder, childNames);
      const name = childNames.at(-1) ?? "";
      if ("reason" in place) missing.set(name, place.reason);
      else children.set(name, this.child(place.folder, childNames, { node, module }, ancestors));
    }
    return module;
  }

  private child(folder: string, names: readonly string[], call: Call, above: readonly string[]): Module {
    const address = call.module.blockPrefix + call.node.address;
    if (++this.count > MAX_MODULES) {
      throw invalidConfiguration(address, `it is one of more than ${MAX_MODULES} modules`);
    }
    if (above.includes(realPath(folder))) {
      throw invalidConfiguration(address, "its source leads back to a module that it stands in");
    }
    const nodes = entryOf(this.nodes, folder, () => readNodes(readModuleFiles(folder, this.source.reader)));
    return this.module(nodes, folder, names, call, above);
  }

  private folderOf(
    { address, body }: Node,
    folder: string | undefined,
    names: readonly string[],
  ): { readonly folder: string } | { readonly reason: string } {
    const { source } = body;
    if (typeof source !== "string") throw invalidConfiguration(address, "it names no source");
    if (folder === undefined) {
      return {
        reason: "a configuration does not show what is inside a module; give a plan of it, from terraform show -json",
      };
    }
    // What an expression gives, `terraform init` has found out.
    if (/^\.\.?\//.test(source) && !source.includes("${")) {
      const found = join(folder, source);
      if (!existsSync(found)) throw invalidConfiguration(address, `its source ${source} does not exist`);
      return { folder: found };
    }
    const fetched = this.fetched.get(names.join("."));
    if (fetched !== undefined && existsSync(fetched)) return { folder: fetched };
    const { folder: root = "." } = this.source;
    const place = root === "." ? "" : ` in ${root}`;
    return { reason: `its source ${source} is not there; run "terraform init"${place}` };
  }
}

/** The folders that `terraform init` has made or found, by the names of modules such as `network.subnets`. */
function fetchedModules(root: string): Map<string, string> {
  const path = join(root, ".terraform/modules/modules.json");
  if (!existsSync(path)) return new Map();
  const folders = objectsAt(readJsonFile(path).content, "Modules").flatMap((module): [string, string][] => {
    const [key, directory] = [textAt(module, "Key"), textAt(module, "Dir")];
    const isInside = directory !== undefined && !normalize(directory).startsWith("..");
    return key === undefined || !isInside ? [] : [[key, join(root, directory)]];
  });
  return new Map(folders);
}
