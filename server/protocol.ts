import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  CallToolRequestParamsSchema,
  ErrorCode,
  PaginatedRequestParamsSchema,
  type CallToolResult,
  type Implementation,
  type ListToolsResult,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import type * as z from "zod";
import type { Catalogue } from "./catalogue";
import { ProtocolError } from "./errors";
import { describeIssues } from "./issues";
import type { Logger } from "./log";
import { runTool } from "./run-tool";
import type { Progress, ToolContext } from "./tool";
import type { Call, SharedTransport } from "./transport";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface ProtocolOptions {
  readonly info: Implementation;
  readonly catalogue: Catalogue;
  readonly transport: SharedTransport;
  readonly log: Logger;
}

/** Connects one MCP server, made once, to the transport that all requests share. */
export async function connectProtocol({ info, catalogue, transport, log }: ProtocolOptions): Promise<void> {
  // The low-level Server sends the listings as they are; McpServer would make its own JSON Schema from zod.
  const server = new Server(info, { capabilities: { tools: { listChanged: false } } });
  const tools = [...catalogue.values()].map((entry) => entry.listing);

  // Not setRequestHandler: it answers malformed params with -32603 instead of -32602, and parses a call three times.
  server.fallbackRequestHandler = async ({ method, params }, extra) => {
    switch (method) {
      case "tools/list":
        return listTools(parseParams(PaginatedRequestParamsSchema.optional(), params));
      case "tools/call":
        return callTool(parseParams(CallToolRequestParamsSchema, params), extra);
      default:
        throw new ProtocolError(ErrorCode.MethodNotFound, "Method not found");
    }
  };
  server.onerror = (error) => log.error("Protocol error", { error });
  await server.connect(transport);

  function listTools(params: z.output<typeof PaginatedRequestParamsSchema> | undefined): ListToolsResult {
    if (params?.cursor !== undefined) {
      throw new ProtocolError(ErrorCode.InvalidParams, "Invalid cursor: all tools are on the first page");
    }
    return { tools };
  }

  function callTool(params: z.output<typeof CallToolRequestParamsSchema>, extra: Extra): Promise<CallToolResult> {
    const entry = catalogue.get(params.name);
    if (entry === undefined) {
      throw new ProtocolError(ErrorCode.InvalidParams, `Unknown tool: ${params.name.slice(0, 128)}`);
    }
    const call = transport.call(extra.requestId);
    call.tool = params.name;
    return runTool(entry, params.arguments ?? {}, new CallContext(extra, call, log));
  }
}

/** Made for every call, so what few tools use is made when they ask for it. */
class CallContext implements ToolContext {
  readonly signal: AbortSignal;
  readonly requestId: string;

  constructor(
    private readonly extra: Extra,
    private readonly call: Call,
    private readonly serverLog: Logger,
  ) {
    this.signal = extra.signal;
    this.requestId = call.exchange.correlation.requestId;
  }

  get log(): Logger {
    return this.serverLog.with({ ...this.call.exchange.correlation, tool: this.call.tool });
  }

  // A property, so that a handler can take it out of the context.
  readonly reportProgress = async (progress: Progress): Promise<void> => {
    const progressToken = this.extra._meta?.progressToken;
    if (progressToken !== undefined) {
      await this.extra.sendNotification({ method: "notifications/progress", params: { progressToken, ...progress } });
    }
  };
}

function parseParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) {
    throw new ProtocolError(ErrorCode.InvalidParams, `Invalid params: ${describeIssues(parsed.error)}`);
  }
  return parsed.data;
}
