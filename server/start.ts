import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Implementation } from "@modelcontextprotocol/sdk/types.js";
import { makeCatalogue } from "./calls/catalogue";
import { StartError } from "./errors";
import { DEFAULT_LIMITS, type Limits } from "./http/limits";
import type { Protocols } from "./http/mcp-endpoint";
import { HttpServer } from "./http/server";
import { isObject } from "./is-object";
import { LOG_LEVELS, type Logger } from "./log";
import { StatefulProtocol } from "./mcp-2025/protocol";
import { Sessions } from "./mcp-2025/sessions";
import { StatelessProtocol } from "./mcp-2026/protocol";
import { RequestState } from "./mcp-2026/request-state";
import { AMOUNT, BOOLEAN, checkOptions, OBJECT, type OptionForm, TEXT } from "./given";
import { loadToolFiles, type ToolFile } from "./tool-files";
import { ToolService } from "./calls/tool-service";

/** What `initialize` answers as `serverInfo`. */
const SERVER_INFO: Implementation = { name: "agentcore-mcp-server", version: "1.0.0" };

export interface StartOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Logger;
  /** @default - the files of server/tools */
  readonly tools?: readonly ToolFile[];
  /** @default - DEFAULT_LIMITS */
  readonly limits?: Partial<Limits>;
  /** Whether clients of the 2025 versions that initialize get a session. @default - false */
  readonly sessions?: boolean;
  /** Signs what clients keep between two rounds of a call. @default - random, known to this process alone */
  readonly stateKey?: string;
}

const isPort = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
const isLog = (value: unknown): boolean =>
  isObject(value) && [...LOG_LEVELS, "with"].every((name) => typeof value[name] === "function");
const areFiles = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((each) => isObject(each) && typeof each["file"] === "string" && isObject(each["exports"]));

const OPTIONS: Readonly<Record<keyof StartOptions, OptionForm>> = {
  host: TEXT,
  port: [isPort, "a whole number from 0 to 65535"],
  log: [isLog, "a logger, as createLog makes it"],
  tools: [areFiles, "a list of { file, exports: { tool } }"],
  limits: OBJECT,
  sessions: BOOLEAN,
  stateKey: [(value) => typeof value === "string" && value !== "", "a text that is not empty"],
};
const LIMITS = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, AMOUNT]));

export interface RunningServer {
  readonly port: number;
  /** Takes no more connections and resolves once what is in flight is answered, at the latest after `grace` ms. */
  stop(grace: number): Promise<void>;
}

/** @throws StartError when an option or a tool is unusable or the address cannot be had. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  checkOptions("startServer", options, OPTIONS, "host", "port", "log");
  checkOptions("limits", options.limits ?? {}, LIMITS);
  const { host, log } = options;
  const given = Object.entries(options.limits ?? {}).filter(([, limit]) => limit !== undefined);
  const limits: Limits = { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
  const catalogue = makeCatalogue(options.tools ?? loadToolFiles());
  const tools = new ToolService(catalogue, log, limits);
  const protocols = makeProtocols(tools, limits, options);
  const http = new HttpServer({ protocols, log, limits });
  const port = await listen(http.server, host, options.port, limits.connections);
  log.info("Listening", { host, port, tools: [...catalogue.keys()] });
  return { port, stop: (grace) => http.stop(grace) };
}

function makeProtocols(tools: ToolService, limits: Limits, options: StartOptions): Protocols {
  const { log, sessions = false, stateKey = randomBytes(32) } = options;
  const common = { info: SERVER_INFO, tools, log };
  const stateful = { ...common, answerTimeout: limits.toolTimeout };
  return {
    shared: new StatefulProtocol(stateful, false),
    ...(sessions && { sessions: new Sessions(limits, () => new StatefulProtocol(stateful, true)) }),
    stateless: new StatelessProtocol({ ...common, state: new RequestState(stateKey) }),
  };
}

/** @param backlog - connections that may wait to be taken; a SYN beyond them is dropped, and repeated a second later */
async function listen(server: Server, host: string, port: number, backlog: number): Promise<number> {
  server.listen({ port, host, backlog });
  try {
    await once(server, "listening");
  } catch (error) {
    throw StartError.listen(host, port, error as NodeJS.ErrnoException);
  }
  return (server.address() as AddressInfo).port;
}
