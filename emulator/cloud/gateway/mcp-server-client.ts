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
import { type McpSession, NO_OFFERINGS, type Offering, type Offerings } from "./target";
import type { Listener } from "./target-connector";
import type { ServerTool } from "./tool";

/** What came as an answer, for the trace where it is none. */
interface Received {
  /** Left out where nothing answers the request. */
  readonly message?: unknown;
  readonly text: string;
}

/** What a synchronization asks for beside tools (stripe/ai#436), by the capability that promises it. */
const ADVERTISED = [
  { capability: "prompts", method: "prompts/list", items: "prompts", list: "prompts", key: "name" },
  { capability: "resources", method: "resources/list", items: "resources", list: "resources", key: "uri" },
  {
    capability: "resources",
    method: "resources/templates/list",
    items: "resource templates",
    list: "resourceTemplates",
    key: "uriTemplate",
  },
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
const listToolsResult = z.looseObject({ tools: z.array(tool) });
const paged = z.looseObject({ nextCursor: z.string().optional() });
const callToolResult = z.looseObject({
  content: z.array(z.unknown()).default([]),
  isError: z.boolean().optional(),
  structuredContent: jsonObject.optional(),
});
/** What a server may say before its answer, and a gateway hands on: developer guide, "gateway-mcp-streaming". */
const notification = z.looseObject({ method: z.enum(["notifications/progress", "notifications/message"]) });
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

  /** Everything else that the server says it has. @throws McpServerError */
  async listOthers(session: McpSession): Promise<Offerings> {
    let offerings = NO_OFFERINGS;
    for (const { method } of ADVERTISED) offerings = { ...offerings, ...(await this.listOfferings(session, method)) };
    return offerings;
  }

  /** What belongs to one method; nothing where the server does not say that it has any. @throws McpServerError */
  async listOfferings(session: McpSession, method: string): Promise<Partial<Offerings>> {
    const advertised = ADVERTISED.find((one) => one.method === method);
    if (!advertised || !Object.hasOwn(session.capabilities, advertised.capability)) return {};
    const { items, list, key } = advertised;
    try {
      const schema = z.looseObject({ [list]: z.array(z.looseObject({ [key]: z.string() })).default([]) });
      return { [list]: await this.listPages<Offering>(session, method, list, schema) };
    } catch (error) {
      if (!(error instanceof McpServerError)) throw error;
      throw new McpServerError(`Failed to list ${items}`, error.failed, error.status);
    }
  }

  /** All pages of `tools/list`. @throws McpServerError */
  async listTools(session: McpSession): Promise<ServerTool[]> {
    return this.listPages(session, "tools/list", "tools", listToolsResult);
  }

  private async listPages<Item>(
    session: McpSession,
    method: string,
    list: string,
    schema: z.ZodType<Readonly<Record<string, unknown>>>,
  ): Promise<Item[]> {
    const all: Item[] = [];
    let cursor: string | undefined;
    do {
      const { result } = await this.request(method, cursor === undefined ? {} : { cursor }, session);
      const items = conform(schema, result, method)[list] as Item[];
      cursor = conform(paged, result, method).nextCursor;
      all.push(...items);
      refuseEndless(method, all.length, items.length, cursor);
    } while (cursor !== undefined);
    return all;
  }

  /** Asks for what the server answers anew each time. @throws McpServerError */
  async ask(session: McpSession, method: string, params: object): Promise<object> {
    const { result } = await this.request(method, params, session);
    return conform(jsonObject, result, method);
  }

  /** @throws McpServerError */
  async callTool(
    session: McpSession,
    name: string,
    toolArguments: unknown,
    listener?: Listener,
  ): Promise<CallToolResult> {
    const { progressToken } = listener ?? {};
    const _meta = progressToken !== undefined && { _meta: { progressToken } };
    const { result } = await this.request(
      "tools/call",
      { name, arguments: toolArguments, ..._meta },
      session,
      listener,
    );
    return conform(callToolResult, result, "tools/call");
  }

  private async request(
    method: string,
    params: object,
    session?: McpSession,
    listener?: Listener,
  ): Promise<{ result: unknown; response: HttpResponse }> {
    const id = ++this.lastId;
    const response = await this.post({ id, method, params }, session);
    const received = await this.readAnswer(response, id, listener);
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
  private async readAnswer(response: HttpResponse, id: number, listener?: Listener): Promise<Received> {
    try {
      if (response.headers.get("content-type")?.startsWith("text/event-stream"))
        return await this.readStream(response, id, listener);
      const text = await response.text();
      if (Buffer.byteLength(text) > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
      const message = parseJson(text);
      return isAnswerTo(id, message) ? { message, text } : { text };
    } catch (error) {
      throw explain(error);
    }
  }

  private async readStream(response: HttpResponse, id: number, listener?: Listener): Promise<Received> {
    let found: unknown;
    let beginning = "";
    let length = 0;
    const parser = createParser({
      onEvent({ data }) {
        const message = parseJson(data);
        if (isAnswerTo(id, message)) found ??= message;
        else if (isNotification(message)) listener?.notify(message);
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
function refuseEndless(method: string, sofar: number, onPage: number, nextCursor: string | undefined): void {
  const items = method.split("/", 1).join("");
  const refuse = (message: string, expected: string, actual: string): McpServerError =>
    new McpServerError(message, { check: "list", expected: `${method}: ${expected}`, actual });
  if (sofar > MAX_TARGET_TOOLS) {
    const most = `${MAX_TARGET_TOOLS} ${items}`;
    throw refuse(`The MCP server has more than ${most}`, `at most ${most}`, `${sofar} ${items} and more`);
  }
  // A server that gives its cursors out again and again would never end.
  if (nextCursor !== undefined && onPage === 0) {
    throw refuse(
      "The MCP server answered with an empty page",
      `${items}, or no nextCursor`,
      `no ${items}, and a nextCursor`,
    );
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

function isNotification(message: unknown): message is object {
  return notification.safeParse(message).success;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
