import { createParser } from "eventsource-parser";
import { MAX_TARGET_TOOLS } from "../../../aws/agentcore/limits";
import { z } from "zod";

import type { Trace } from "../../trace/hop-record";
import { isStream, type HttpResponse, type Workload } from "../http-message";
import type { Network } from "../network";
import { jsonObject } from "./json-rpc";
import { errorAnswer, explain, McpServerError, noResponse, oversize, statusRefusal } from "./mcp-server-error";
import type { Authorize } from "./outbound-request";
import { HANDSHAKE_VERSIONS, VERSION_ASKED_OF_TARGETS } from "./protocol-version";
import type { McpSession } from "./target";
import type { ServerTool } from "./tool";

/** What came as an answer, for the trace where it is none. */
interface Received {
  /** Left out where nothing answers the request. */
  readonly message?: unknown;
  readonly text: string;
}

/** What a synchronization asks for beside tools (stripe/ai#436), by the capability that promises it. */
const ADVERTISED = [
  { capability: "prompts", method: "prompts/list", items: "prompts" },
  { capability: "resources", method: "resources/list", items: "resources" },
  { capability: "resources", method: "resources/templates/list", items: "resource templates" },
] as const;

const answer = z.looseObject({
  result: jsonObject.optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});
const initializeResult = z.looseObject({ protocolVersion: z.string(), capabilities: jsonObject.default({}) });
const tool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  inputSchema: jsonObject,
});
const listToolsResult = z.looseObject({ tools: z.array(tool), nextCursor: z.string().optional() });
const callToolResult = z.looseObject({
  content: z.array(z.unknown()).default([]),
  isError: z.boolean().optional(),
  structuredContent: jsonObject.optional(),
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
    private readonly workload: Workload,
    private readonly trace: Trace,
  ) {}

  /** `initialize` and `notifications/initialized`. @throws McpServerError */
  async shakeHands(): Promise<McpSession> {
    const { result, response } = await this.request("initialize", {
      protocolVersion: VERSION_ASKED_OF_TARGETS,
      capabilities: {},
      clientInfo: { name: "bedrock-agentcore-gateway", version: "1.0.0" },
    });
    const { protocolVersion, capabilities } = conform(initializeResult, result, "initialize");
    if (!HANDSHAKE_VERSIONS.includes(protocolVersion)) {
      const versions = HANDSHAKE_VERSIONS.join(" or ");
      throw new McpServerError("Unsupported protocol version", {
        check: "protocolVersion",
        expected: versions,
        actual: protocolVersion,
      });
    }
    const sessionId = response.headers.get("mcp-session-id") ?? undefined;
    const session: McpSession = { protocolVersion, capabilities, ...(sessionId !== undefined && { sessionId }) };
    const accepted = await this.post({ method: "notifications/initialized" }, session);
    accepted.discard();
    return session;
  }

  /** Asks for everything else that the server says it has, and keeps none of it. @throws McpServerError */
  async listOthers(session: McpSession): Promise<void> {
    for (const { capability, method, items } of ADVERTISED) {
      if (!Object.hasOwn(session.capabilities, capability)) continue;
      try {
        await this.request(method, {}, session);
      } catch (error) {
        if (!(error instanceof McpServerError)) throw error;
        throw new McpServerError(`Failed to list ${items}`, error.failed, error.status);
      }
    }
  }

  /** All pages of `tools/list`. @throws McpServerError */
  async listTools(session: McpSession): Promise<ServerTool[]> {
    const tools: ServerTool[] = [];
    let cursor: string | undefined;
    do {
      const { result } = await this.request("tools/list", cursor === undefined ? {} : { cursor }, session);
      const page = conform(listToolsResult, result, "tools/list");
      tools.push(...page.tools);
      refuseEndless(tools.length, page);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return tools;
  }

  /** @throws McpServerError */
  async callTool(session: McpSession, name: string, toolArguments: unknown): Promise<CallToolResult> {
    const { result } = await this.request("tools/call", { name, arguments: toolArguments }, session);
    return conform(callToolResult, result, "tools/call");
  }

  private async request(
    method: string,
    params: object,
    session?: McpSession,
  ): Promise<{ result: unknown; response: HttpResponse }> {
    const id = ++this.lastId;
    const response = await this.post({ id, method, params }, session);
    const received = await this.readAnswer(response, id);
    const message = answer.safeParse(received.message);
    if (message.success && message.data.error) throw errorAnswer(method, message.data.error);
    if (!message.success || !message.data.result) throw noResponse(method, response, received.text);
    return { result: message.data.result, response };
  }

  private async post(message: object, session?: McpSession): Promise<HttpResponse> {
    const fields: Record<string, string> = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": session?.protocolVersion ?? VERSION_ASKED_OF_TARGETS,
    };
    if (session?.sessionId !== undefined) fields["mcp-session-id"] = session.sessionId;
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    const { url, ...request } = await this.authorize({ method: "POST", url: this.endpoint, headers: fields, body });
    try {
      const { trace, workload } = this;
      const response = await this.network.fetch(url, { ...request, trace, workload });
      if (!response.ok) throw statusRefusal(response.status, await response.text());
      return response;
    } catch (error) {
      throw explain(error);
    }
  }

  /** The response to a request in a JSON body or, past other messages, in an event stream. */
  private async readAnswer(response: HttpResponse, id: number): Promise<Received> {
    try {
      if (response.headers.get("content-type")?.startsWith("text/event-stream"))
        return await this.readStream(response, id);
      const text = await response.text();
      if (Buffer.byteLength(text) > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
      const message = parseJson(text);
      return isAnswerTo(id, message) ? { message, text } : { text };
    } catch (error) {
      throw explain(error);
    }
  }

  private async readStream(response: HttpResponse, id: number): Promise<Received> {
    let found: unknown;
    let beginning = "";
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
      const text = decoder.decode(chunk, { stream: true });
      if (beginning === "") beginning = text;
      parser.feed(text);
      if (found !== undefined) break;
    }
    return { message: found, text: beginning };
  }
}

function streamOf({ body }: HttpResponse): AsyncIterable<Buffer> | Buffer[] {
  return isStream(body) ? body : [Buffer.from(body)];
}

/** @throws McpServerError */
function refuseEndless(toolsSoFar: number, { tools, nextCursor }: z.infer<typeof listToolsResult>): void {
  if (toolsSoFar > MAX_TARGET_TOOLS) {
    const failed = {
      check: "tools/list" as const,
      expected: `at most ${MAX_TARGET_TOOLS} tools`,
      actual: `${toolsSoFar} tools and more`,
    };
    throw new McpServerError(`The MCP server has more than ${MAX_TARGET_TOOLS} tools`, failed);
  }
  // A server that gives its cursors out again and again would never end.
  if (nextCursor !== undefined && tools.length === 0) {
    const failed = {
      check: "tools/list" as const,
      expected: "tools, or no nextCursor",
      actual: "no tools, and a nextCursor",
    };
    throw new McpServerError("The MCP server answered with an empty page", failed);
  }
}

function conform<T>(schema: z.ZodType<T>, result: unknown, method: string): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const actual = `${issue?.path.join(".") || "the result"}: ${issue?.message}`;
  throw new McpServerError(`The MCP server answered ${method} with an invalid result`, {
    check: "JSON-RPC result",
    expected: `a result of ${method}`,
    actual,
  });
}

function isAnswerTo(id: number, message: unknown): boolean {
  return (
    typeof message === "object" && message !== null && "id" in message && message.id === id && !("method" in message)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
