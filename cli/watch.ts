import type { Emulator, Reload, ReloadedTarget, ServerCommand } from "../emulator";
import { whenAborted } from "./interruption";
import { SourceWatcher, sourceFolders } from "./source-watcher";
import { paint } from "./terminal";

/** Starts the MCP server anew after every change of its source, until the signal aborts. @throws UsageError */
export async function watchServer(emulator: Emulator, command: ServerCommand, signal: AbortSignal): Promise<void> {
  const watcher = new SourceWatcher(sourceFolders(command));
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
    return `${paint.red("✗")} ${problem}. The server before the change serves on: see above for what it said.\n`;
  }
  return targets.map((target) => `${describeTarget(target)}\n`).join("");
}

function describeTarget({ name, problem, tools, added, removed, changed }: ReloadedTarget): string {
  const listed = `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`;
  if (problem !== undefined) return `${paint.red("✗")} ${name} still lists its earlier ${listed}. ${problem}`;
  const differences = [
    ...added.map((tool) => paint.green(`+ ${tool}`)),
    ...removed.map((tool) => paint.red(`- ${tool}`)),
    ...changed.map((tool) => `~ ${tool}`),
  ];
  return `${paint.green("✓")} ${name} lists ${listed}${differences.length > 0 ? `: ${differences.join(", ")}` : ""}`;
}
