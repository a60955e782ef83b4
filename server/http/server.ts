import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { correlate } from "../correlation";
import type { Logger } from "../log";
import { Capacity, Holding } from "./capacity";
import { drain } from "./drain";
import { STOPPING } from "./exchange";
import type { Limits } from "./limits";
import { McpEndpoint, type McpRequest, type Protocols } from "./mcp-endpoint";
import { Refusal } from "../refusal";
import { ResponseWriter } from "./response-writer";

export interface HttpServerOptions {
  readonly protocols: Protocols;
  readonly log: Logger;
  readonly limits: Limits;
}

/** The HTTP side of AgentCore Runtime's MCP contract: `/mcp`, and `GET /ping` for health. */
export class HttpServer {
  readonly server: Server;
  private readonly open = new Set<McpRequest>();
  private readonly capacity: Capacity;
  private readonly mcp: McpEndpoint;
  private state: "serving" | "draining" | "over" = "serving";

  constructor(private readonly options: HttpServerOptions) {
    const { limits } = options;
    this.capacity = new Capacity(limits);
    this.mcp = new McpEndpoint(options);
    this.server = createServer({
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeout,
      requestTimeout: limits.requestTimeout,
      keepAliveTimeout: limits.keepAliveTimeout,
      connectionsCheckingInterval: Math.min(limits.headersTimeout, limits.requestTimeout, 1_000),
    });
    this.server.maxConnections = limits.connections;
    this.server.on("request", (message, response) => this.take(message, response));
  }

  /** Takes no more connections and resolves once all requests are answered, at the latest after `grace` ms. */
  stop(grace: number): Promise<void> {
    this.state = "draining";
    return drain(this.server, { open: this.open, end: () => this.end() }, grace);
  }

  private take(message: IncomingMessage, response: ServerResponse): void {
    const request: McpRequest = {
      message,
      correlation: correlate(message.headers),
      holding: new Holding(this.capacity),
      writer: new ResponseWriter(response, this.options.limits.writeTimeout, () => this.isLast(message)),
    };
    this.open.add(request);
    response.on("close", () => {
      this.open.delete(request);
      request.exchange?.abandon();
      request.holding.release();
    });
    this.route(request).catch((error: unknown) => this.refuse(request, error));
  }

  private async route(request: McpRequest): Promise<void> {
    const { message, writer } = request;
    const path = message.url?.split("?", 1)[0];
    if (this.state === "over") throw Refusal.stopping();
    if (path === "/mcp") {
      await this.mcp.serve(request);
    } else if (path === "/ping") {
      if (message.method !== "GET" && message.method !== "HEAD") throw Refusal.methodNotAllowed("GET, HEAD");
      writer.sendJson(200, JSON.stringify({ status: this.capacity.short ? "HealthyBusy" : "Healthy" }));
    } else {
      throw Refusal.notFound();
    }
  }

  /** Whether a response that begins now is its connection's last: there is no other request on it to be answered. */
  private isLast({ socket }: IncomingMessage): boolean {
    if (this.state === "serving") return false;
    let requests = 0;
    for (const { message } of this.open) requests += message.socket === socket ? 1 : 0;
    return requests <= 1;
  }

  private end(): void {
    this.state = "over";
    for (const request of this.open) {
      if (request.exchange !== undefined) {
        request.exchange.end(STOPPING);
      } else if (!request.writer.response.headersSent) {
        this.refuse(request, Refusal.stopping());
      }
    }
  }

  private refuse({ writer, correlation }: McpRequest, error: unknown): void {
    const { log } = this.options;
    const refusal = error instanceof Refusal ? error : Refusal.internal();
    if (refusal !== error) {
      log.error("Request failed", { ...correlation, error });
    } else {
      log.info("Request refused", { ...correlation, status: refusal.status, reason: refusal.message });
    }
    if (writer.response.headersSent) {
      writer.response.destroy();
    } else {
      const { status, id, error: body, headers } = refusal;
      writer.sendJson(status, JSON.stringify({ jsonrpc: "2.0", id, error: body }), headers);
    }
  }
}
