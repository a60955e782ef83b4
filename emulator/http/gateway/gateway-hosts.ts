// emulator/http/gateway/: gateways as their callers reach them.
import { gatewayHost, PROTECTED_RESOURCE_PATH } from "../../../aws/agentcore/endpoints";
import type { Environment } from "../../cloud/environment";
import type { Gateway, Gateways } from "../../cloud/gateway/gateways";
import type { Interceptors } from "../../cloud/gateway/interceptors";
import {
  FailedBeyond,
  INVALID_PARAMS,
  INVALID_REQUEST,
  JsonRpcError,
  parseJsonRpc,
  type JsonRpcRequest,
  UnknownMethod,
} from "../../cloud/gateway/json-rpc";
import type { McpMethods, Notify } from "../../cloud/gateway/mcp-methods";
import { UnknownResource } from "../../cloud/gateway/offerings";
import { STATELESS_VERSION, UnsupportedVersion } from "../../cloud/gateway/protocol-version";
import { checkMetadata, isStateless, MetadataError } from "../../cloud/gateway/stateless-protocol";
import { HttpRequest, HttpResponse } from "../../cloud/http-message";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network";
import type { FailedCheck } from "../../trace/fixes";
import type { HopRecorder } from "../../trace/hop-record";
import { answerSummary, requestSummary, summarizeAnswer } from "../../trace/summary";
import { jsonRpcError, unknownOperation } from "../answers";
import { misdirected } from "../misdirected";
import { protectedResourceMetadata } from "../protected-resource";
import type { IamAuthorizer } from "../protocols/iam-authorizer";
import { GatewayAuthorizer } from "./gateway-authorizer";
import { streamed } from "./streamed-answer";

/** The hop of a request for what no gateway has. */
const ENDPOINT = "gateway endpoint";

/** `https://{gatewayId}.gateway.bedrock-agentcore.REGION.amazonaws.com/mcp` */
export class GatewayHosts implements HostService {
  readonly payload: PayloadLimit;
  private readonly authorizer: GatewayAuthorizer;

  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
    private readonly methods: McpMethods,
    private readonly interceptors: Interceptors,
    iam: IamAuthorizer,
  ) {
    this.authorizer = new GatewayAuthorizer(iam);
    const bytes = environment.limits.gatewayPayload;
    this.payload = { bytes, refuse: () => refuseOversize(bytes) };
  }

  serves(host: string): boolean {
    return this.find(host) !== undefined;
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const { host, pathname } = request.location;
    const gateway = this.find(host);
    if (!gateway) throw new Error(`No gateway answers at ${host}`);
    if ([PROTECTED_RESOURCE_PATH, `${PROTECTED_RESOURCE_PATH}/mcp`].includes(pathname) && request.method === "GET") {
      return protectedResourceMetadata(gateway.attributes.gatewayUrl, gateway.declaration.customJwtAuthorizer, urls);
    }
    const station = gateway.attributes.gatewayArn;
    if (pathname !== "/mcp") {
      const failed = { check: "path" as const, expected: "/mcp", actual: pathname };
      return misdirected(request, { name: ENDPOINT, station }, failed, unknownOperation());
    }

    const refused = await request.trace.hop(
      { name: "gateway authorizer", station, request: requestSummary(request) },
      async (hop) => {
        const refusal = await this.authorizer.authorize(request, gateway, urls, hop);
        if (refusal) hop.answer(summarizeAnswer(refusal.status, await refusal.text()));
        return refusal;
      },
    );
    if (refused) return refused;
    // Without streaming and sessions there is nothing to GET or DELETE: MCP 2025-11-25, basic/transports.
    if (request.method !== "POST") {
      const answer = new HttpResponse(undefined, { status: 405, headers: { allow: "POST" } });
      const failed = { check: "HTTP method" as const, expected: "POST", actual: request.method };
      return misdirected(request, { name: ENDPOINT, station }, failed, answer);
    }
    const { interceptors } = gateway.declaration;
    return interceptors ? this.intercepted(request, gateway, urls) : this.method(request, gateway, urls);
  }

  /** What is no JSON-RPC is refused before any interceptor sees it; a guess. */
  private async intercepted(request: HttpRequest, gateway: Gateway, urls: UrlMapping): Promise<HttpResponse> {
    const message = readMessage(request);
    if (message === undefined) return this.method(request, gateway, urls);
    try {
      const passed = await this.interceptors.request(gateway, request, request.trace);
      const answer =
        "answer" in passed ? passed.answer : await this.method(withBody(request, passed.body), gateway, urls);
      return await this.interceptors.response(gateway, request, answer, request.trace);
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      return jsonRpcError(error, { id: message.id ?? null });
    }
  }

  private method(request: HttpRequest, gateway: Gateway, urls: UrlMapping): Promise<HttpResponse> {
    const station = gateway.attributes.gatewayArn;
    const answer = (notify?: Notify): Promise<HttpResponse> =>
      request.trace.hop({ name: "MCP method", station, request: requestSummary(request, request.body) }, (hop) =>
        this.answer(request, gateway, urls, hop, notify),
      );
    return isStreaming(gateway, request) ? streamed(answer) : answer();
  }

  private find(host: string): Gateway | undefined {
    const [gatewayId = ""] = host.split(".", 1);
    const gateway = this.gateways.find(gatewayId);
    return gateway && host === gatewayHost(gatewayId, this.environment.region) ? gateway : undefined;
  }

  private async answer(
    request: HttpRequest,
    gateway: Gateway,
    urls: UrlMapping,
    hop: HopRecorder<"MCP method">,
    notify?: Notify,
  ): Promise<HttpResponse> {
    let message: JsonRpcRequest | undefined;
    let stateless = false;
    try {
      message = parseJsonRpc(request.body.toString());
      if (!message) return new HttpResponse(undefined, { status: 202 });
      stateless = gateway.supportedVersions.includes(STATELESS_VERSION) && isStateless(message, request.headers);
      if (stateless) checkMetadata(message, request.headers);
      else checkVersion(request, gateway, message);
      const { id } = message;
      if (id === undefined) return new HttpResponse(undefined, { status: 202 });
      const call = { ...message, id, urls, caller: () => this.authorizer.callerOf(request, gateway) };
      const result = stateless
        ? await this.methods.answerStateless(gateway, call, hop, notify)
        : await this.methods.answer(gateway, call, hop, notify);
      return answerResult(id, result, hop);
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      traceRefusal(error, message, stateless, hop);
      return refusalOf(error, message, stateless);
    }
  }
}

