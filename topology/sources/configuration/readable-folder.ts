import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { TopologyError } from "../../errors";
import { failed } from "../../language/error";
import type { ModuleFolder } from "../../modules/module";
import { readRegularFile, realPath } from "../file";

/** Beyond this, a folder is no source of a system. */
const MAX_FILES = 10_000;

/** What git keeps there may hold credentials, such as those that checkouts in CI leave behind. */
const GIT = ".git";

/** Reads from the folder of a module, that of the root module and the repository around it, and follows no link out of them. */
export class ReadableFolder implements ModuleFolder {
  readonly absolutePath: string;
  private readonly allowed: readonly string[];

  constructor(root: string, folder: string) {
    this.absolutePath = resolve(root);
    const ofRoot = realPath(root);
    this.allowed = [realPath(folder), ofRoot, repositoryAround(ofRoot) ?? ofRoot];
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
        if (entry.isDirectory() && entry.name !== GIT) pending.push(found);
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
    const refusal = this.refusal(found);
    if (refusal !== undefined) throw failed(`${path} ${refusal}`);
    return existsSync(absolute) ? found : undefined;
  }

  /** @param path without links. @returns why it is not read, undefined where it is */
  refusal(path: string): string | undefined {
    if (![...this.allowed, this.absolutePath].some((folder) => isInside(folder, path))) {
      return "leads out of the folder of its module and its git repository, where nothing is read";
    }
    return path.split(sep).includes(GIT) ? "is of git's own files, which are not read" : undefined;
  }
}

function isInside(folder: string, path: string): boolean {
  return !/^\.\.(?:[\\/]|$)/.test(relative(folder, path));
}

/** The git repository that a folder stands in, unless it holds all that somebody has. */
function repositoryAround(folder: string): string | undefined {
  const home = existsSync(homedir()) ? realPath(homedir()) : homedir();
  for (let each = folder, above = dirname(each); each !== above; each = above, above = dirname(each)) {
    if (existsSync(join(each, GIT))) return isInside(each, home) ? undefined : each;
  }
  return undefined;
}
