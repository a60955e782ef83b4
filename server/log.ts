/** Severities, least first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line of JSON for each call. Never give it arguments of tools or tokens. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with these fields in every line. */
  with(fields: LogFields): Logger;
}

export interface LogOptions {
  /** Takes whole lines, each ended by a line feed. */
  readonly write: (lines: string) => void;
  /** Lines below it are dropped. */
  readonly level: LogLevel;
}

export function createLog({ write, level }: LogOptions, bound: LogFields = {}): Logger {
  const threshold = LOG_LEVELS.indexOf(level);
  const at =
    (lineLevel: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (LOG_LEVELS.indexOf(lineLevel) >= threshold) {
        write(`${logLine({ time: new Date().toISOString(), level: lineLevel, message, ...bound, ...fields })}\n`);
      }
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (fields) => createLog({ write, level }, { ...bound, ...fields }),
  };
}

function logLine(line: LogFields): string {
  try {
    return JSON.stringify(Object.values(line).some((value) => value instanceof Error) ? describeErrors(line) : line);
  } catch (error) {
    // Only what a tool logs can be cyclic or a bigint; its line is kept without the fields rather than failing the call.
    const { time, level, message } = line;
    return JSON.stringify({ time, level, message, unloggable: String(error).split("\n", 1)[0] });
  }
}

function describeErrors(line: LogFields): LogFields {
  const described = Object.entries(line).map(([name, value]) => [
    name,
    value instanceof Error ? describeError(value) : value,
  ]);
  return Object.fromEntries(described) as LogFields;
}

function describeError({ name, message, stack, cause }: Error): LogFields {
  return {
    name,
    message,
    stack,
    ...(cause !== undefined && { cause: cause instanceof Error ? describeError(cause) : cause }),
  };
}

/** Joins the lines of one turn of the event loop, so that a busy server writes once for many calls. */
export class LineBuffer {
  private lines = "";

  constructor(private readonly output: { write(text: string): unknown }) {}

  readonly write = (lines: string): void => {
    if (this.lines === "") {
      setImmediate(() => this.flush());
    }
    this.lines += lines;
  };

  /** Writes what is waiting; the last thing to do before the process exits. */
  flush(): void {
    const lines = this.lines;
    this.lines = "";
    if (lines !== "") {
      this.output.write(lines);
    }
  }
}
