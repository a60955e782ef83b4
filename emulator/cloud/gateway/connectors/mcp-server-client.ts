import { HANDSHAKE_VERSIONS, STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";
import { createParser } from "eventsource-parser";
import { MAX_TARGET_TOOLS } from "../../../../aws/agentcore/limits";
import { isObject } from "../../../../targets/json";
import { z } from "zod";

import { headersOfArguments, parameterHeaders } from "../../../../topology";
import { type Eventual, goOn } from "../../../eventual";
import type { Trace } from "../../../trace/hop-record";
import { type HttpHeaders, type HttpResponse, isStream, type Workload } from "../../network/http-message";
import type { Network } from "../../network/network";
import type { DeclaredCapabilities } from "../protocol/declared-capabilities";
import { jsonObject, type JsonRpcResponse, readJson } from "../protocol/json-rpc";
import { CancelledRequest } from "../protocol/json-rpc-errors";
import type { Authorize, OutboundRequest } from "../outbound/outbound-request";
import { VERSION_ASKED_OF_TARGETS } from "../protocol/protocol-version";
import { ServerQuestions } from "./server-questions";
import { headersOf, logLevelOf, metadataOf, metadataPassedOn, metaOf } from "../protocol/stateless-protocol";
import {
  endless,
  errorAnswer,
  explain,
  interrupted,
  invalidResult,
  McpServerError,
  noResponse,
  oversize,
  statusRefusal,
  unlisted,
  versionUnsupported,
} from "../target-errors";
import { type McpSession, NO_OFFERINGS, type Offering, type Offerings } from "../target";
import type { TargetCaller } from "../target-caller";
import type { InputRequired, ProtocolParameters, TargetError, ToolCall, ToolResult } from "../target-connector";
import type { ServerTool } from "../tool";

/** What came as an answer, for the trace where it is none. */
interface Received {
  readonly response: HttpResponse;
  /** Left out where nothing answers the request. */
  readonly message?: Pick<JsonRpcResponse, "result" | "error">;
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

const initializeResult = z.looseObject({ protocolVersion: z.string(), capabilities: jsonObject.default({}) });
const tool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  inputSchema: jsonObject,
});
const listToolsResult = z.looseObject({ tools: z.array(tool) });
const paged = z.looseObject({ nextCursor: z.string().optional() });
const callToolResult = z.object({
  content: z.array(z.unknown()).default([]),
  isError: z.boolean().optional(),
  structuredContent: jsonObject.optional(),
  _meta: jsonObject.optional(),
});
/** What a server may say before its answer, and a gateway hands on: developer guide, "gateway-mcp-streaming". */
const notification = z.looseObject({ method: z.enum(["notifications/progress", "notifications/message"]) });
const discoverResult = z.looseObject({ supportedVersions: z.array(z.string()), capabilities: jsonObject.default({}) });

type Parameters = Readonly<Record<string, unknown>>;

interface Outgoing {
  readonly jsonrpc: "2.0";
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Parameters;
}

/** A request under way, and who waits for its answer. */
interface Conversation {
  readonly id: number;
  readonly session: McpSession | undefined;
  readonly caller: TargetCaller;
}

/** How a gateway names itself to servers. */
const CLIENT = { name: "bedrock-agentcore-gateway", version: "1.0.0" };

/** What a server of 2026-07-28 is asked in, as it keeps no session. */
const DISCOVERY: McpSession = { protocolVersion: STATELESS_VERSION, capabilities: {} };

/** The gateway as MCP client of one server. */
export class McpServerClient {
  /** The event stream that is being read. */
  private underWay?: HttpResponse;

  constructor(
    private readonly network: Network,
    private readonly limits: { readonly gatewayPayload: number },
    private readonly endpoint: string,
    private readonly authorize: Authorize,
    private readonly workload: Workload,
    private readonly trace: Trace,
    /** Of a request: several clients may share a session, in which no two requests have one. */
    private readonly nextId: () => number,
    /** Takes the header fields of each answer. */
    private readonly answered: (headers: HttpHeaders) => void,
  ) {}

  /** `initialize` and `notifications/initialized`. @throws McpServerError */
  async shakeHands(declared: DeclaredCapabilities = {}): Promise<McpSession> {
    const { result, response } = await this.request("initialize", {
      protocolVersion: VERSION_ASKED_OF_TARGETS,
      capabilities: declared,
      clientInfo: CLIENT,
    });
    const { protocolVersion, capabilities } = conform(initializeResult, result, "initialize");
    if (!HANDSHAKE_VERSIONS.includes(protocolVersion)) throw versionUnsupported(HANDSHAKE_VERSIONS, protocolVersion);
    const sessionId = response.headers.get("mcp-session-id") ?? undefined;
    const session: McpSession = { protocolVersion, capabilities, ...(sessionId !== undefined && { sessionId }) };
    const accepted = await this.post({ jsonrpc: "2.0", method: "notifications/initialized" }, session);
    accepted.discard();
    return session;
  }

