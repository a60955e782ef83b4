import type { Environment } from "../environment";
import { AwsError } from "../errors";
import type { Gateway } from "./gateways";
import { INVALID_PARAMS, JsonRpcError, METHOD_NOT_FOUND, type JsonRpcMessage } from "./json-rpc";
import { McpServerError, traceTargetFailure, type McpServerClient } from "./mcp-server-client";
import type { OutboundAuthorization } from "./outbound-authorization";
import type { Target } from "./target";
import type { Tool } from "./tool";
import { SEARCH_TOOL, searchTools } from "./tool-search";

type Parameters = Record<string, unknown>;
interface ToolResult {
  content: unknown[];
  isError: boolean;
  structuredContent?: Record<string, unknown>;
  _meta?: { debug: { type: "text"; text: string } };
}

/** What a caller learns of a failed target unless the gateway's exception level is DEBUG. */
const INTERNAL_ERROR = "An internal error occurred. Please retry later.";

/** The gateway's own MCP server: the methods that it answers, once a caller is let in. */
export class McpMethods {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
    private readonly client: McpServerClient,
  ) {}

  /** @throws JsonRpcError */
  async answer(gateway: Gateway, { method, params }: JsonRpcMessage): Promise<unknown> {
    switch (method) {
      case "initialize":
        return initialize(gateway, params ?? {});
      case "ping":
        return {};
      case "tools/list":
        return listTools(gateway, params ?? {});
      case "tools/call":
        return this.callTool(gateway, params ?? {});
      default:
        throw new JsonRpcError(METHOD_NOT_FOUND, `Method not found: ${method}`);
    }
  }

  private async callTool(gateway: Gateway, params: Parameters): Promise<ToolResult> {
    const { name } = params;
    if (typeof name !== "string") throw new JsonRpcError(INVALID_PARAMS, "Invalid params: 'name' must be a string");
    const toolArguments = params["arguments"] ?? {};
    if (name === SEARCH_TOOL.name && hasSearch(gateway)) return search(gateway, toolArguments);

    const found = findTool(gateway, name);
    if (!found) throw new JsonRpcError(INVALID_PARAMS, `Unknown tool: ${name}`);
    const faults = await this.validate(gateway, found.tool, toolArguments);
    if (faults.length > 0) return invalidArguments(faults);
    return this.forward(gateway, found, toolArguments);
  }

  /** The gateway checks arguments itself; a wrong one never reaches the target. */
  private validate({ attributes }: Gateway, tool: Tool, toolArguments: unknown): Promise<string[]> {
    return this.environment.tracer.hop({ name: "argument validation", station: attributes.gatewayArn }, async (hop) => {
      const faults = tool.faults(toolArguments);
      const fits = faults.length === 0;
      hop.check("inputSchema", fits, fits ? {} : { expected: JSON.stringify(tool.description.inputSchema), actual: faults.join("; ") });
      return faults;
    });
  }

  private async forward(
    gateway: Gateway,
    { target, tool }: { target: Target; tool: Tool },
    toolArguments: unknown,
  ): Promise<ToolResult> {
    const endpoint = target.declaration.mcpServer?.endpoint ?? "";
    const start = {
      name: "target call",
      station: gateway.attributes.gatewayArn,
      request: { method: "POST", url: endpoint, operation: "tools/call", tool: tool.serverName },
    };
    return this.environment.tracer.hop(start, async (hop) => {
      try {
        const result = await this.client.callTool(endpoint, {
          headers: await this.outbound.headers(gateway, target),
          protocolVersion: target.protocolVersion ?? "",
          name: tool.serverName,
          arguments: toolArguments,
        });
        const { content, isError = false, structuredContent } = result;
        return { content, isError, ...(structuredContent && { structuredContent }) };
      } catch (error) {
        if (!(error instanceof McpServerError || error instanceof AwsError)) throw error;
        traceTargetFailure(error, hop);
        return targetFailure(gateway, error);
      }
    });
  }
}

function initialize(gateway: Gateway, params: Parameters): unknown {
  const { supportedVersions, declaration } = gateway;
  const requested = params["protocolVersion"];
  const newest = [...supportedVersions].sort().at(-1);
  return {
    protocolVersion: typeof requested === "string" && supportedVersions.includes(requested) ? requested : newest,
    capabilities: { tools: { listChanged: false } },
    serverInfo: { name: declaration.name, version: "1.0.0" },
    ...(declaration.instructions !== undefined && { instructions: declaration.instructions }),
  };
}

/** One page for each target; the search tool leads the first. */
function listTools(gateway: Gateway, params: Parameters): unknown {
  const page = readCursor(params["cursor"]);
  const ready = readyTargets(gateway);
  if (page > 0 && page >= ready.length) throw new JsonRpcError(INVALID_PARAMS, "Invalid params: unknown cursor");
  const tools = (ready[page]?.tools ?? []).map(({ description }) => description);
  return {
    tools: page === 0 && hasSearch(gateway) ? [SEARCH_TOOL, ...tools] : tools,
    ...(page + 1 < ready.length && { nextCursor: writeCursor(page + 1) }),
  };
}

function readCursor(cursor: unknown): number {
  if (cursor === undefined) return 0;
  const page = typeof cursor === "string" ? Number(Buffer.from(cursor, "base64url").toString()) : NaN;
  if (!Number.isInteger(page) || page < 1) throw new JsonRpcError(INVALID_PARAMS, "Invalid params: unknown cursor");
  return page;
}

function writeCursor(page: number): string {
  return Buffer.from(String(page)).toString("base64url");
}

function readyTargets(gateway: Gateway): Target[] {
  return gateway.targets.filter(({ status }) => status === "READY");
}

function findTool(gateway: Gateway, name: string): { target: Target; tool: Tool } | undefined {
  return readyTargets(gateway)
    .flatMap((target) => target.tools.map((tool) => ({ target, tool })))
    .find(({ tool }) => tool.description.name === name);
}

function hasSearch({ declaration }: Gateway): boolean {
  return declaration.searchType === "SEMANTIC";
}

function search(gateway: Gateway, toolArguments: unknown): ToolResult {
  const query = typeof toolArguments === "object" && toolArguments !== null && "query" in toolArguments ? toolArguments.query : undefined;
  if (typeof query !== "string") return invalidArguments(["Missing required field(s): 'query'"]);
  const all = readyTargets(gateway).flatMap(({ tools }) => tools.map(({ description }) => description));
  const tools = searchTools(all, query);
  return { content: [{ type: "text", text: JSON.stringify({ tools }) }], isError: false, structuredContent: { tools } };
}

function invalidArguments(faults: readonly string[]): ToolResult {
  const list = faults.map((fault) => `\n- ${fault}`).join("");
  const text = `ValidationException - Parameter validation failed: Invalid request parameters:${list}`;
  return { content: [{ type: "text", text }], isError: true };
}

function targetFailure({ declaration }: Gateway, error: Error): ToolResult {
  if (declaration.exceptionLevel !== "DEBUG") {
    return { content: [{ type: "text", text: INTERNAL_ERROR }], isError: true };
  }
  const text = error.message;
  return { content: [{ type: "text", text }], isError: true, _meta: { debug: { type: "text", text } } };
}
