// emulator/http/gateway/: gateways as their callers reach them.
import { ASSUMED_VERSION, STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { gatewayHost, PROTECTED_RESOURCE_PATH } from "../../../aws/agentcore/endpoints";
import type { Environment } from "../../cloud/environment";
import { declaredCapabilities } from "../../cloud/gateway/protocol/declared-capabilities";
import type { Gateway, Gateways } from "../../cloud/gateway/gateways";
import { type GatewaySession, GatewaySessions, SESSION_HEADER } from "../../cloud/gateway/gateway-sessions";
import type { Interceptors, PassedRequest, StreamedEvent } from "../../cloud/gateway/interceptors/interceptors";
import { parseJsonRpc, type JsonRpcRequest, type JsonRpcResponse } from "../../cloud/gateway/protocol/json-rpc";
import {
  CancelledRequest,
  FailedBeyond,
  INVALID_PARAMS,
  INVALID_REQUEST,
  JsonRpcError,
  type JsonRpcId,
  MetadataError,
  SessionError,
  UnknownMethod,
  UnknownResource,
  UnsupportedVersion,
} from "../../cloud/gateway/protocol/json-rpc-errors";
import type { McpMethods } from "../../cloud/gateway/mcp-methods";
import type { Incoming } from "../../cloud/gateway/outbound/passed-on";
import { checkMetadata, isStateless } from "../../cloud/gateway/protocol/stateless-protocol";
import type { PolicyCaller } from "../../cloud/gateway/tool-policy";
import { HttpHeaders, HttpRequest, HttpResponse, isStream } from "../../cloud/network/http-message";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network/network";
import { type Eventual, goOn } from "../../eventual";
import type { FailedCheck } from "../../trace/fixes";
import type { HopRecorder } from "../../trace/hop-record";
import { answerSummary, requestSummary } from "../../trace/summary";
import { jsonRpcError, unknownOperation } from "../answers";
import { misdirected, traced } from "../misdirected";
import { protectedResourceMetadata } from "../protected-resource";
import type { IamAuthorizer } from "../protocols/iam-authorizer";
import { GatewayAuthorizer } from "./gateway-authorizer";
import { HttpTargets, TARGET_PATH } from "./http-targets";
import { rateLimited } from "./rate-limited";
import { type AnswerStream, type Interception, streamed } from "./streamed-answer";

/** The hop of a request for what no gateway has. */
const ENDPOINT = "gateway endpoint";

/** `https://{gatewayId}.gateway.bedrock-agentcore.REGION.amazonaws.com/mcp`, or with the names of HTTP targets */
export class GatewayHosts implements HostService {
  readonly payload: PayloadLimit;
  /** What follows the id of a gateway in its host. */
  private readonly domain: string;
  private readonly authorizer: GatewayAuthorizer;
  private readonly sessions: GatewaySessions;

  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
    private readonly methods: McpMethods,
    private readonly interceptors: Interceptors,
    private readonly httpTargets: HttpTargets,
    iam: IamAuthorizer,
  ) {
    this.authorizer = new GatewayAuthorizer(iam);
    this.sessions = new GatewaySessions(environment);
    this.domain = gatewayHost("", environment.region);
    const bytes = environment.limits.gatewayPayload;
    this.payload = { bytes, refuse: () => refuseOversize(bytes) };
  }

  serves(host: string): boolean {
    return this.find(host) !== undefined;
  }

  handle(request: HttpRequest, urls: UrlMapping): Eventual<HttpResponse> {
    const { host, pathname } = request.location;
    const gateway = this.find(host);
    if (!gateway) throw new Error(`No gateway answers at ${host}`);
    if (request.method === "GET" && [PROTECTED_RESOURCE_PATH, `${PROTECTED_RESOURCE_PATH}/mcp`].includes(pathname)) {
      return protectedResourceMetadata(gateway.attributes.gatewayUrl, gateway.declaration.customJwtAuthorizer, urls);
    }
    const station = gateway.attributes.gatewayArn;
    const isHttp = gateway.declaration.protocolType === undefined;
    if (isHttp ? !HttpTargets.knows(pathname) : pathname !== "/mcp") {
      const failed = { check: "path" as const, expected: isHttp ? TARGET_PATH : "/mcp", actual: pathname };
      return misdirected(request, { name: ENDPOINT, station }, failed, unknownOperation());
    }

    const refused = request.trace.hop(
      { name: "gateway authorizer", station, request: requestSummary(request) },
      (hop) =>
        goOn(this.authorizer.authorize(request, gateway, urls, hop), (refusal) => refusal && traced(refusal, hop)),
    );
    return goOn(refused, (refusal) => refusal ?? this.authorized(request, gateway, urls));
  }

  private authorized(request: HttpRequest, gateway: Gateway, urls: UrlMapping): Promise<HttpResponse> {
    const station = gateway.attributes.gatewayArn;
    const keepsSessions = gateway.declaration.sessionTimeout !== undefined;
    if (keepsSessions && request.method === "DELETE") return this.endSession(request, gateway);
    // Nothing is told but in answers, so that there is nothing to GET: MCP 2025-11-25, basic/transports.
    if (request.method !== "POST") {
      const allow = keepsSessions ? "POST, DELETE" : "POST";
      const answer = new HttpResponse(undefined, { status: 405, headers: { allow } });
      const failed = { check: "HTTP method" as const, expected: "POST", actual: request.method };
      return misdirected(request, { name: ENDPOINT, station }, failed, answer);
    }
    if (gateway.rateLimits.length === 0) return this.admitted(request, gateway, urls);
    const of = { caller: this.authorizer.callerOf(request, gateway), now: this.environment.clock.now() };
    return rateLimited(request, gateway, of, () => this.admitted(request, gateway, urls));
  }

  private admitted(request: HttpRequest, gateway: Gateway, urls: UrlMapping): Promise<HttpResponse> {
    const { protocolType, interceptors } = gateway.declaration;
    if (protocolType === undefined) {
      return this.httpTargets.call(request, gateway, this.authorizer.shownBy(request, gateway));
    }
    return interceptors ? this.intercepted(request, gateway, urls) : this.method(request, gateway, urls);
  }

  /** What is no JSON-RPC is refused before any interceptor sees it; a guess. */
  private async intercepted(request: HttpRequest, gateway: Gateway, urls: UrlMapping): Promise<HttpResponse> {
    const message = readMessage(request);
    if (message === undefined) return this.method(request, gateway, urls);
    try {
      const passed = await this.interceptors.request(gateway, request, request.trace);
      const requestId = message.id ?? null;
      const show = (event: StreamedEvent) => this.interceptors.event(gateway, request, event, request.trace);
      const answer =
        "answer" in passed
          ? passed.answer
          : await this.passedMethod(request, gateway, urls, { ...passed, interception: { requestId, show } });
      if (isStream(answer.body)) return answer;
      return withSession(await this.interceptors.response(gateway, request, answer, request.trace), answer);
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      return jsonRpcError(error, { id: message.id ?? null });
    }
  }

  /** An interceptor's Authorization is for targets alone, its other headers count as the caller's. */
  private passedMethod(
    request: HttpRequest,
    gateway: Gateway,
    urls: UrlMapping,
    { body, headers, interception }: PassedRequest & { readonly interception: Interception },
  ): Promise<HttpResponse> {
    const { authorization, ...others } = headers;
    const { method, location, trace, workload, peer } = request;
    const fields = new HttpHeaders({ ...request.headers.toRecord(), ...others });
    return this.method(new HttpRequest(method, location, fields, trace, body, workload, peer), gateway, urls, {
      authorization,
      interception,
    });
  }

  private method(
    request: HttpRequest,
    gateway: Gateway,
    urls: UrlMapping,
    { authorization, interception }: { readonly authorization?: string; readonly interception?: Interception } = {},
  ): Promise<HttpResponse> {
    const station = gateway.attributes.gatewayArn;
    const { headers, location } = request;
    const incoming = { headers, location, authorization, shown: {} };
    const answer = (listener?: AnswerStream): Promise<HttpResponse> =>
      request.trace.hop({ name: "MCP method", station, request: requestSummary(request, request.body) }, (hop) =>
        this.answer(request, gateway, hop, { urls, incoming, listener }),
      );
    return isStreaming(gateway, request) ? streamed(answer, incoming.shown, interception) : answer();
  }

  /** The client needs its session no more: MCP 2025-11-25, basic/transports. */
  private async endSession(request: HttpRequest, gateway: Gateway): Promise<HttpResponse> {
    const station = gateway.attributes.gatewayArn;
    return request.trace.hop({ name: "MCP method", station, request: requestSummary(request) }, async (hop) => {
      try {
        this.sessions.end(gateway, this.sessionOf(request, gateway));
        return new HttpResponse(undefined, { status: 204 });
      } catch (error) {
        if (!(error instanceof JsonRpcError)) throw error;
        traceRefusal(error, undefined, false, hop);
        return refusalOf(error, undefined, false);
      }
    });
  }

  private sessionOf(request: HttpRequest, gateway: Gateway): GatewaySession {
    const id = request.headers.get(SESSION_HEADER);
    return this.sessions.find(gateway, id, this.authorizer.callerOf(request, gateway));
  }

  private find(host: string): Gateway | undefined {
    return host.endsWith(this.domain) ? this.gateways.find(host.slice(0, -this.domain.length)) : undefined;
  }

  private async answer(
    request: HttpRequest,
    gateway: Gateway,
    hop: HopRecorder<"MCP method">,
    { urls, incoming, listener }: Answering,
  ): Promise<HttpResponse> {
    let message: JsonRpcRequest | undefined;
    let stateless = false;
    try {
      const received = parseJsonRpc(request.body);
      if (!("method" in received)) return this.takeResponse(request, gateway, received);
      message = received;
      stateless = gateway.supportedVersions.includes(STATELESS_VERSION) && isStateless(message, request.headers);
      if (stateless) checkMetadata(message, request.headers);
      else checkVersion(request, gateway, message);
      const keepsSession = !stateless && gateway.declaration.sessionTimeout !== undefined;
      const session = keepsSession && message.method !== "initialize" ? this.sessionOf(request, gateway) : undefined;
      const { id, method, params } = message;
      if (id === undefined) {
        if (message.method === "notifications/cancelled") session?.cancel(message.params?.["requestId"]);
        return new HttpResponse(undefined, { status: 202 });
      }
      // Who leaves cancels in 2026-07-28 ("basic/patterns/cancellation"), and does not before (2025-11-25, "basic/transports").
      const signal = stateless ? request.peer?.gone : undefined;
      const as = { session, incoming, listener, signal };
      const version = stateless ? STATELESS_VERSION : versionOf(request);
      const caller = () => this.authorizer.callerOf(request, gateway);
      const call = { id, method, params, version, urls, caller, as };
      const result = stateless
        ? await this.methods.answerStateless(gateway, call, hop)
        : await this.methods.answer(gateway, call, hop);
      if (keepsSession && !session) incoming.shown[SESSION_HEADER] = this.openSession(gateway, call, result);
      return answerResult(id, result, incoming.shown, hop);
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      listener?.refuse();
      if (error instanceof CancelledRequest) listener?.drop();
      traceRefusal(error, message, stateless, hop);
      return refusalOf(error, message, stateless);
    }
  }

  /** @returns the id of the session that `initialize` begins */
  private openSession(
    gateway: Gateway,
    { params, caller }: Pick<JsonRpcRequest, "params"> & { readonly caller: () => PolicyCaller },
    result: object,
  ): string {
    const { sessionTimeout = 0, responseStreaming } = gateway.declaration;
    const version = "protocolVersion" in result ? String(result.protocolVersion) : "";
    // Without streams there is nothing to ask the client in.
    const capabilities = responseStreaming ? declaredCapabilities(params?.["capabilities"], version) : {};
    return this.sessions.open(gateway, caller(), sessionTimeout, capabilities).id;
  }

  /** The answer to a question of a target's. A gateway without sessions asks nobody, and has no use for it. */
  private takeResponse(request: HttpRequest, gateway: Gateway, response: JsonRpcResponse): HttpResponse {
    if (gateway.declaration.sessionTimeout !== undefined) this.sessionOf(request, gateway).answer(response);
    return new HttpResponse(undefined, { status: 202 });
  }
}

