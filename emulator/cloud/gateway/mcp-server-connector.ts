import type { Backend, GatewayTargetDeclaration } from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import { UnknownHostError } from "../network";
import { refusal } from "../refusal";
import type { Gateway } from "./gateways";
import { McpServerClient } from "./mcp-server-client";
import { explain, McpServerError } from "./mcp-server-error";
import type { LiveRequest } from "./offerings";
import type { OnBehalf } from "./on-behalf";
import type { OutboundAuthorization } from "./outbound-authorization";
import { type McpSession, NO_OFFERINGS, type Target } from "./target";
import type { LiveList, TargetConnector, ToolCall, ToolResult } from "./target-connector";
import { publishTools, type ServerTool } from "./tool";

type McpBackend = Backend & { readonly speaks: "MCP" };

/** What the developer guide says of such targets, "gateway-target-MCPservers"; AWS's own words are not known. */
const NO_LIVE_CONSENT = "The listing mode DYNAMIC is not supported with the grant type AUTHORIZATION_CODE.";
const NO_WRITTEN_EXCHANGE = "mcpToolSchema is not supported with the grant type TOKEN_EXCHANGE.";

/** Targets that are MCP servers: on an AgentCore runtime, behind another gateway, or anywhere else. */
export class McpServerConnector implements TargetConnector<McpBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
  ) {}

  validate(_: Gateway, { credential }: GatewayTargetDeclaration, { tools, isLive }: McpBackend): void {
    if (credential.type !== "OAUTH") return;
    const { grantType } = credential;
    if (grantType === "AUTHORIZATION_CODE" && isLive) throw refusal("user-grant", NO_LIVE_CONSENT);
    if (grantType === "TOKEN_EXCHANGE" && tools !== undefined) throw refusal("user-grant", NO_WRITTEN_EXCHANGE);
  }

  async synchronize(
    gateway: Gateway,
    target: Target,
    { endpoint, tools: written, isLive }: McpBackend,
    trace: Trace,
  ): Promise<readonly ServerTool[]> {
    if (written) return written;
    if (isLive) return [];
    return this.withClient(gateway, { target, onBehalf: administratorOf(target) }, endpoint, trace, async (client) => {
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
    { name, arguments: toolArguments, onBehalf, listener }: ToolCall,
    trace: Trace,
  ): Promise<ToolResult> {
    return this.withClient(gateway, { target, onBehalf }, endpoint, trace, async (client) => {
      const call = (session: McpSession) => client.callTool(session, name, toolArguments, listener);
      const { content, isError = false, structuredContent } = await this.inSession(target, client, call);
      return { content, isError, ...(structuredContent && { structuredContent }) };
    });
  }

  async list(gateway: Gateway, list: LiveList, { endpoint }: McpBackend, trace: Trace): Promise<void> {
    const { toolSchemas } = this.environment.limits;
    const { target, method } = list;
    await this.withClient(gateway, list, endpoint, trace, (client) =>
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
    { target, method, params, onBehalf }: LiveRequest,
    { endpoint }: McpBackend,
    trace: Trace,
  ): Promise<object> {
    return this.withClient(gateway, { target, onBehalf }, endpoint, trace, (client) =>
      this.inSession(target, client, (session) => client.ask(session, method, params)),
    );
  }

  /** A server that has lost the session answers 404, and the client begins a new one: MCP 2025-11-25, basic/transports. */
  private async inSession<T>(
    target: Target,
    client: McpServerClient,
    run: (session: McpSession) => Promise<T>,
  ): Promise<T> {
    // What one user agreed with the server is not another's.
    if (isOfUser(target)) return run(await client.shakeHands());
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
    { target, onBehalf }: Pick<LiveList, "target" | "onBehalf">,
    endpoint: string,
    trace: Trace,
    run: (client: McpServerClient) => Promise<T>,
  ): Promise<T> {
    const { network, limits } = this.environment;
    const credential = await this.outbound.credential(gateway, target, trace, onBehalf);
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

/** The service's own user, who consents as an administrator does; the API tells his id. */
function administratorOf({ targetId }: Target): OnBehalf {
  return { userId: `gateway-target-${targetId}` };
}

/** Whether each user has a credential of his own. */
function isOfUser({ declaration: { credential } }: Target): boolean {
  return credential.type === "OAUTH" && ["AUTHORIZATION_CODE", "TOKEN_EXCHANGE"].includes(credential.grantType ?? "");
}

/** @throws McpServerError where it is no URL: the service takes anything that begins with `https://` */
function checkUrl(endpoint: string): string {
  if (URL.canParse(endpoint)) return endpoint;
  const [withoutQuery = ""] = endpoint.split("?", 1);
  throw explain(new UnknownHostError(withoutQuery));
}