/** Interceptors of answers get other events with streams, which are not imitated: their gateways answer in JSON. */
function isStreaming({ declaration }: Gateway, { headers }: HttpRequest): boolean {
  const { responseStreaming = false, interceptors } = declaration;
  return responseStreaming && !interceptors && (headers.get("accept") ?? "").includes("text/event-stream");
}

function readMessage(request: HttpRequest): JsonRpcRequest | undefined {
  try {
    return parseJsonRpc(request.body.toString());
  } catch (error) {
    if (error instanceof JsonRpcError) return undefined;
    throw error;
  }
}

function withBody({ method, location, headers, trace }: HttpRequest, body: string): HttpRequest {
  return new HttpRequest(method, location, headers, trace, body);
}

function answerResult(id: string | number, result: unknown, hop: HopRecorder<"MCP method">): HttpResponse {
  const body = JSON.stringify({ jsonrpc: "2.0", id, result });
  hop.answer(answerSummary(200, body));
  if (isErrorResult(result)) hop.fail("The result is an error (isError is true).");
  return new HttpResponse(body, { headers: { "content-type": "application/json" } });
}

function isErrorResult(result: unknown): boolean {
  return typeof result === "object" && result !== null && "isError" in result && result.isError === true;
}

/** An unknown method is answered with 404 by 2026-07-28 alone: its "basic/transports/streamable-http". */
function refusalOf(error: JsonRpcError, message: JsonRpcRequest | undefined, stateless: boolean): HttpResponse {
  const { answer, requestId } = error;
  const code = stateless && error instanceof UnknownResource ? INVALID_PARAMS : error.code;
  const body = { code, message: error.message, data: answer.data };
  if (!message) return jsonRpcError(body, { id: requestId, status: 400 });
  const status = answer.status ?? (stateless && error instanceof UnknownMethod ? 404 : 200);
  return jsonRpcError(body, { id: message.id ?? null, status });
}

function traceRefusal(
  error: JsonRpcError,
  message: JsonRpcRequest | undefined,
  stateless: boolean,
  hop: HopRecorder<"MCP method">,
): void {
  if (error instanceof FailedBeyond) return hop.fail(error.message);
  const { check, ...difference } = describeDemand(error, message, stateless);
  hop.check(check, false, { actual: error.message, ...difference });
}

function describeDemand(
  error: JsonRpcError,
  message: JsonRpcRequest | undefined,
  stateless: boolean,
): Omit<FailedCheck<"MCP method">, "actual"> & { actual?: string } {
  if (error instanceof MetadataError) {
    return { check: "request metadata", expected: `headers and _meta of MCP ${STATELESS_VERSION} that agree` };
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

/** What a request without the header counts as: MCP 2025-11-25, basic/transports, and published answers. */
const ASSUMED_VERSION = "2025-03-26";

/**
 * `initialize` is what agrees on a version; the notification after it was seen to pass without one.
 *
 * @throws JsonRpcError
 */
function checkVersion({ headers }: HttpRequest, { supportedVersions }: Gateway, { method }: JsonRpcRequest): void {
  const stated = headers.get("mcp-protocol-version");
  const version = stated ?? ASSUMED_VERSION;
  const isExempt = method === "initialize" || (method === "notifications/initialized" && stated === null);
  if (!isExempt && !supportedVersions.includes(version)) throw new UnsupportedVersion(supportedVersions, version);
}

function refuseOversize(bytes: number): HttpResponse {
  const message = `Invalid request: the payload exceeds the maximum of ${bytes} bytes`;
  return jsonRpcError({ code: INVALID_REQUEST, message }, { id: null, status: 413 });
}