/** What a request is answered with. */
interface Answering {
  readonly urls: UrlMapping;
  readonly incoming: Incoming;
  /** Left out where the answer is no stream. */
  readonly listener: AnswerStream | undefined;
}

function isStreaming({ declaration: { responseStreaming = false } }: Gateway, { headers }: HttpRequest): boolean {
  return responseStreaming && (headers.get("accept") ?? "").includes("text/event-stream");
}

function readMessage(request: HttpRequest): { readonly id?: JsonRpcId | undefined } | undefined {
  try {
    return parseJsonRpc(request.body);
  } catch (error) {
    if (error instanceof JsonRpcError) return undefined;
    throw error;
  }
}

/** A session's id reaches its client, whatever an interceptor makes of the answer. */
function withSession(shown: HttpResponse, { headers }: HttpResponse): HttpResponse {
  const id = headers.get(SESSION_HEADER);
  if (id !== null) shown.headers.set(SESSION_HEADER, id);
  return shown;
}

function answerResult(
  id: JsonRpcId,
  result: unknown,
  shown: Readonly<Record<string, string>>,
  hop: HopRecorder<"MCP method">,
): HttpResponse {
  const body = JSON.stringify({ jsonrpc: "2.0", id, result });
  hop.answer(answerSummary(200, body));
  if (isErrorResult(result)) hop.fail("The result is an error (isError is true).");
  return new HttpResponse(body, { headers: { ...shown, "content-type": "application/json" } });
}

