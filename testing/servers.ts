import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";

import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

import { bundledServer } from "../cli/bundled-server";
import { readCommandLine } from "../cli/emulator/command-line";
import type { RuntimeServer, ServerCommand, ServerFunction } from "../emulator";
import { refuseValue } from "../options";

/** An MCP server of the SDK, of the high or the low level. */
export type McpServerLike = Pick<McpServer, "connect" | "close">;

/** What ends a server: a function, or an object like Node's HTTP servers and the running servers of this package. */
export type Served =
  | (() => unknown)
  | { close(): unknown; closeAllConnections?(): void }
  | { stop(graceMilliseconds: number): unknown };

/**
 * A server within the test's process. Either it listens at the port, on the loopback interface, and gives what ends it; or it
 * makes an MCP server, one for each request, which needs no port.
 */
export type ServerInProcess = (port: number) => McpServerLike | Served | Promise<McpServerLike | Served>;

/** A command line without shell syntax, a command, or a server within the test's process. */
export type TestServer = string | ServerCommand | ServerInProcess;

/** @param server @default - the bundled one */
export function runtimeServer(server: TestServer | undefined): RuntimeServer {
  if (server === undefined) return bundledServer();
  if (typeof server === "function") return serverFunction(server);
  if (typeof server === "object" && server !== null) return server;
  if (typeof server !== "string") refuseValue("emulate", "A server", server, "a command or a function");
  const command = readCommandLine(server);
  if (!command) refuseValue("emulate", "The command of a server", server, "one such as 'node server.js'");
  return command;
}

function serverFunction(server: ServerInProcess): ServerFunction {
  return async (port) => {
    const served = await server(port);
    if (!isMcpServer(served)) return () => end(served);
    await served.close();
    return serveEach(async () => (await server(port)) as McpServerLike, port);
  };
}

function isMcpServer(served: McpServerLike | Served): served is McpServerLike {
  return "connect" in served;
}

/** A server and a transport for each request, as the SDK has servers that keep nothing between requests. */
async function serveEach(make: () => Promise<McpServerLike>, port: number): Promise<() => Promise<void>> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const server = await make();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.once("close", () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response);
  };
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
    });
  });
  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  return () => end(http);
}

async function end(served: Served): Promise<void> {
  if (typeof served === "function") return void (await served());
  if ("stop" in served) return void (await served.stop(0));
  // Node's close waits for connections that clients keep, and tells its end to a callback alone.
  const closed = served.close();
  served.closeAllConnections?.();
  await closed;
}
