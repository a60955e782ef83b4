import type { LogSource } from "../../emulator";
import { CLEAR_LINE, legible, paint } from "../terminal";

/** Lines kept for the case of a failure. */
const MOST_HELD_BACK = 200;

/** Severities of JSON log lines that nobody misses while all goes well. */
const ROUTINE = new Set<unknown>(["trace", "debug", "info"]);

/** Fields that a person at a terminal does not read: when and which request. */
const UNREAD = new Set(["time", "level", "message", "requestId", "mcpSessionId"]);

/**
 * Shows what the MCP server writes, beside the command's own output. Until `open()`, routine lines of a JSON log are
 * held back so that they do not drown it; plain text, warnings and errors pass at once.
 */
export class ServerLog {
  private heldBack: string[] | undefined = [];

  readonly write = (line: string, source: LogSource): void => {
    const text = legible(describe(line)).replace(/^/gm, `${source} | `);
    if (this.heldBack && source === "server" && isRoutine(line)) {
      this.heldBack = [...this.heldBack, text].slice(-MOST_HELD_BACK);
    } else {
      print(text);
    }
  };

  /** From here on every line is shown at once. What was held back is told only `onFailure`. */
  open({ onFailure = false } = {}): void {
    if (onFailure) this.heldBack?.forEach(print);
    this.heldBack = undefined;
  }
}

function print(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `${CLEAR_LINE}${paint.dim(text)}\n` : `${text}\n`);
}

function isRoutine(line: string): boolean {
  return ROUTINE.has(parseEntry(line)?.["level"]);
}

/** On a terminal a line of a JSON log becomes its message and `name=value` pairs; all else stays as it is. */
function describe(line: string): string {
  const entry = process.stderr.isTTY ? parseEntry(line) : undefined;
  if (!entry) return line;
  const level = ROUTINE.has(entry["level"]) ? [] : [String(entry["level"])];
  const fields = Object.entries(entry).flatMap(([name, value]) => {
    if (UNREAD.has(name)) return [];
    const stack = stackOf(value);
    return stack === undefined ? `${name}=${typeof value === "string" ? value : JSON.stringify(value)}` : `\n${stack}`;
  });
  return [...level, String(entry["message"]), ...fields].join(" ");
}

/** What is left of an `Error` in JSON. */
function stackOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("stack" in value)) return undefined;
  return typeof value.stack === "string" ? value.stack : undefined;
}

/** @returns undefined unless the line is a JSON object with a level and a message */
function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return "level" in entry && "message" in entry ? entry : undefined;
  } catch {
    return undefined;
  }
}
