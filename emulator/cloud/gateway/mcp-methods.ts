import { STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { type Eventual, goOn } from "../../eventual";
import type { Trace } from "../../trace/hop-record";
import { AwsError } from "../errors";
import type { Gateway } from "./gateways";
import type { UrlMapping } from "../network/network";
import { type JsonRpcRequest } from "./protocol/json-rpc";
import {
  ConsentRequired,
  FailedBeyond,
  notAText,
  SERVER_FAILURE,
  UnknownMethod,
  unknownTool,
  UNTOLD_FAILURE,
  URL_ELICITATION_REQUIRED,
} from "./protocol/json-rpc-errors";
import { onBehalfOf } from "./outbound/on-behalf";
import { checkParameterHeaders } from "./protocol/parameter-headers";
import { listOfferings, liveRequest, type LiveRequest, offeredCapabilities } from "./catalogue/offerings";
import { LiveLists } from "./live-lists";
import { negotiateVersion } from "./protocol/protocol-version";
import {
  capabilitiesOf,
  completeResult,
  discover,
  type Elicitation,
  inputRequired,
  unlessUnasked,
} from "./protocol/stateless-protocol";
import type { Target } from "./target";
import { type TargetCaller, whileWanted } from "./target-caller";
import { requestOfTarget, TargetError, traceTargetFailure, type ToolCall, type ToolResult } from "./target-connector";
import type { TargetConnectors } from "./target-connectors";
import type { Tool, ToolDescription } from "./tool";
import type { PolicyCaller, ToolPolicy } from "./tool-policy";
import { SEARCH_TOOL, searchTools } from "./catalogue/tool-search";
import { allTools, findTool, hasSearch, listTools } from "./catalogue/tools-list";

type Parameters = Readonly<Record<string, unknown>>;
type Request = JsonRpcRequest & {
  readonly id: string | number;
  readonly caller: () => PolicyCaller;
  /** Of the protocol, in which it is asked. */
  readonly version: string;
  /** How the caller is told URLs. */
  readonly urls: UrlMapping;
  readonly as: Omit<TargetCaller, "onBehalf">;
};
/** The gateway's own MCP server: the methods that it answers, once a caller is let in. */
export class McpMethods {
  private readonly lists: LiveLists;

  constructor(
    private readonly connectors: TargetConnectors,
    private readonly policy: ToolPolicy,
  ) {
    this.lists = new LiveLists(connectors);
  }

  /** In one of the versions that begin with `initialize`. @throws JsonRpcError */
  answer(gateway: Gateway, request: Request, trace: Trace): Eventual<object> {
    const { method, params } = request;
    if (method === "initialize") return initialize(gateway, params ?? {});
    if (method === "ping") return {};
    const answered = this.answerInAll(gateway, request, trace);
    if (!(answered instanceof Promise)) return answered;
    return answered.catch((error: unknown) => {
      if (!(error instanceof ConsentRequired)) throw error;
      const data = { elicitations: [elicitationOf(error, request)] };
      throw new FailedBeyond(error.code, error.message, null, { data });
    });
  }

  /** In 2026-07-28. @throws JsonRpcError */
  async answerStateless(gateway: Gateway, request: Request, trace: Trace): Promise<object> {
    const { method, params, as } = request;
    const { listener } = as;
    const asked = listener && { ...listener, tell: unlessUnasked(request, listener.tell) };
    const call = { ...request, as: { ...as, listener: asked, capabilities: capabilitiesOf(request) } };
    try {
      const result =
        method === "server/discover"
          ? discover(capabilities(gateway), gateway.declaration.instructions)
          : await this.answerInAll(gateway, call, trace);
      return completeResult(method, result, serverInfo(gateway));
    } catch (error) {
      if (!(error instanceof ConsentRequired)) throw error;
      return inputRequired(elicitationOf(error, request), params, serverInfo(gateway));
    }
  }

  private answerInAll(gateway: Gateway, request: Request, trace: Trace): Eventual<object> {
    const { method, params, as } = request;
    const { session, incoming, listener, signal, capabilities } = as;
    const onBehalf = onBehalfOf(request.caller().token, params);
    const asking = { onBehalf, session, incoming, listener, signal, capabilities };
    return whileWanted(asking, request.id, (caller) =>
      method === "tools/call"
        ? this.callTool(gateway, request, caller, trace)
        : this.answerOther(gateway, request, caller, trace),
    );
  }

  private async answerOther(gateway: Gateway, request: Request, caller: TargetCaller, trace: Trace): Promise<object> {
    const { method, params } = request;
    if (method.endsWith("/list")) await this.lists.read(gateway, { method, caller }, trace);
    if (method === "tools/list") {
      return listTools(gateway, params?.["cursor"], request.version, this.shown(gateway, request, trace));
    }
    const listed = listOfferings(gateway, method, params?.["cursor"]);
    if (listed) return listed;
    const live = await this.lists.find(gateway, { method, caller }, trace, () => liveRequest(gateway, request, caller));
    if (live) return this.askLive(gateway, live, trace);
    throw new UnknownMethod(method);
  }

  /** A target's own refusal reaches the caller; what else went wrong is told as for tools. */
  private askLive(gateway: Gateway, live: LiveRequest, trace: Trace): Promise<object> {
    const { target, method, params } = live;
    const request = requestOfTarget(target, method, String(params["name"] ?? params["uri"]));
    return trace.hop({ name: "target call", station: gateway.attributes.gatewayArn, request }, async (hop) => {
      try {
        return await this.connectors.ask(gateway, live, hop);
      } catch (error) {
        if (!(error instanceof TargetError || error instanceof AwsError)) throw error;
        traceTargetFailure(error, hop);
        if (error instanceof TargetError && error.refusal) {
          const { code, message, data } = error.refusal;
          throw new FailedBeyond(code, message, null, { data });
        }
        const isTold = gateway.declaration.exceptionLevel === "DEBUG";
        throw new FailedBeyond(SERVER_FAILURE, isTold ? error.message : UNTOLD_FAILURE);
      }
    });
  }

  private callTool(gateway: Gateway, request: Request, caller: TargetCaller, trace: Trace): Eventual<object> {
    const { id: requestId, method, params } = request;
    const protocol = params ?? {};
    const { name, arguments: toolArguments = {} } = protocol;
    if (typeof name !== "string") throw notAText("name");
    if (name === SEARCH_TOOL.description.name && hasSearch(gateway)) {
      return search(gateway, toolArguments, this.shown(gateway, request, trace), trace);
    }

    const listed = this.lists.find(gateway, { method, caller }, trace, () => toolNamed(gateway, name));
    return goOn(listed, ({ tool, target }) => {
      const { inputSchema } = tool.description;
      if (request.version === STATELESS_VERSION && request.as.incoming) {
        checkParameterHeaders(inputSchema, toolArguments, request.as.incoming.headers);
      }
      const faults = validate(gateway, tool, toolArguments, trace);
      if (faults.length > 0) return invalidArguments(faults);
      const denial = this.denial(gateway, request.caller, tool.description, toolArguments, trace);
      if (denial !== undefined) return { content: [{ type: "text", text: denial }], isError: true };
      const call = { name: tool.serverName, arguments: toolArguments, inputSchema, requestId, protocol, caller };
      return this.forward(gateway, target, call, trace);
    });
  }

  /** @throws JsonRpcError where the engine cannot be asked */
  private denial(
    gateway: Gateway,
    caller: () => PolicyCaller,
    tool: ToolDescription,
    toolArguments: unknown,
    trace: Trace,
  ): string | undefined {
    const { policyEngine: configuration } = gateway.declaration;
    if (!configuration) return undefined;
    const question = { gateway, configuration, caller: caller() };
    return asked(() => this.policy.refusal(question, tool, toolArguments, trace));
  }

  /** @throws JsonRpcError where the engine cannot be asked */
  private shown(gateway: Gateway, { caller }: Request, trace: Trace): (tool: ToolDescription) => boolean {
    const { policyEngine: configuration } = gateway.declaration;
    if (!configuration) return () => true;
    return asked(() => this.policy.listable({ gateway, configuration, caller: caller() }, trace));
  }

  private forward(gateway: Gateway, target: Target, call: ToolCall, trace: Trace): Promise<object> {
    const request = requestOfTarget(target, "tools/call", call.name);
    const start = { name: "target call" as const, station: gateway.attributes.gatewayArn, request };
    return trace.hop(start, async (hop) => {
      try {
        return await this.connectors.callTool(gateway, target, call, hop);
      } catch (error) {
        if (!(error instanceof TargetError || error instanceof AwsError)) throw error;
        traceTargetFailure(error, hop);
        const refusal = refusalForCaller(error, call.caller);
        if (refusal) throw new FailedBeyond(refusal.code, refusal.message, null, { data: refusal.data });
        return targetFailure(gateway, error);
      }
    });
  }
}

/** Its message is that of published answers. */
function elicitationOf({ elicitationId, authorizationUrl }: ConsentRequired, { urls }: Request): Elicitation {
  const message = "Please login to this URL for authorization.";
  return { mode: "url", elicitationId, url: urls(authorizationUrl), message };
}

/** What a caller is told as an error of the protocol: developer guide, "gateway-mcp-elicitation". */
function refusalForCaller(error: Error, { session, capabilities }: TargetCaller): TargetError["refusal"] {
  if (!(error instanceof TargetError) || !error.refusal) return undefined;
  const { elicitation } = session?.capabilities ?? capabilities ?? {};
  const isForUrl = error.refusal.code === URL_ELICITATION_REQUIRED && elicitation && "url" in elicitation;
  return isForUrl || error.isInterrupted ? error.refusal : undefined;
}

/** @throws JsonRpcError */
function toolNamed(gateway: Gateway, name: string): NonNullable<ReturnType<typeof findTool>> {
  const found = findTool(gateway, name);
  if (!found) throw unknownTool(name);
  return found;
}

/** An engine that cannot be asked is the service's failure; its code in front, as a report quotes it. */
function asked<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new FailedBeyond(SERVER_FAILURE, `${error.code} - ${error.message}`);
  }
}

