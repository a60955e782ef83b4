import type { IncomingMessage } from "node:http";
import type { JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import type { Call } from "../call";
import type { Correlation } from "../correlation";
import type { Logger } from "../log";
import type { StatefulProtocol } from "../mcp-2025/protocol";
import type { Session, Sessions } from "../mcp-2025/sessions";
import { isOf2026, readEnvelope, VERSION } from "../mcp-2026/envelope";
import type { StatelessProtocol } from "../mcp-2026/protocol";
import { readJson } from "./body";
import type { Holding } from "./capacity";
import { HttpExchange } from "./exchange";
import { checkHeaders, checkProtocolVersion } from "./headers";
import type { Limits } from "./limits";
import { checkInitialize, readMessages, type Messages } from "./messages";
import { Refusal } from "../refusal";
import type { ResponseWriter } from "./response-writer";

/** The protocols spoken at the one URL. */
export interface Protocols {
  /** The versions of 2025, for requests without a session. */
  readonly shared: StatefulProtocol;
  /** The versions of 2025 with sessions. @default - none are kept */
  readonly sessions?: Sessions;
  /** MCP 2026-07-28. */
  readonly stateless: StatelessProtocol;
}

/** One HTTP request, from its headers until its response is closed. */
export interface McpRequest {
  readonly message: IncomingMessage;
  readonly correlation: Correlation;
  readonly holding: Holding;
  readonly writer: ResponseWriter;
  /** Set once there are calls to answer. */
  exchange?: HttpExchange;
}

export interface McpEndpointOptions {
  readonly protocols: Protocols;
  readonly log: Logger;
  readonly limits: Limits;
}

/** Where all clients meet: reads what is posted to `/mcp` and hands it to the protocol that it is written in. */
export class McpEndpoint {
  constructor(private readonly options: McpEndpointOptions) {}

  /** @throws Refusal for what no protocol has to see. */
  async serve(request: McpRequest): Promise<void> {
    const { sessions } = this.options.protocols;
    const { method } = request.message;
    if (method === "POST") {
      await this.post(request);
    } else if (method === "DELETE" && sessions !== undefined) {
      this.endSession(request, sessions);
    } else {
      throw Refusal.methodNotAllowed(sessions === undefined ? "POST" : "POST, DELETE");
    }
  }

  private async post(request: McpRequest): Promise<void> {
    const { limits } = this.options;
    const { headers } = request.message;
    checkHeaders(headers);
    const json = await readJson(request.message, limits.bodyBytes, request.holding);
    if (json === undefined) return;
    const messages = readMessages(json, limits.batchMessages);
    if (messages.messages.some((message) => isOf2026(message, headers))) {
      this.serveStateless(request, messages);
    } else {
      this.serveShared(request, messages);
    }
  }

  private serveStateless(request: McpRequest, { messages, requests, batch }: Messages): void {
    const [message] = messages;
    if (batch || message === undefined || !("method" in message)) {
      throw Refusal.invalidRequest(`${VERSION} has neither batches nor responses of clients`);
    }
    const [only] = requests;
    if (only === undefined) {
      request.writer.sendNothing(202);
      return;
    }
    const { headers } = request.message;
    const envelope = readEnvelope(only, headers);
    this.begin(request, requests, false, (call, { params }) =>
      this.options.protocols.stateless.serve(call, params, envelope, headers),
    );
  }

  private serveShared(request: McpRequest, messages: Messages): void {
    const { requests, batch } = messages;
    checkInitialize(messages);
    const initializes = requests.some(({ method }) => method === "initialize");
    if (!initializes) checkProtocolVersion(request.message.headers);
    const session = this.sessionOf(request, initializes);
    for (const message of messages.messages) session?.take(message);
    if (requests.length === 0) {
      request.writer.sendNothing(202);
      return;
    }
    const protocol = session ?? this.options.protocols.shared;
    this.begin(request, requests, batch, (call, { params }) => protocol.serve(call, params));
  }

  /** The session that a request names, or begins. Without either it is served like any other, alone. */
  private sessionOf({ message, writer }: McpRequest, initializes: boolean): Session | undefined {
    const { sessions } = this.options.protocols;
    const id = message.headers["mcp-session-id"];
    if (sessions === undefined || (id === undefined && !initializes)) return undefined;
    const session = initializes ? sessions.open() : sessions.use(String(id));
    if (session === undefined) throw initializes ? Refusal.busy() : Refusal.unknownSession();
    if (initializes) writer.response.setHeader("Mcp-Session-Id", session.id);
    return session;
  }

  private endSession({ message, writer }: McpRequest, sessions: Sessions): void {
    if (!sessions.end(String(message.headers["mcp-session-id"]))) throw Refusal.unknownSession();
    writer.sendNothing(200);
  }

  private begin(
    request: McpRequest,
    requests: readonly JSONRPCRequest[],
    batch: boolean,
    deliver: (call: Call, message: JSONRPCRequest) => void,
  ): void {
    if (!request.holding.takeSlots(requests.length)) throw Refusal.busy();
    const { writer, holding, correlation } = request;
    const exchange = new HttpExchange({ writer, holding, correlation, log: this.options.log, batch });
    request.exchange = exchange;
    // All calls stand before the first is answered, which would otherwise end the response.
    requests
      .map((message) => [exchange.begin(message), message] as const)
      .forEach(([call, message]) => deliver(call, message));
  }
}
