import { existsSync, readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import type { ServerCommand } from "../emulator";
import { systemCode, UsageError } from "./errors";

/** Editors write a file in several steps; what follows within this time belongs to the same change. */
const SETTLING_MS = 50;

/** Folders that hold no source, and files that editors and programs write beside it. */
const IGNORED = /^(\..*|node_modules|__pycache__|cdktf\.out|.*(~|\.log|\.tmp|\.pyc|\.sw[a-z]))$/;

/**
 * The folders with a server's source: those of the files and folders that its command names, or else the folder in
 * which the command runs.
 */
export function sourceFolders({ program, arguments: parameters }: ServerCommand): string[] {
  const named = [...(program.startsWith(".") ? [program] : []), ...parameters].filter((word) => existsSync(word));
  const folders = named.map((path) => resolve(statSync(path).isDirectory() ? path : dirname(path)));
  return folders.length > 0 ? [...new Set(folders)] : [process.cwd()];
}

/** Notices changes below some folders. */
export class SourceWatcher {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly changed = new Set<string>();
  private timer?: NodeJS.Timeout;
  private settled = () => {};

  /** @throws UsageError where the system does not let a folder be watched */
  constructor(readonly folders: readonly string[]) {
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

  private watchTree(folder: string): void {
    if (this.watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => this.notice(folder, name));
      // The folder itself went away.
      watcher.on("error", () => this.forget(folder));
      this.watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory() && !IGNORED.test(entry.name)) this.watchTree(join(folder, entry.name));
      }
    } catch (error) {
      if (systemCode(error) === "ENOENT") return this.forget(folder);
      throw new UsageError(`The folder ${folder} cannot be watched: ${systemCode(error)}.`);
    }
  }

  private notice(folder: string, name: string | null): void {
    if (name !== null && IGNORED.test(name)) return;
    const path = name === null ? folder : join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status) this.forget(path);
    else if (status.isDirectory()) this.watchTree(path);
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