  /** What a server of 2026-07-28 says of itself; undefined for one that does not speak it. */
  async discover(): Promise<McpSession | undefined> {
    try {
      const { result } = await this.request("server/discover", {}, DISCOVERY);
      const { supportedVersions, capabilities } = conform(discoverResult, result, "server/discover");
      return supportedVersions.includes(STATELESS_VERSION) ? { ...DISCOVERY, capabilities } : undefined;
    } catch (error) {
      // One that cannot be reached is asked in the other way, and fails there in the service's words.
      if (error instanceof McpServerError) return undefined;
      throw error;
    }
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
      throw error instanceof McpServerError ? unlisted(items, error) : error;
    }
  }

  /** All pages of `tools/list`. @throws McpServerError */
  async listTools(session: McpSession): Promise<ServerTool[]> {
    const tools = await this.listPages<ServerTool>(session, "tools/list", "tools", listToolsResult);
    // Clients leave out what asks for headers in a way that none may follow: MCP 2026-07-28, "server/tools".
    const isStateless = session.protocolVersion === STATELESS_VERSION;
    return isStateless ? tools.filter(({ inputSchema }) => parameterHeaders(inputSchema)) : tools;
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
  async ask(session: McpSession, method: string, params: Parameters, caller: TargetCaller): Promise<object> {
    const { _meta, ...own } = params;
    const meta = metadataPassedOn({ _meta });
    const { result } = await this.request(method, { ...own, _meta: unlessEmpty(meta) }, session, caller);
    return conform(jsonObject, result, method);
  }

  /** @throws McpServerError */
  callTool(
    session: McpSession,
    { name, arguments: toolArguments, inputSchema, protocol, caller }: ToolCall,
  ): Promise<ToolResult | InputRequired> {
    const { inputResponses, requestState } = protocol;
    const meta = { ...metadataPassedOn(protocol), ...(caller.listener && toldOf(protocol)) };
    const params = { name, arguments: toolArguments, _meta: unlessEmpty(meta), inputResponses, requestState };
    const isStateless = session.protocolVersion === STATELESS_VERSION;
    const headers = isStateless ? headersOfArguments(inputSchema, toolArguments) : {};
    return this.request("tools/call", params, session, caller, headers).then(({ result }) => {
      if (isInputRequired(result)) return result;
      const { content, isError = false, structuredContent, _meta } = conform(callToolResult, result, "tools/call");
      return { content, isError, structuredContent, _meta };
    });
  }

  private request(
    method: string,
    params: Parameters,
    session?: McpSession,
    caller: TargetCaller = { onBehalf: {} },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ result: object; response: HttpResponse }> {
    const id = this.nextId();
    const isStateless = session?.protocolVersion === STATELESS_VERSION;
    const sent = isStateless ? stateless(params, caller) : params;
    const { signal } = caller;
    const gone = isStateless ? signal : undefined;
    const exchange = this.post({ jsonrpc: "2.0", id, method, params: sent }, session, headers, gone).then((response) =>
      this.readAnswer(response, { id, session, caller }),
    );
    const received = signal ? this.unlessGone(exchange, id, session, signal) : exchange;
    return received.then(({ message: { result, error } = {}, response, text }) => {
      if (isRefusal(error) && (result === undefined || isObject(result))) throw errorAnswer(method, error);
      if (error !== undefined || !isObject(result)) throw noResponse(method, response, text);
      this.answered(response.headers);
      return { result, response };
    });
  }

  /** Tells a server that nobody waits for its answer; one of 2026-07-28 notices by its connection. */
  private async unlessGone<T>(
    exchange: Promise<T>,
    requestId: number,
    session: McpSession | undefined,
    signal: AbortSignal,
  ): Promise<T> {
    let gone: () => void = () => undefined;
    const cancelled = new Promise<never>((_, reject) => {
      gone = () => reject(new CancelledRequest());
      signal.addEventListener("abort", gone, { once: true });
      if (signal.aborted) gone();
    });
    try {
      return await Promise.race([exchange, cancelled]);
    } catch (error) {
      if (!signal.aborted) throw error;
      exchange.catch(() => undefined);
      this.underWay?.discard();
      if (session?.protocolVersion !== STATELESS_VERSION) {
        await this.tell({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } }, session);
      }
      throw new CancelledRequest();
    } finally {
      signal.removeEventListener("abort", gone);
    }
  }

  /** What asks for no answer; that a server cannot be told of it changes nothing. */
  private async tell(message: Outgoing, session?: McpSession): Promise<void> {
    try {
      (await this.post(message, session)).discard();
    } catch (error) {
      if (!(error instanceof McpServerError)) throw error;
    }
  }

  private post(
    message: Outgoing,
    session?: McpSession,
    headers: Readonly<Record<string, string>> = {},
    gone?: AbortSignal,
  ): Promise<HttpResponse> {
    const isStateless = session?.protocolVersion === STATELESS_VERSION;
    const fields: Record<string, string> = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": session?.protocolVersion ?? VERSION_ASKED_OF_TARGETS,
    };
    if (isStateless) Object.assign(fields, headersOf(message.method ?? "", message.params ?? {}), headers);
    if (session?.sessionId !== undefined) fields["mcp-session-id"] = session.sessionId;
    const body = JSON.stringify(message);
    const authorized = this.authorize({ method: "POST", url: this.endpoint, headers: fields, body });
    return goOn(authorized, (request) => this.send(request, gone));
  }

  private async send({ method, url, headers, body }: OutboundRequest, gone?: AbortSignal): Promise<HttpResponse> {
    try {
      const { trace, workload } = this;
      const response = await this.network.fetch(url, { method, headers, body, trace, workload, gone });
      if (!response.ok) throw statusRefusal(response.status, await response.text());
      return response;
    } catch (error) {
      throw explain(error);
    }
  }

  /** The response to a request in a JSON body or, past other messages, in an event stream. */
  private readAnswer(response: HttpResponse, conversation: Conversation): Eventual<Received> {
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
      return this.readStream(response, conversation);
    }
    return goOn(response.text(), (text) => {
      if (Buffer.byteLength(text) > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
      const message = readJson(text);
      return isAnswerTo(conversation.id, message) ? { message, text, response } : { text, response };
    });
  }

  private async readStream(response: HttpResponse, conversation: Conversation): Promise<Received> {
    const { id, session, caller } = conversation;
    const { listener } = caller;
    this.underWay = response;
    this.answered(response.headers);
    listener?.begin();
    const questions = new ServerQuestions(session, caller, (reply) => this.tell({ jsonrpc: "2.0", ...reply }, session));
    let found: JsonRpcResponse | undefined;
    let beginning = "";
    let length = 0;
    const parser = createParser({
      onEvent({ data }) {
        const message = readJson(data);
        if (isAnswerTo(id, message)) found ??= message;
        else if (isNotification(message)) listener?.tell(message);
        else questions.take(message);
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of streamOf(response)) {
        length += chunk.length;
        if (length > this.limits.gatewayPayload) throw oversize(this.limits.gatewayPayload);
        const text = decoder.decode(chunk, { stream: true });
        if (beginning === "") beginning = text;
        parser.feed(text);
        if (found !== undefined) break;
      }
    } catch (error) {
      throw questions.areOpen ? interrupted(error) : explain(error);
    } finally {
      questions.drop();
    }
    return { message: found, text: beginning, response };
  }
}

