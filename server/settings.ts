import { StartError } from "./errors";
import { LOG_LEVELS, type LogLevel } from "./log";

export interface Settings {
  /** Address to listen on. @default - 0.0.0.0, as AgentCore Runtime requires */
  readonly host: string;
  /** @default - 8000, AgentCore Runtime's port for MCP */
  readonly port: number;
  /** @default - info */
  readonly logLevel: LogLevel;
  /** Milliseconds until a tool's call is given up. @default - 14 minutes; AgentCore Runtime gives up after 15 */
  readonly toolTimeout: number;
  /** Whether clients that initialize get a session. @default - false */
  readonly sessions: boolean;
  /** Secret shared by all instances, for calls that go on in a later request. @default - made by each process */
  readonly stateKey: string | undefined;
}

/** @throws StartError for a value that cannot be used. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  return {
    host: environment["HOST"] || "0.0.0.0",
    port: readPort(environment["PORT"] || "8000"),
    logLevel: readLogLevel(environment["LOG_LEVEL"] || "info"),
    toolTimeout: readToolTimeout(environment["TOOL_TIMEOUT"] || "840") * 1000,
    sessions: readSwitch("SESSIONS", environment["SESSIONS"] || "off"),
    stateKey: environment["STATE_KEY"] || undefined,
  };
}

function readToolTimeout(value: string): number {
  const seconds = /^\d{1,4}$/.test(value) ? Number(value) : NaN;
  if (!(seconds >= 1 && seconds <= 3600)) {
    throw StartError.setting("TOOL_TIMEOUT", value, "a number of seconds from 1 to 3600");
  }
  return seconds;
}

function readSwitch(variable: string, value: string): boolean {
  if (value !== "on" && value !== "off") throw StartError.setting(variable, value, "on or off");
  return value === "on";
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) throw StartError.setting("PORT", value, "a number from 0 to 65535");
  return port;
}

function readLogLevel(value: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === value.toLowerCase());
  if (level === undefined) throw StartError.setting("LOG_LEVEL", value, `one of ${LOG_LEVELS.join(", ")}`);
  return level;
}
