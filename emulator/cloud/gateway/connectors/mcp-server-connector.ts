import { STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";
import { dataPlaneHost } from "../../../../aws/agentcore/endpoints";
import type { Backend, GatewayTargetDeclaration } from "../../../../topology";
import { goOn } from "../../../eventual";
import type { Trace } from "../../../trace/hop-record";
import type { Environment } from "../../environment";
import type { HttpHeaders } from "../../network/http-message";
import { UnknownHostError } from "../../network/network";
import { SESSION_HEADER } from "../gateway-sessions";
import { consentOfLiveTarget, exchangeWithToolSchema } from "../errors";
import type { Gateway } from "../gateways";
import { McpServerClient } from "./mcp-server-client";
import { explain, McpServerError } from "../target-errors";
import type { LiveRequest } from "../catalogue/offerings";
import type { OnBehalf } from "../outbound/on-behalf";
import type { OutboundAuthorization } from "../outbound/outbound-authorization";
import { passBack, passesSessions, passOn } from "../outbound/passed-on";
import { VERSION_ASKED_OF_TARGETS } from "../protocol/protocol-version";
import { type McpSession, NO_OFFERINGS, type Target } from "../target";
import type { TargetCaller } from "../target-caller";
import type { Catalogue, InputRequired, LiveList, TargetConnector, ToolCall, ToolResult } from "../target-connector";
import { publishTools } from "../tool";

type Asked = Pick<LiveList, "target" | "caller">;
type McpBackend = Backend & { readonly speaks: "MCP" };

/** Targets that are MCP servers: on an AgentCore runtime, behind another gateway, or anywhere else. */
export class McpServerConnector implements TargetConnector<McpBackend> {
  private lastRequestId = 0;

  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
  ) {}

  validate(_: Gateway, { credential }: GatewayTargetDeclaration, { tools, isLive }: McpBackend): void {
    if (credential.type !== "OAUTH") return;
    const { grantType } = credential;
    if (grantType === "AUTHORIZATION_CODE" && isLive) throw consentOfLiveTarget();
    if (grantType === "TOKEN_EXCHANGE" && tools !== undefined) throw exchangeWithToolSchema();
  }

  async synchronize(
    gateway: Gateway,
    target: Target,
    { endpoint, tools: written, isLive }: McpBackend,
    trace: Trace,
  ): Promise<Catalogue> {
    if (written) return { tools: written };
    if (isLive) return { tools: [] };
    const caller = { onBehalf: administratorOf(target) };
    return this.withClient(gateway, { target, caller }, endpoint, trace, async (client) => {
      const isStateless = gateway.supportedVersions.every((version) => version === STATELESS_VERSION);
      const discovered = isStateless && (await this.discovered(target, endpoint, client));
      const session = discovered || (await client.shakeHands());
      target.session = session;
      return { tools: await client.listTools(session), offerings: await client.listOthers(session) };
    });
  }

  callTool(
    gateway: Gateway,
    target: Target,
    { endpoint }: McpBackend,
    call: ToolCall,
    trace: Trace,
  ): Promise<ToolResult | InputRequired> {
    const asked = { target, caller: call.caller };
    return this.withClient(gateway, asked, endpoint, trace, (client) =>
      this.inSession(asked, endpoint, client, (session) => client.callTool(session, call)),
    );
  }

  async list(gateway: Gateway, list: LiveList, { endpoint }: McpBackend, trace: Trace): Promise<void> {
    const { toolSchemas } = this.environment.limits;
    const { target, method } = list;
    await this.withClient(gateway, list, endpoint, trace, (client) =>
      this.inSession(list, endpoint, client, async (session) => {
        if (method === "tools/list") {
          target.tools = publishTools(target.declaration.name, await client.listTools(session), toolSchemas);
        } else {
          target.offerings = {
            ...(target.offerings ?? NO_OFFERINGS),
            ...(await client.listOfferings(session, method)),
          };
        }
      }),
    );
  }

  async ask(
    gateway: Gateway,
    { target, method, params, caller }: LiveRequest,
    { endpoint }: McpBackend,
    trace: Trace,
  ): Promise<object> {
    return this.withClient(gateway, { target, caller }, endpoint, trace, (client) =>
      this.inSession({ target, caller }, endpoint, client, (session) => client.ask(session, method, params, caller)),
    );
  }

  /** A server that has lost the session answers 404, and the client begins a new one: MCP 2025-11-25, basic/transports. */
  private async inSession<T>(
    { target, caller }: Asked,
    endpoint: string,
    client: McpServerClient,
    run: (session: McpSession) => Promise<T>,
  ): Promise<T> {
    const discovered = caller.capabilities && (await this.discovered(target, endpoint, client));
    if (discovered) return run(discovered);
    const kept = keptSession(target, caller);
    const begin = async (): Promise<McpSession> => kept.keep(await client.shakeHands(caller.session?.capabilities));
    const session = kept.session ?? (await begin());
    try {
      return await run(session);
    } catch (error) {
      if (!(error instanceof McpServerError && error.status === 404 && session.sessionId !== undefined)) throw error;
      return run(await begin());
    }
  }

  /**
   * What a target on AgentCore Runtime says of itself in 2026-07-28, asked once. Others were seen to be asked for the
   * handshake all the same (marcinbelczewski/agentcore-gw-mcp2, August 2026).
   */
  private async discovered(
    target: Target,
    endpoint: string,
    client: McpServerClient,
  ): Promise<McpSession | null | undefined> {
    if (!endpoint.startsWith(`https://${dataPlaneHost(this.environment.region)}/`)) return undefined;
    if (target.discovered === undefined) target.discovered = (await client.discover()) ?? null;
    return target.discovered;
  }

  private withClient<T>(
    gateway: Gateway,
    { target, caller: { incoming, onBehalf } }: Asked,
    endpoint: string,
    trace: Trace,
    run: (client: McpServerClient) => Promise<T>,
  ): Promise<T> {
    const { network, limits } = this.environment;
    const { gatewayArn: hostingEnvironment, gatewayId: identity } = gateway.attributes;
    const workload = { hostingEnvironment, identity };
    const nextId = () => ++this.lastRequestId;
    const answered = (headers: HttpHeaders) => passBack(target.declaration, headers, incoming);
    return goOn(this.outbound.credential(gateway, target, trace, onBehalf), (credential) => {
      const authorize = passOn(credential.authorize, target.declaration, incoming);
      const url = checkUrl(endpoint);
      return run(new McpServerClient(network, limits, url, authorize, workload, trace, nextId, answered)).catch(
        (error) => {
          if (error instanceof McpServerError && error.status === 401) credential.discard();
          throw error;
        },
      );
    });
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

interface KeptSession {
  readonly session: McpSession | undefined;
  keep(session: McpSession): McpSession;
}

/** Where the session with a target is kept: behind the caller's own, by the caller himself, or once for all callers. */
function keptSession(target: Target, { session: own, incoming }: TargetCaller): KeptSession {
  const { declaration } = target;
  if (own) {
    const keep = (session: McpSession) => (own.targets.set(declaration, session), session);
    return { session: own.targets.get(declaration), keep };
  }
  if (incoming && passesSessions(declaration)) {
    const sessionId = incoming.headers.get(SESSION_HEADER) ?? undefined;
    const session = { protocolVersion: VERSION_ASKED_OF_TARGETS, capabilities: {}, ...(sessionId && { sessionId }) };
    return { session: sessionId === undefined ? undefined : session, keep: (begun) => begun };
  }
  // What one user agreed with the server is not another's.
  if (isOfUser(target)) return { session: undefined, keep: (begun) => begun };
  return { session: target.session, keep: (session) => (target.session = session) };
}

/** @throws McpServerError where it is no URL: the service takes anything that begins with `https://` */
function checkUrl(endpoint: string): string {
  if (URL.canParse(endpoint)) return endpoint;
  const [withoutQuery = ""] = endpoint.split("?", 1);
  throw explain(new UnknownHostError(withoutQuery));
}