/** What a caller who listens asks to be told. */
function toldOf(protocol: ProtocolParameters): object {
  const { progressToken } = metaOf(protocol);
  return { ...logLevelOf(protocol), ...(progressToken !== undefined && { progressToken }) };
}

function unlessEmpty(meta: object): object | undefined {
  return Object.keys(meta).length > 0 ? meta : undefined;
}

function stateless(params: Parameters, { capabilities }: TargetCaller): Parameters {
  return { ...params, _meta: { ...metaOf(params), ...metadataOf(CLIENT, capabilities) } };
}

function streamOf({ body }: HttpResponse): AsyncIterable<Buffer> | Buffer[] {
  return isStream(body) ? body : [Buffer.from(body)];
}

/** @throws McpServerError */
function refuseEndless(method: string, sofar: number, onPage: number, nextCursor: string | undefined): void {
  const items = method.split("/", 1).join("");
  if (sofar > MAX_TARGET_TOOLS) {
    const most = `${MAX_TARGET_TOOLS} ${items}`;
    throw endless(method, `has more than ${most}`, `at most ${most}`, `${sofar} ${items} and more`);
  }
  // A server that gives its cursors out again and again would never end.
  if (nextCursor !== undefined && onPage === 0) {
    throw endless(method, "answered with an empty page", `${items}, or no nextCursor`, `no ${items}, and a nextCursor`);
  }
}

function conform<T>(schema: z.ZodType<T>, result: unknown, method: string): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidResult(method, `${issue?.path.join(".") || "the result"}: ${issue?.message}`);
}

function isAnswerTo(id: number, message: unknown): message is JsonRpcResponse {
  return isObject(message) && message["id"] === id && !("method" in message);
}

function isRefusal(error: unknown): error is NonNullable<TargetError["refusal"]> {
  return isObject(error) && typeof error["code"] === "number" && typeof error["message"] === "string";
}

function isInputRequired(result: object): result is InputRequired {
  return "resultType" in result && result.resultType === "input_required";
}

function isNotification(message: unknown): message is object {
  return notification.safeParse(message).success;
}
