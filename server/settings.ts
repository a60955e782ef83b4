import { StartError } from "./errors";
import { LOG_LEVELS, type LogLevel } from "./log";

export interface Settings {
  /** Address to listen on. @default - 0.0.0.0, as AgentCore Runtime requires */
  readonly host: string;
  /** @default - 8000, AgentCore Runtime's port for MCP */
  readonly port: number;
  /** @default - info */
  readonly logLevel: LogLevel;
}

/** @throws StartError for a value that cannot be used. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  return {
    host: environment["HOST"] || "0.0.0.0",
    port: readPort(environment["PORT"] || "8000"),
    logLevel: readLogLevel(environment["LOG_LEVEL"] || "info"),
  };
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) {
    throw StartError.setting("PORT", value, "a number from 0 to 65535");
  }
  return port;
}

function readLogLevel(value: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === value.toLowerCase());
  if (level === undefined) {
    throw StartError.setting("LOG_LEVEL", value, `one of ${LOG_LEVELS.join(", ")}`);
  }
  return level;
}
