// server/mcp-2025/: MCP up to 2025-11-25, by the official SDK.
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Implementation, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { resultAnswer, type Answer } from "../answer";
import type { Call } from "../call";
import { capabilityFor } from "../calls/elicitation";
import { ProtocolError } from "../errors";
import { METHOD_NOT_FOUND } from "../json-rpc";
import { sdk } from "../lazy-sdk";
import type { Logger } from "../log";
import { settle } from "../settle";
import { ToolError, type ClientRequest } from "../tool";
import { progressReporter, type Caller, type ToolService } from "../calls/tool-service";
import { SharedTransport } from "./transport";

type Params = JSONRPCRequest["params"];

export interface ProtocolOptions {
  readonly info: Implementation;
  readonly tools: ToolService;
  readonly log: Logger;
  /** Milliseconds that a client has for an answer. */
  readonly answerTimeout: number;
}

/** The versions of MCP up to 2025-11-25, spoken by the SDK: with every client at once, or with the one of a session. */
export class StatefulProtocol {
  readonly transport = new SharedTransport();
  private connected?: Server;

  /** @param session - whether it is one client's, which can be asked */
  constructor(
    private readonly options: ProtocolOptions,
    private readonly session: boolean,
  ) {}

  /** Answers one request. Those for tools spare the SDK, which parses each message three times more. */
  serve(call: Call, params: Params): void {
    if (call.method === "tools/call" || call.method === "tools/list") {
      settle(call, this.answer(call, params), this.options.log);
    } else {
      this.connect();
      this.transport.deliver(call, params);
    }
  }

  private connect(): Server {
    return (this.connected ??= connectServer(this.transport, this.options));
  }

  private async answer(call: Call, params: Params): Promise<Answer> {
    const { tools } = this.options;
    return call.method === "tools/list"
      ? resultAnswer(JSON.stringify(tools.list(params)))
      : (await tools.call(params, call, this.callerOf(call, params))).answer();
  }

  private callerOf(call: Call, params: Params): Caller {
    return {
      reportProgress: progressReporter(call, params?._meta?.progressToken),
      ask: (request) => this.ask(request, call),
    };
  }

  private async ask(request: ClientRequest, call: Call): Promise<Record<string, unknown>> {
    const capability = capabilityFor(request);
    if (!this.session) {
      throw new ToolError("This tool has to ask its client, which needs a session (SESSIONS=on) or MCP 2026-07-28.");
    }
    const server = this.connect();
    if (server.getClientCapabilities()?.[capability] === undefined) {
      throw new ToolError(`This tool has to ask its client, which did not declare the capability ${capability}.`);
    }
    const { method, params } = request;
    const relatedRequestId = this.transport.relate(call);
    const options = { timeout: this.options.answerTimeout, signal: call.signal, relatedRequestId };
    try {
      return await server.request({ method, params }, sdk().ResultSchema, options);
    } finally {
      this.transport.forget(relatedRequestId);
    }
  }
}

function connectServer(transport: SharedTransport, { info, log }: ProtocolOptions): Server {
  const { Server } = sdk();
  // The low-level Server sends the listings as they are; McpServer would make its own JSON Schema from zod.
  const server = new Server(info, { capabilities: { tools: { listChanged: false } } });
  server.onerror = (error) => log.error("Protocol error", { error });
  // Tools do not get here. A method that does not exist is answered without its name.
  server.fallbackRequestHandler = async () => {
    throw new ProtocolError(METHOD_NOT_FOUND, "Method not found");
  };
  // The transport is ready, and takes the handler of messages before this returns.
  void server.connect(transport);
  return server;
}
