import { existsSync, readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

import type { ServerCommand } from "../../../emulator";
import { systemCode, UsageError } from "../../errors";

/** Editors write a file in several steps; what follows within this time belongs to the same change. */
const SETTLING_MS = 50;

/** Folders that hold no source of the server's own. */
const IGNORED_FOLDER = /^(\..*|node_modules|__pycache__|cdktf\.out|venv|site-packages)$/;

/** Files that hold source, by their endings, and those that say what a program is made of. */
const SOURCE =
  /^[^.].*\.([cm]?[jt]sx?|pyi?|rb|go|rs|java|kts?|scala|clj|cs|fs|vb|php|exs?|erl|swift|dart|lua|pl|r|jl|c|cc|cpp|h|hpp|sh|wasm|jar|html|css|sql|graphql|proto|toml)$|^(package|tsconfig|deno)\.json$|^requirements.*\.txt$|^(Pipfile|Gemfile|go\.mod)$/i;

/**
 * The folders with a server's source: those of the files and folders that its command names, or else the folder in
 * which the command runs.
 */
export function sourceFolders({ program, arguments: parameters }: ServerCommand): string[] {
  const named = [...(program.startsWith(".") ? [program] : []), ...parameters].filter((word) => existsSync(word));
  const folders = named.map((path) => resolve(statSync(path).isDirectory() ? path : dirname(path)));
  return folders.length > 0 ? [...new Set(folders)] : [process.cwd()];
}

/** The files that its command names, which count whatever their endings are. */
export function namedFiles({ program, arguments: parameters }: ServerCommand): string[] {
  return [program, ...parameters]
    .filter((word) => statSync(word, { throwIfNoEntry: false })?.isFile() === true)
    .map((word) => resolve(word));
}

/**
 * Notices changes of source below some folders. What else a server keeps there, as its data, its logs and the state of the
 * emulator, starts nothing: it changes whenever the server runs.
 */
export class SourceWatcher {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly changed = new Set<string>();
  private timer?: NodeJS.Timeout;
  private settled = () => {};

  /**
   * @param named files that count whatever their endings are
   * @throws UsageError where the system does not let a folder be watched
   */
  constructor(
    readonly folders: readonly string[],
    private readonly named: readonly string[] = [],
  ) {
    folders.forEach((folder) => this.watchTree(folder));
  }

  /** Waits for the next change that has settled. @returns the paths at fault, relative to the working directory */
  async next(): Promise<string[]> {
    if (this.changed.size === 0 || this.timer) await new Promise<void>((resolve) => (this.settled = resolve));
    const paths = [...this.changed];
    this.changed.clear();
    // An editor's passing file is not worth telling beside the one that it replaced.
    const lasting = paths.filter((path) => existsSync(path));
    return (lasting.length > 0 ? lasting : paths).map((path) => relative(process.cwd(), path));
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  /** @param isNew whether it came meanwhile, perhaps with source in it, as from an archive */
  private watchTree(folder: string, isNew = false): void {
    if (this.watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => this.notice(folder, name));
      // The folder itself went away.
      watcher.on("error", () => this.forget(folder));
      this.watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !IGNORED_FOLDER.test(entry.name)) this.watchTree(path, isNew);
        else if (isNew && this.isSource(path)) this.tell(path);
      }
    } catch (error) {
      if (systemCode(error) === "ENOENT") return this.forget(folder);
      throw new UsageError(`The folder ${folder} cannot be watched: ${systemCode(error)}.`);
    }
  }

  private notice(folder: string, name: string | null): void {
    if (name === null || IGNORED_FOLDER.test(name)) return;
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) return this.watchTree(path, true);
    if (!status) this.forget(path);
    if (this.isSource(path)) this.tell(path);
  }

  private isSource(path: string): boolean {
    return SOURCE.test(basename(path)) || this.named.includes(path);
  }

  private tell(path: string): void {
    this.changed.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.settled();
    }, SETTLING_MS);
  }

  private forget(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }
}
