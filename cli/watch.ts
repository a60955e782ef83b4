import { relative } from "node:path";

import type { Emulator, Reload, ReloadedTarget, ServerCommand } from "../emulator";
import { whenAborted } from "./interruption";
import { SourceWatcher, sourceFolders } from "./source-watcher";
import { paint, wrap } from "./terminal";

/** Starts the MCP servers anew after every change of their source, until the signal aborts. @throws UsageError */
export async function watchServers(emulator: Emulator, commands: readonly ServerCommand[], signal: AbortSignal): Promise<void> {
  const folders = [...new Set(commands.flatMap(sourceFolders))];
  const watcher = new SourceWatcher(folders);
  const names = folders.map((folder) => relative(process.cwd(), folder) || "this folder");
  process.stdout.write(`Watching ${names.join(", ")}: a change starts the server anew and reads its tools again.\n`);
  const aborted = whenAborted(signal).then(() => undefined);
  try {
    for (;;) {
      const changed = await Promise.race([watcher.next(), aborted]);
      if (!changed) return;
      process.stdout.write(`\n${paint.bold(describePaths(changed))} changed\n`);
      const reload = await Promise.race([emulator.reload(), aborted]);
      if (!reload) return;
      process.stdout.write(describeReload(reload));
    }
  } finally {
    watcher.close();
  }
}

function describePaths([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function describeReload({ problem, targets }: Reload): string {
  if (problem !== undefined) {
    return `${paint.red("✗")} ${wrap(`${problem}. The server before the change serves on.`, 2)}\n`;
  }
  return targets.map((target) => `${describeTarget(target)}\n`).join("");
}

function describeTarget({ name, problem, tools, added, removed, changed }: ReloadedTarget): string {
  const listed = `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`;
  if (problem !== undefined) return `${paint.red("✗")} ${wrap(`${name} still lists its earlier ${listed}. ${problem}`, 2)}`;
  const differences = [
    ...added.map((tool) => paint.green(`+ ${tool}`)),
    ...removed.map((tool) => paint.red(`- ${tool}`)),
    ...changed.map((tool) => `~ ${tool}`),
  ];
  return `${paint.green("✓")} ${name} lists ${listed}${differences.length > 0 ? `: ${differences.join(", ")}` : ""}`;
}
