import type { Backend } from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import { UnknownHostError } from "../network";
import type { Gateway } from "./gateways";
import { McpServerClient } from "./mcp-server-client";
import { explain, McpServerError } from "./mcp-server-error";
import type { LiveRequest } from "./offerings";
import type { OutboundAuthorization } from "./outbound-authorization";
import { type McpSession, NO_OFFERINGS, type Target } from "./target";
import type { TargetConnector, ToolCall, ToolResult } from "./target-connector";
import { publishTools, type ServerTool } from "./tool";

type McpBackend = Backend & { readonly speaks: "MCP" };

/** Targets that are MCP servers: on an AgentCore runtime, behind another gateway, or anywhere else. */
export class McpServerConnector implements TargetConnector<McpBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
  ) {}

  async synchronize(
    gateway: Gateway,
    target: Target,
    { endpoint, tools: written, isLive }: McpBackend,
    trace: Trace,
  ): Promise<readonly ServerTool[]> {
    if (written) return written;
    if (isLive) return [];
    return this.withClient(gateway, target, endpoint, trace, async (client) => {
      const session = await client.shakeHands();
      target.session = session;
      const tools = await client.listTools(session);
      target.offerings = await client.listOthers(session);
      return tools;
    });
  }

  async callTool(
    gateway: Gateway,
    target: Target,
    { endpoint }: McpBackend,
    { name, arguments: toolArguments, listener }: ToolCall,
    trace: Trace,
  ): Promise<ToolResult> {
    return this.withClient(gateway, target, endpoint, trace, async (client) => {
      const call = (session: McpSession) => client.callTool(session, name, toolArguments, listener);
      const { content, isError = false, structuredContent } = await this.inSession(target, client, call);
      return { content, isError, ...(structuredContent && { structuredContent }) };
    });
  }

  async list(gateway: Gateway, target: Target, { endpoint }: McpBackend, method: string, trace: Trace): Promise<void> {
    const { toolSchemas } = this.environment.limits;
    await this.withClient(gateway, target, endpoint, trace, (client) =>
      this.inSession(target, client, async (session) => {
        if (method === "tools/list")
          target.tools = publishTools(target.declaration.name, await client.listTools(session), toolSchemas);
        else
          target.offerings = {
            ...(target.offerings ?? NO_OFFERINGS),
            ...(await client.listOfferings(session, method)),
          };
      }),
    );
  }

  async ask(
    gateway: Gateway,
    { target, method, params }: LiveRequest,
    { endpoint }: McpBackend,
    trace: Trace,
  ): Promise<object> {
    return this.withClient(gateway, target, endpoint, trace, (client) =>
      this.inSession(target, client, (session) => client.ask(session, method, params)),
    );
  }

  /** A server that has lost the session answers 404, and the client begins a new one: MCP 2025-11-25, basic/transports. */
  private async inSession<T>(
    target: Target,
    client: McpServerClient,
    run: (session: McpSession) => Promise<T>,
  ): Promise<T> {
    const session = target.session ?? (target.session = await client.shakeHands());
    try {
      return await run(session);
    } catch (error) {
      if (!(error instanceof McpServerError && error.status === 404 && session.sessionId !== undefined)) throw error;
      target.session = await client.shakeHands();
      return run(target.session);
    }
  }

  private async withClient<T>(
    gateway: Gateway,
    target: Target,
    endpoint: string,
    trace: Trace,
    run: (client: McpServerClient) => Promise<T>,
  ): Promise<T> {
    const { network, limits } = this.environment;
    const credential = await this.outbound.credential(gateway, target, trace);
    const { gatewayArn: hostingEnvironment, gatewayId: identity } = gateway.attributes;
    const workload = { hostingEnvironment, identity };
    try {
      return await run(new McpServerClient(network, limits, checkUrl(endpoint), credential.authorize, workload, trace));
    } catch (error) {
      if (error instanceof McpServerError && error.status === 401) credential.discard();
      throw error;
    }
  }
}

/** @throws McpServerError where it is no URL: the service takes anything that begins with `https://` */
function checkUrl(endpoint: string): string {
  if (URL.canParse(endpoint)) return endpoint;
  const [withoutQuery = ""] = endpoint.split("?", 1);
  throw explain(new UnknownHostError(withoutQuery));
}
