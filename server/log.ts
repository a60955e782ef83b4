import { checkOptions, FUNCTION, type OptionForm } from "./given";

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

/** Characters of a message, of one field's JSON and of all fields, when a line is too long; CloudWatch takes 256 KB. */
const MAX_MESSAGE = 1_000;
const MAX_FIELD = 4_000;
const MAX_FIELDS = 16_000;

/** How many causes of an error are told; a cause can be its own cause. */
const MAX_CAUSES = 5;

const LEVEL: OptionForm = [(value) => LOG_LEVELS.some((known) => known === value), `one of ${LOG_LEVELS.join(", ")}`];

/** @throws StartError for options that cannot be used. */
export function createLog(options: LogOptions): Logger {
  checkOptions("createLog", options, { write: FUNCTION, level: LEVEL }, "write", "level");
  return boundLog(options, {});
}

function boundLog({ write, level }: LogOptions, bound: LogFields): Logger {
  const threshold = LOG_LEVELS.indexOf(level);
  const isBound = Object.keys(bound).length > 0;
  const at = (lineLevel: LogLevel): Logger[LogLevel] =>
    LOG_LEVELS.indexOf(lineLevel) < threshold
      ? () => undefined
      : (message, own = {}) => write(logLine(lineLevel, message, isBound ? { ...bound, ...own } : own));
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (fields) => boundLog({ write, level }, { ...bound, ...fields }),
  };
}

/** The three members that every line begins with are written before the fields, which so cannot replace them. */
function logLine(level: LogLevel, message: unknown, fields: LogFields): string {
  const head = `{"time":"${timeText()}","level":"${level}","message":${messageText(message)}`;
  const members = fieldsText(fields).slice(1);
  return members === "}" ? `${head}}\n` : `${head},${members}\n`;
}

let written = { time: 0, text: "" };

/** A busy server writes many lines in a millisecond, and making the text costs more than the rest of the line's head. */
function timeText(): string {
  const time = Date.now();
  if (time !== written.time) written = { time, text: new Date(time).toISOString() };
  return written.text;
}

function messageText(message: unknown): string {
  return JSON.stringify(typeof message === "string" ? message.slice(0, MAX_MESSAGE) : "(no text)");
}

/** Only what a tool logs can be cyclic or a bigint; its line is kept without the fields rather than failing the call. */
function fieldsText(fields: LogFields): string {
  try {
    const text = JSON.stringify(isUsual(fields) ? fields : describe(fields));
    return text.length <= MAX_FIELDS ? text : boundedText(describe(fields));
  } catch (error) {
    return JSON.stringify({ unloggable: error instanceof Error ? error.message.split("\n", 1)[0] : "(not an error)" });
  }
}

function isUsual(fields: LogFields): boolean {
  for (const name in fields) {
    if (isReserved(name) || fields[name] instanceof Error) return false;
  }
  return true;
}

function isReserved(name: string): boolean {
  return name === "time" || name === "level" || name === "message";
}

/** Fields as they are logged: errors in words, and names that the line itself uses with an underscore behind. */
function describe(fields: LogFields): LogFields {
  const described = Object.entries(fields).map(([name, value]) => [
    isReserved(name) ? `${name}_` : name,
    value instanceof Error ? describeError(value) : value,
  ]);
  return Object.fromEntries(described) as LogFields;
}

function describeError({ name, message, stack, cause }: Error, causes = 0): LogFields {
  return {
    name,
    message,
    stack,
    ...(cause !== undefined &&
      causes < MAX_CAUSES && { cause: cause instanceof Error ? describeError(cause, causes + 1) : cause }),
  };
}

/** As many fields as there is room for, each cut to a text where it is long. */
function boundedText(fields: LogFields): string {
  const bounded: Record<string, unknown> = { truncated: true };
  let length = 0;
  for (const [name, value] of Object.entries(fields)) {
    const text = JSON.stringify(value) ?? "";
    const kept = text.length <= MAX_FIELD ? value : `${text.slice(0, MAX_FIELD)}…`;
    length += name.length + Math.min(text.length, MAX_FIELD);
    if (length > MAX_FIELDS) break;
    bounded[name] = kept;
  }
  return JSON.stringify(bounded);
}