function isErrorResult(result: unknown): boolean {
  return typeof result === "object" && result !== null && "isError" in result && result.isError === true;
}

/** An unknown method is answered with 404 by 2026-07-28 alone: its "basic/transports/streamable-http". */
function refusalOf(error: JsonRpcError, message: JsonRpcRequest | undefined, stateless: boolean): HttpResponse {
  const { answer, requestId } = error;
  const code = stateless && error instanceof UnknownResource ? INVALID_PARAMS : error.code;
  const body = { code, message: error.message, data: answer.data };
  if (!message) return jsonRpcError(body, { id: requestId, status: answer.status ?? 400 });
  const status = answer.status ?? (stateless && error instanceof UnknownMethod ? 404 : 200);
  return jsonRpcError(body, { id: message.id ?? null, status });
}

function traceRefusal(
  error: JsonRpcError,
  message: JsonRpcRequest | undefined,
  stateless: boolean,
  hop: HopRecorder<"MCP method">,
): void {
  if (error instanceof FailedBeyond || error instanceof CancelledRequest) return hop.fail(error.message);
  const { check, ...difference } = describeDemand(error, message, stateless);
  hop.check(check, false, { actual: error.message, ...difference });
}

function describeDemand(
  error: JsonRpcError,
  message: JsonRpcRequest | undefined,
  stateless: boolean,
): Omit<FailedCheck<"MCP method">, "actual"> & { actual?: string } {
  if (error instanceof MetadataError) {
    return { check: "request metadata", expected: `headers of MCP ${STATELESS_VERSION} that agree with the body` };
  }
  if (error instanceof SessionError) {
    return { check: "Mcp-Session-Id", expected: "the id of a session of this caller's that has not ended" };
  }
  if (error instanceof UnsupportedVersion) {
    return { check: "MCP-Protocol-Version", expected: error.supported, actual: error.version };
  }
  if (error instanceof UnknownMethod) {
    const first = stateless ? "server/discover" : "initialize, ping";
    return { check: "method", expected: `${first}, or a method of tools, prompts or resources` };
  }
  return message
    ? { check: "parameters", expected: "the method's parameters, with names and cursors from the lists" }
    : { check: "JSON-RPC message", expected: "one JSON-RPC 2.0 request or notification" };
}

function versionOf({ headers }: HttpRequest): string {
  return headers.get("mcp-protocol-version") ?? ASSUMED_VERSION;
}

/**
 * `initialize` is what agrees on a version; the notification after it was seen to pass without one.
 *
 * @throws JsonRpcError
 */
function checkVersion(request: HttpRequest, { supportedVersions }: Gateway, { method }: JsonRpcRequest): void {
  const version = versionOf(request);
  const isUnstated = !request.headers.has("mcp-protocol-version");
  const isExempt = method === "initialize" || (method === "notifications/initialized" && isUnstated);
  if (!isExempt && !supportedVersions.includes(version)) throw new UnsupportedVersion(supportedVersions, version);
}

function refuseOversize(bytes: number): HttpResponse {
  const message = `Invalid request: the payload exceeds the maximum of ${bytes} bytes`;
  return jsonRpcError({ code: INVALID_REQUEST, message }, { id: null, status: 413 });
}
