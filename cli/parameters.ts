import { parseArgs, type ParseArgsConfig } from "node:util";

import { DEFAULT_PORT } from "../emulator/address";
import { UsageError } from "./errors";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;

/** What `parseParameters` finds of these options. */
export type ValuesOf<T extends Options> = Parsed<T>["values"];

/** `parseArgs` with its complaints as usage errors. @throws UsageError */
export function parseParameters<T extends Options>(parameters: string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: parameters, options, allowPositionals: true as const, strict: true as const });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, ambiguous] = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous/.exec(error.message) ?? [];
    if (ambiguous !== undefined) {
      throw new UsageError(`A value that begins with a dash has to be written ${ambiguous}=VALUE.`);
    }
    const [, unknown] = /^Unknown option '(.*?)'/.exec(error.message) ?? [];
    if (unknown !== undefined) {
      throw new UsageError(`There is no option '${unknown}': --help after the command names all of them.`);
    }
    throw new UsageError(`${error.message.split(/\.\s/)[0]?.replace(/\.$/, "")}.`);
  }
}

/** The values of a command without any other words. @throws UsageError */
export function parseOptionsOf<T extends Options>(command: string, parameters: string[], options: T): ValuesOf<T> {
  const { values, positionals } = parseParameters(parameters, options);
  if (positionals.length === 0) return values;
  throw new UsageError(`The command ${command} takes options only, not '${positionals.join(" ")}'.`);
}

/** A URL, or the host of one. @returns undefined for what is no https URL */
export function parseHttpsUrl(text: string): URL | undefined {
  const address = text.includes("://") ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "https:" ? url : undefined;
}

/** Those from 1024 up of https://fetch.spec.whatwg.org/#port-blocking. */
const BLOCKED_PORTS = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/** @param text - left out, the port where the emulator listens by itself. @throws UsageError */
export function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`The port '${text}' is none: give a whole number from 0 to 65535.`);
  }
  if (BLOCKED_PORTS.includes(port)) {
    throw new UsageError(`The port ${port} is blocked in browsers and in fetch: give another.`);
  }
  return port;
}
