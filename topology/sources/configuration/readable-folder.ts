import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { TopologyError } from "../../errors";
import { failed } from "../../language/error";
import type { ModuleFolder } from "../../modules/module";
import { readRegularFile, realPath } from "../file";

/** Beyond this, a folder is no source of a system. */
const MAX_FILES = 10_000;

/** Reads from the folder of a module and that of the root module, and follows no link out of them. */
export class ReadableFolder implements ModuleFolder {
  readonly absolutePath: string;
  private readonly allowed: readonly string[];

  constructor(root: string, folder: string) {
    this.absolutePath = resolve(root);
    this.allowed = [realPath(folder), realPath(root)];
  }

  read(path: string): Buffer | undefined {
    const found = this.inside(path);
    if (found === undefined) return undefined;
    try {
      return readRegularFile(found);
    } catch (error) {
      throw error instanceof TopologyError ? failed(error.message.replace(/\.$/, "")) : error;
    }
  }

  list(path: string): readonly string[] {
    const start = this.inside(path);
    if (start === undefined) return [];
    const files: string[] = [];
    const pending = [start];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const found = join(folder, entry.name);
        if (entry.isDirectory()) pending.push(found);
        else if (entry.isFile()) files.push(relative(start, found));
        if (files.length + pending.length > MAX_FILES) throw failed(`${path} holds more than ${MAX_FILES} files`);
      }
    }
    return files.sort();
  }

  /** The path without links; undefined where there is nothing. */
  private inside(path: string): string | undefined {
    const absolute = resolve(this.absolutePath, path);
    const found = existsSync(absolute) ? realPath(absolute) : absolute;
    const isOutside = (folder: string): boolean => /^\.\.(?:[\\/]|$)/.test(relative(folder, found));
    if (this.allowed.every(isOutside) && isOutside(this.absolutePath)) {
      throw failed(`${path} leads out of the folder of its module, where nothing is read`);
    }
    return existsSync(absolute) ? found : undefined;
  }
}
