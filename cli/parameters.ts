import { parseArgs, type ParseArgsConfig } from "node:util";

import { DEFAULT_PORT } from "../emulator/address";
import { UsageError } from "./errors";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;

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
