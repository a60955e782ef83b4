import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpError, type Tool as ServerTool } from "@modelcontextprotocol/sdk/types.js";
import { createParser } from "eventsource-parser";
import { z } from "zod";

import type { HopRecorder } from "../../trace/tracer";
import { UnknownHostError, type Network } from "../network";

/** What the gateway asks of an MCP server when it synchronizes a target. */
export interface Handshake {
  readonly protocolVersion: string;
  readonly tools: readonly ServerTool[];
}

/** The server could not be asked, in the words of a target's status reason. */
export class McpServerError extends Error {
  constructor(
    message: string,
    override readonly cause?: unknown,
  ) {
    super(message);
    this.name = "McpServerError";
  }
}

/** Tells the trace what the caller is not told: that there is no host at the target's endpoint. */
export function traceTargetFailure(error: unknown, hop: HopRecorder): void {
  if (error instanceof McpServerError && error.cause instanceof UnknownHostError) {
    hop.check("target endpoint", false, { expected: "a host that answers", actual: error.cause.message });
  }
  hop.fail(error instanceof Error ? error.message : String(error));
}

const SPOKEN_VERSIONS = ["2025-03-26", "2025-06-18", "2025-11-25"];

const callToolAnswer = z.object({
  result: z
    .looseObject({
      content: z.array(z.unknown()).default([]),
      isError: z.boolean().optional(),
      structuredContent: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});

export type CallToolResult = NonNullable<z.infer<typeof callToolAnswer>["result"]>;

/** The gateway as MCP client of its targets. */
export class McpServerClient {
  constructor(private readonly network: Network) {}

  /** `initialize`, `notifications/initialized` and all pages of `tools/list`. @throws McpServerError */
  async shakeHands(endpoint: string, headers: Record<string, string>): Promise<Handshake> {
    const client = new Client({ name: "bedrock-agentcore-gateway", version: "1.0.0" });
    const transport = new StreamableHTTPClientTransport(new URL(endpoint), {
      fetch: (url, init) => this.network.fetch(url, init),
      requestInit: { headers },
    });
    try {
      await client.connect(transport);
      const protocolVersion = transport.protocolVersion ?? "";
      if (!SPOKEN_VERSIONS.includes(protocolVersion)) throw new McpServerError("Unsupported protocol version");
      const tools = await listAllTools(client);
      return { protocolVersion, tools };
    } catch (error) {
      throw explain(error);
    } finally {
      await client.close();
    }
  }

  /** One `tools/call`, on the version that the handshake agreed. @throws McpServerError */
  async callTool(
    endpoint: string,
    request: { headers: Record<string, string>; protocolVersion: string; name: string; arguments: unknown },
  ): Promise<CallToolResult> {
    const response = await this.post(endpoint, {
      headers: {
        ...request.headers,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": request.protocolVersion,
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name: request.name, arguments: request.arguments },
      }),
    });
    const answer = callToolAnswer.safeParse(await readMessage(response));
    if (answer.success && answer.data.result) return answer.data.result;
    if (answer.success && answer.data.error) {
      throw new McpServerError(`MCP error ${answer.data.error.code}: ${answer.data.error.message}`);
    }
    throw new McpServerError("The MCP server did not answer with a JSON-RPC response");
  }

  private async post(endpoint: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await this.network.fetch(endpoint, { ...init, method: "POST" });
    } catch (error) {
      throw explain(error);
    }
    if (!response.ok) throw explain(new StreamableHTTPError(response.status, await response.text()));
    return response;
  }
}

async function listAllTools(client: Client): Promise<ServerTool[]> {
  const tools: ServerTool[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools({ cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}

/** The service's words, as reports quote them from `statusReasons`. */
function explain(error: unknown): McpServerError {
  if (error instanceof McpServerError) return error;
  if (error instanceof UnauthorizedError) return new McpServerError("Authorization error when sending message", error);
  if (error instanceof StreamableHTTPError) {
    if (error.code === 401 || error.code === 403) {
      return new McpServerError("Authorization error when sending message", error);
    }
    if (error.message.includes("Runtime initialization time exceeded")) {
      return new McpServerError("Runtime initialization time exceeded.", error);
    }
    return new McpServerError(`Received error (${error.code ?? "no status"}) from runtime.`, error);
  }
  if (error instanceof McpError) return new McpServerError(error.message, error);
  if (error instanceof UnknownHostError || error instanceof TypeError) {
    return new McpServerError("Unable to connect to the MCP server. Please check the server", error);
  }
  throw error;
}

/** The JSON-RPC response in a JSON body or, past any notifications, in an event stream. */
async function readMessage(response: Response): Promise<unknown> {
  const text = await response.text();
  const messages: string[] = [];
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    createParser({ onEvent: ({ data }) => messages.push(data) }).feed(text);
  } else {
    messages.push(text);
  }
  return messages.map(parseJson).find(isResponse);
}

function isResponse(message: unknown): boolean {
  return typeof message === "object" && message !== null && ("result" in message || "error" in message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
