import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Implementation } from "@modelcontextprotocol/sdk/types.js";
import { makeCatalogue } from "./catalogue";
import { StartError } from "./errors";
import { DEFAULT_LIMITS, type Limits } from "./http/limits";
import { makeHttpServer } from "./http/server";
import type { Logger } from "./log";
import { connectProtocol } from "./protocol";
import { loadToolFiles, type ToolFile } from "./tool-files";
import { SharedTransport } from "./transport";

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
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more requests and resolves once those in flight are answered, at the latest after `deadline` ms. */
  stop(deadline: number): Promise<void>;
}

/** @throws StartError when a tool is unusable or the address cannot be had. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { host, log } = options;
  const catalogue = makeCatalogue(options.tools ?? loadToolFiles());
  const transport = new SharedTransport();
  await connectProtocol({ info: SERVER_INFO, catalogue, transport, log });
  const server = makeHttpServer({ transport, log, limits: { ...DEFAULT_LIMITS, ...options.limits } });
  const port = await listen(server, host, options.port);
  log.info("Listening", { host, port, tools: [...catalogue.keys()] });
  return { port, stop: (deadline) => drain(server, deadline) };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw StartError.listen(host, port, error as NodeJS.ErrnoException);
  }
  return (server.address() as AddressInfo).port;
}

async function drain(server: Server, deadline: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that was busy above would otherwise stay open, idle, after its answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const cutOff = setTimeout(() => server.closeAllConnections(), deadline);
  await closed;
  clearInterval(sweep);
  clearTimeout(cutOff);
}
