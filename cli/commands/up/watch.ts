import { relative } from "node:path";

import type { Emulator, Reload, ReloadedTarget, ServerCommand } from "../../../emulator";
import { whenAborted } from "../../emulator/interruption";
import { legible, paint, wrap } from "../../terminal";
import { namedFiles, SourceWatcher, sourceFolders } from "./source-watcher";

/** Watches the source of the MCP servers that these commands start. @throws UsageError */
export function watchSources(commands: readonly ServerCommand[]): SourceWatcher {
  return new SourceWatcher([...new Set(commands.flatMap(sourceFolders))], commands.flatMap(namedFiles));
}

/** Starts the MCP servers anew after every change of their source, until the signal aborts. */
export async function watchServers(emulator: Emulator, watcher: SourceWatcher, signal: AbortSignal): Promise<void> {
  process.stdout.write(
    `Watching ${describeFolders(watcher)}: a change starts the server anew and reads its tools again.\n`,
  );
  const aborted = whenAborted(signal).then(() => undefined);
  while (await sourceChanged(watcher, signal)) {
    const reload = await Promise.race([emulator.reload(), aborted]);
    if (!reload) return;
    process.stdout.write(describeReload(reload));
  }
}

/** Waits for the next change and tells it. @returns false where the signal aborts first */
export async function sourceChanged(watcher: SourceWatcher, signal: AbortSignal): Promise<boolean> {
  const changed = await Promise.race([watcher.next(), whenAborted(signal).then(() => undefined)]);
  if (changed) process.stdout.write(`\n${paint.bold(describePaths(changed))} changed\n`);
  return changed !== undefined;
}

export function describeFolders({ folders }: SourceWatcher): string {
  return folders.map((folder) => relative(process.cwd(), folder) || "this folder").join(", ");
}

function describePaths([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function describeReload({ problem, targets }: Reload): string {
  if (problem !== undefined) {
    return `${paint.red("✗")} ${wrap(`${problem}. The server from before the change goes on serving.`, 2)}\n`;
  }
  return targets.map((target) => `${describeTarget(target)}\n`).join("");
}

function describeTarget({ name, problem, tools, added, removed, changed }: ReloadedTarget): string {
  const listed = `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`;
  if (problem !== undefined) {
    return `${paint.red("✗")} ${wrap(`${name} still lists its earlier ${listed}. ${problem}`, 2)}`;
  }
  const differences = [
    ...added.map((tool) => paint.green(`+ ${tool}`)),
    ...removed.map((tool) => paint.red(`- ${tool}`)),
    ...changed.map((tool) => `~ ${legible(tool)}`),
  ];
  return `${paint.green("✓")} ${name} lists ${listed}${differences.length > 0 ? `: ${differences.join(", ")}` : ""}`;
}
