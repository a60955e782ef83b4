import type { Node } from "./node";

/**
 * The folder of a module, out of which no expression reads. Paths are relative to the root module's folder, as for
 * Terraform.
 */
export interface ModuleFolder {
  /** Of the root module's folder. */
  readonly absolutePath: string;
  /** The bytes of a file; undefined where there is none. @throws ExpressionError for a path that leads out of the folder. */
  read(path: string): Buffer | undefined;
  /** The files at any depth of a folder, by their paths in it. @throws ExpressionError */
  list(path: string): readonly string[];
}

/** A module as its blocks declare it, where it is called; or the root module. */
export interface Module {
  /** Such as `module.auth.`; empty for the root module. */
  readonly blockPrefix: string;
  /** Its folder relative to the root module's, as `path.module` says it. */
  readonly path: string;
  /** Undefined for a configuration that was never written to a file. */
  readonly folder?: ModuleFolder;
  readonly nodes: ReadonlyMap<string, Node>;
  /** The block that calls it, and the module in which this stands. */
  readonly call?: { readonly node: Node; readonly module: Module };
  /** The modules that it calls, by their names; without those that are not there. */
  readonly children: ReadonlyMap<string, Module>;
  /** Why modules that it calls are not there, by their names. */
  readonly missing: ReadonlyMap<string, string>;
}

/** A module and all below it, parents first. */
export function allModules(root: Module): Module[] {
  const modules = [root];
  for (let index = 0; index < modules.length; index++) modules.push(...(modules[index]?.children.values() ?? []));
  return modules;
}
