import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { correlate, type Correlation } from "../correlation";
import type { Logger } from "../log";
import type { SharedTransport } from "../transport";
import { readJson } from "./body";
import { HttpExchange } from "./exchange";
import { checkHeaders, checkProtocolVersion } from "./headers";
import type { Limits } from "./limits";
import { readMessages, type Messages } from "./messages";
import { Refusal } from "./refusal";
import { sendJson, sendRefusal } from "./send";

export interface HttpServerOptions {
  readonly transport: SharedTransport;
  readonly log: Logger;
  readonly limits: Limits;
}

/** The HTTP side of AgentCore Runtime's MCP contract: `POST /mcp`, and `GET /ping` for health. */
export function makeHttpServer({ transport, log, limits }: HttpServerOptions): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    connectionsCheckingInterval: Math.min(limits.headersTimeout, limits.requestTimeout, 5_000),
  });
  server.maxConnections = limits.connections;
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const correlation = correlate(request.headers);
    route(request, response, correlation).catch((error: unknown) => refuse(response, correlation, error));
  });
  return server;

  async function route(request: IncomingMessage, response: ServerResponse, correlation: Correlation): Promise<void> {
    const path = request.url?.split("?", 1)[0];
    if (path === "/mcp") {
      requireMethod(request, "POST");
      await answerPost(request, response, correlation);
    } else if (path === "/ping") {
      requireMethod(request, "GET", "HEAD");
      sendJson(response, 200, { status: "Healthy" });
    } else {
      throw Refusal.notFound();
    }
  }

  async function answerPost(
    request: IncomingMessage,
    response: ServerResponse,
    correlation: Correlation,
  ): Promise<void> {
    checkHeaders(request.headers);
    const json = await readJson(request, limits.bodyBytes);
    if (json === undefined) {
      return;
    }
    const messages = readMessages(json, limits.batchMessages);
    if (!messages.requests.some(({ method }) => method === "initialize")) {
      checkProtocolVersion(request.headers);
    }
    if (messages.requests.length === 0) {
      response.writeHead(202, { "Content-Length": 0 }).end();
    } else {
      deliver(messages, response, correlation);
    }
  }

  function deliver(messages: Messages, response: ServerResponse, correlation: Correlation): void {
    if (transport.size + messages.requests.length > limits.concurrency) {
      throw Refusal.busy(limits.concurrency);
    }
    const exchange = new HttpExchange(response, messages, correlation, log);
    const ids = messages.requests.map((message) => transport.deliver(message, exchange));
    response.on("close", () => ids.forEach((id) => transport.abandon(id)));
  }

  function refuse(response: ServerResponse, correlation: Correlation, error: unknown): void {
    const refusal = error instanceof Refusal ? error : Refusal.internal();
    if (refusal !== error) {
      log.error("Request failed", { ...correlation, error });
    } else {
      log.info("Request refused", { ...correlation, status: refusal.status, reason: refusal.message });
    }
    if (response.headersSent) {
      response.destroy();
    } else {
      sendRefusal(response, refusal);
    }
  }
}

function requireMethod(request: IncomingMessage, ...allowed: string[]): void {
  if (request.method === undefined || !allowed.includes(request.method)) {
    throw Refusal.methodNotAllowed(allowed.join(", "));
  }
}