/** The gateway checks arguments itself; a wrong one never reaches the target. */
function validate(
  { attributes }: Gateway,
  tool: Pick<Tool, "description" | "faults">,
  toolArguments: unknown,
  trace: Trace,
): string[] {
  return trace.hop({ name: "argument validation", station: attributes.gatewayArn }, (hop) => {
    const faults = tool.faults(toolArguments);
    const fits = faults.length === 0;
    hop.check(
      "inputSchema",
      fits,
      fits ? {} : { expected: JSON.stringify(tool.description.inputSchema), actual: faults.join("; ") },
    );
    return faults;
  });
}

function search(
  gateway: Gateway,
  toolArguments: unknown,
  isShown: (tool: ToolDescription) => boolean,
  trace: Trace,
): ToolResult {
  const faults = validate(gateway, SEARCH_TOOL, toolArguments, trace);
  if (faults.length > 0) return invalidArguments(faults);
  const tools = searchTools(allTools(gateway).filter(isShown), (toolArguments as { query: string }).query);
  return { content: [{ type: "text", text: JSON.stringify({ tools }) }], isError: false, structuredContent: { tools } };
}

function initialize(gateway: Gateway, params: Parameters): object {
  const { instructions } = gateway.declaration;
  const requested = params["protocolVersion"];
  if (typeof requested !== "string") throw notAText("protocolVersion");
  return {
    protocolVersion: negotiateVersion(gateway.supportedVersions, requested),
    capabilities: capabilities(gateway),
    serverInfo: serverInfo(gateway),
    ...(instructions !== undefined && { instructions }),
  };
}

function capabilities(gateway: Gateway): object {
  return { tools: { listChanged: false }, ...offeredCapabilities(gateway) };
}

function serverInfo({ declaration }: Gateway): object {
  return { name: declaration.name, version: "1.0.0" };
}

function invalidArguments(faults: readonly string[]): ToolResult {
  const list = faults.map((fault) => `\n- ${fault}`).join("");
  const text = `ValidationException - Parameter validation failed: Invalid request parameters:${list}`;
  return { content: [{ type: "text", text }], isError: true };
}

function targetFailure({ declaration }: Gateway, error: Error): ToolResult {
  if (declaration.exceptionLevel !== "DEBUG") {
    return { content: [{ type: "text", text: UNTOLD_FAILURE }], isError: true };
  }
  const text = error.message;
  return { content: [{ type: "text", text }], isError: true, _meta: { debug: { type: "text", text } } };
}
