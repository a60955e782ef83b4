import { createParser } from "eventsource-parser";
import { z } from "zod";

import type { Trace } from "../../trace/hop-record";
import { isStream, type HttpResponse } from "../http-message";
import { LoopbackError } from "../loopback";
import { UnknownHostError, type Network } from "../network";
import { isSpoken, VERSION_ASKED_OF_TARGETS } from "./protocol-version";
import { TargetError, type ServerTool } from "./target-connector";

/** What a handshake agreed, for the requests after it. */
export interface McpSession {
  readonly protocolVersion: string;
  /** Left out by a server without sessions. */
  readonly sessionId?: string;
}

export interface McpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** Adds the outbound credential to a request. */
export type Authorize = (request: McpRequest) => Promise<McpRequest>;

export class McpServerError extends TargetError {
  constructor(
    message: string,
    /** The HTTP status, where there was an answer. */
    readonly status?: number,
    cause?: unknown,
  ) {
    super(message, cause);
    this.name = "McpServerError";
  }
}

/** The most tools that a target may have: developer guide, "bedrock-agentcore-limits". */
const MOST_TOOLS = 1_000;

const answer = z.looseObject({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});
const initializeResult = z.looseObject({ protocolVersion: z.string() });
const tool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()),
});
const listToolsResult = z.looseObject({ tools: z.array(tool), nextCursor: z.string().optional() });
const callToolResult = z.looseObject({
  content: z.array(z.unknown()).default([]),
  isError: z.boolean().optional(),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
});
export type CallToolResult = z.infer<typeof callToolResult>;

/** The gateway as MCP client of one server. */
export class McpServerClient {
  private lastId = 0;

  constructor(
    private readonly network: Network,
    private readonly limits: { readonly gatewayPayload: number },
    private readonly endpoint: string,
    private readonly authorize: Authorize,
    private readonly trace: Trace,
  ) {}

  /** `initialize` and `notifications/initialized`. @throws McpServerError */
  async shakeHands(): Promise<McpSession> {
    const { result, response } = await this.request("initialize", {
      protocolVersion: VERSION_ASKED_OF_TARGETS,
      capabilities: {},
      clientInfo: { name: "bedrock-agentcore-gateway", version: "1.0.0" },
    });
    const { protocolVersion } = conform(initializeResult, result, "initialize");
    if (!isSpoken(protocolVersion)) throw new McpServerError("Unsupported protocol version");
    const sessionId = response.headers.get("mcp-session-id") ?? undefined;
    const session: McpSession = { protocolVersion, ...(sessionId !== undefined && { sessionId }) };
    const accepted = await this.post({ method: "notifications/initialized" }, session);
    accepted.discard();
    return session;
  }

  /** All pages of `tools/list`. @throws McpServerError */
  async listTools(session: McpSession): Promise<ServerTool[]> {
    const tools: ServerTool[] = [];
    let cursor: string | undefined;
    do {
      const { result } = await this.request("tools/list", cursor === undefined ? {} : { cursor }, session);
      const page = conform(listToolsResult, result, "tools/list");
      tools.push(...page.tools);
      if (tools.length > MOST_TOOLS) throw new McpServerError(`The MCP server has more than ${MOST_TOOLS} tools`);
      // A server that gives its cursors out again and again would never end.
      if (page.nextCursor !== undefined && page.tools.length === 0) throw new McpServerError("The MCP server answered with an empty page");
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return tools;
  }

  /** @throws McpServerError */
  async callTool(session: McpSession, name: string, toolArguments: unknown): Promise<CallToolResult> {
    const { result } = await this.request("tools/call", { name, arguments: toolArguments }, session);
    return conform(callToolResult, result, "tools/call");
  }

  private async request(method: string, params: object, session?: McpSession): Promise<{ result: unknown; response: HttpResponse }> {
    const id = ++this.lastId;
    const response = await this.post({ id, method, params }, session);
    const message = answer.safeParse(await this.readAnswer(response, id));
    if (message.success && message.data.error) throw new McpServerError(message.data.error.message);
    if (!message.success || !message.data.result) throw new McpServerError("The MCP server did not answer with a JSON-RPC response");
    return { result: message.data.result, response };
  }

  private async post(message: object, session?: McpSession): Promise<HttpResponse> {
    const { url, headers, body } = await this.authorize({
      url: this.endpoint,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": session?.protocolVersion ?? VERSION_ASKED_OF_TARGETS,
        ...(session?.sessionId !== undefined && { "mcp-session-id": session.sessionId }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", ...message }),
    });
    try {
      const response = await this.network.fetch(url, { method: "POST", headers, body, trace: this.trace });
      if (!response.ok) throw refusal(response.status, await response.text());
      return response;
    } catch (error) {
      throw explain(error);
    }
  }

  /** The response to a request in a JSON body or, past other messages, in an event stream. */
  private async readAnswer(response: HttpResponse, id: number): Promise<unknown> {
    try {
      if (response.headers.get("content-type")?.startsWith("text/event-stream")) return await this.readStream(response, id);
      const text = await response.text();
      if (Buffer.byteLength(text) > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
      const message = parseJson(text);
      return isAnswerTo(id, message) ? message : undefined;
    } catch (error) {
      throw explain(error);
    }
  }

  private async readStream(response: HttpResponse, id: number): Promise<unknown> {
    let found: unknown;
    let length = 0;
    const parser = createParser({
      onEvent({ data }) {
        const message = parseJson(data);
        if (isAnswerTo(id, message)) found ??= message;
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of streamOf(response)) {
      length += chunk.length;
      if (length > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (found !== undefined) break;
    }
    return found;
  }
}

function streamOf({ body }: HttpResponse): AsyncIterable<Buffer> | Buffer[] {
  return isStream(body) ? body : [Buffer.from(body)];
}

function oversize(limit: number): McpServerError {
  return new McpServerError(`The MCP server answered with more than ${limit} bytes`);
}

/** The service's words, as reports quote them from `statusReasons`. */
function refusal(status: number, body: string): McpServerError {
  if (status === 401 || status === 403) return new McpServerError("Authorization error when sending message", status);
  if (body.includes("Runtime initialization time exceeded")) return new McpServerError("Runtime initialization time exceeded.", status);
  return new McpServerError(`Received error (${status}) from runtime.`, status);
}

function explain(error: unknown): unknown {
  if (error instanceof UnknownHostError || (error instanceof LoopbackError && error.reason === "refused")) {
    return new McpServerError("Unable to connect to the MCP server. Please check the server", undefined, error);
  }
  return error instanceof LoopbackError ? new McpServerError(error.message, undefined, error) : error;
}

function conform<T>(schema: z.ZodType<T>, result: unknown, method: string): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new McpServerError(`The MCP server answered ${method} with an invalid result`);
}

function isAnswerTo(id: number, message: unknown): boolean {
  return typeof message === "object" && message !== null && "id" in message && message.id === id && !("method" in message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
