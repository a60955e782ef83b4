import { serverOf } from "../trace/stations";
import { beginningOf, summarizeAnswer, summarizeRequest } from "../trace/summary";
import type { HopRecorder } from "../trace/tracer";
import type { Environment } from "../cloud/environment";
import type { JwtRefusal } from "../cloud/jwt-authorizer";
import type { HostService, UrlMapping } from "../cloud/network";
import { decodeRuntimeArn, type AgentRuntime, type AgentRuntimes } from "../cloud/runtime/agent-runtimes";
import { ContainerError } from "../cloud/runtime/container";
import { jsonRpcError, unknownOperation } from "./answers";

/** Request headers that reach the container: botocore `bedrock-agentcore/2024-02-28`, `InvokeAgentRuntime`. */
const FORWARDED_HEADERS = [
  "content-type",
  "accept",
  "mcp-session-id",
  "mcp-protocol-version",
  "mcp-method",
  "mcp-name",
  "x-amzn-bedrock-agentcore-runtime-session-id",
  "x-amzn-bedrock-agentcore-runtime-user-id",
  "x-amzn-trace-id",
  "traceparent",
  "tracestate",
  "baggage",
];

const AUTHENTICATION_ERROR = -32001;
const MISSING_TOKEN = "Missing Authentication Token";
const METHOD_MISMATCH =
  "Authorization method mismatch. The agent is configured for a different authorization method than what was used in " +
  "your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)";

/** Where a container is called on AWS (developer guide, "runtime-mcp-protocol-contract"); here it listens elsewhere. */
const CONTAINER_URL = "http://0.0.0.0:8000/mcp";

interface ContainerRequest {
  readonly headers: Headers;
  readonly body: ArrayBuffer;
}

/** `POST https://bedrock-agentcore.REGION.amazonaws.com/runtimes/{urlencoded ARN}/invocations` */
export class RuntimeHost implements HostService {
  private readonly host: string;

  constructor(
    private readonly environment: Environment,
    private readonly runtimes: AgentRuntimes,
  ) {
    this.host = `bedrock-agentcore.${environment.region}.amazonaws.com`;
  }

  serves(host: string): boolean {
    return host === this.host;
  }

  async handle(request: Request, urls: UrlMapping): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, collection, encodedArn, operation, ...rest] = pathname.split("/");
    if (collection !== "runtimes" || encodedArn === undefined) return this.misdirected(request, "path", unknownOperation());
    if (rest.length > 0) return this.misdirected(request, encodedArn.startsWith("arn:") ? "URL-encoded ARN" : "path", unknownOperation());
    if (operation === undefined) {
      return this.misdirected(request, "path", jsonRpcError({ code: AUTHENTICATION_ERROR, message: MISSING_TOKEN }, { status: 401 }));
    }
    if (operation !== "invocations") return this.misdirected(request, "path", unknownOperation());
    if (request.method !== "POST") return unknownOperation(405);
    return this.invoke(request, encodedArn, urls);
  }

  /** A request that no runtime is found for; the endpoint is a hop of its own then. */
  private misdirected(request: Request, check: string, answer: Response): Promise<Response> {
    const { pathname } = new URL(request.url);
    const meant = this.runtimes.all().find(({ attributes }) => decodeRuntimeArn(pathname).includes(attributes.agentRuntimeArn));
    const station = meant?.attributes.agentRuntimeArn;
    return this.environment.tracer.hop({ name: "runtime endpoint", station, request: summarizeRequest(request) }, async (hop) => {
      hop.check(check, false, { expected: "/runtimes/URL_ENCODED_ARN/invocations", actual: pathname });
      hop.answer(summarizeAnswer(answer.status, await answer.clone().text()));
      return answer;
    });
  }

  private async invoke(request: Request, encodedArn: string, urls: UrlMapping): Promise<Response> {
    const arn = decodeRuntimeArn(encodedArn);
    if (!arn.startsWith("arn:")) {
      const { searchParams } = new URL(request.url);
      if (!searchParams.has("accountId")) {
        return this.misdirected(request, "runtime", awsError(400, "ValidationException", "accountID is required"));
      }
    }
    const runtime = this.runtimes.find(arn);
    if (!runtime) {
      const message = `No endpoint or agent found with qualifier 'DEFAULT' for agent '${arn}'`;
      return this.misdirected(request, "runtime", awsError(404, "ResourceNotFoundException", message));
    }
    const station = runtime.attributes.agentRuntimeArn;
    const start = { name: "runtime authorizer", station, request: summarizeRequest(request) };
    const refused = await this.environment.tracer.hop(start, async (hop) => {
      const refusal = await this.authorize(request, runtime, urls, hop);
      if (refusal) hop.answer(summarizeAnswer(refusal.status, await refusal.clone().text()));
      return refusal;
    });
    return refused ?? this.callContainer(request, runtime);
  }

  private async callContainer(request: Request, runtime: AgentRuntime): Promise<Response> {
    const headers = this.containerHeaders(request, runtime);
    const body = await request.arrayBuffer();
    const start = {
      name: "MCP server",
      station: serverOf(runtime.attributes.agentRuntimeArn),
      request: summarizeRequest(new Request(CONTAINER_URL, { method: "POST", headers }), beginningOf(body)),
    };
    return this.environment.tracer.hop(start, (hop) => this.forward({ headers, body }, runtime, hop));
  }

  private async authorize(
    request: Request,
    runtime: AgentRuntime,
    urls: UrlMapping,
    hop: HopRecorder,
  ): Promise<Response | undefined> {
    const authorization = request.headers.get("authorization") ?? "";
    const scheme = authorization.split(" ", 1)[0]?.toLowerCase() ?? "";
    if (!runtime.authorizer) return refuseWithoutAuthorizer(scheme, hop);

    const header = "an Authorization header";
    if (!hop.check("bearer token", authorization !== "", { expected: header, actual: authorization === "" ? "none" : header })) {
      return this.unauthorized(runtime, urls, MISSING_TOKEN);
    }
    if (!hop.check("authorization method", scheme === "bearer", { expected: "OAuth", actual: scheme === "bearer" ? "OAuth" : scheme })) {
      return awsError(403, "AccessDeniedException", METHOD_MISMATCH);
    }
    const refusal = await runtime.authorizer.refusal(authorization.slice("bearer ".length).trim(), hop);
    return refusal && this.unauthorized(runtime, urls, describeRefusal(refusal));
  }

  private unauthorized({ attributes }: AgentRuntime, urls: UrlMapping, message: string): Response {
    const resource = urls(`https://${this.host}/runtimes/${encodeURIComponent(attributes.agentRuntimeArn)}/invocations`);
    const metadata = `${resource}/.well-known/oauth-protected-resource?qualifier=DEFAULT`;
    const headers = { "www-authenticate": `Bearer resource_metadata="${metadata}"` };
    return jsonRpcError({ code: AUTHENTICATION_ERROR, message }, { status: 401, headers });
  }

  private async forward(request: ContainerRequest, runtime: AgentRuntime, hop: HopRecorder): Promise<Response> {
    try {
      const base = await runtime.container.url();
      const response = await fetch(`${base}/mcp`, { method: "POST", ...request });
      hop.check("HTTP status", response.ok, { expected: "2xx", actual: String(response.status) });
      hop.answer(summarizeAnswer(response.status));
      return new Response(response.body, { status: response.status, headers: answerHeaders(response) });
    } catch (error) {
      const message = describeFailure(error);
      if (message === undefined) throw error;
      hop.fail(message);
      if (error instanceof ContainerError && error.reason === "initialization-timeout") {
        return awsError(424, "RuntimeClientError", "Runtime initialization time exceeded.");
      }
      return awsError(424, "RuntimeClientError", "Runtime client error - Please check your CloudWatch logs for more information");
    }
  }

  private containerHeaders(request: Request, { declaration }: AgentRuntime): Headers {
    const headers = new Headers();
    const allowed = [...FORWARDED_HEADERS, ...declaration.requestHeaderAllowlist.map((name) => name.toLowerCase())];
    for (const name of allowed) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    // A stateless server is given a session id all the same (developer guide, "runtime-mcp-protocol-contract").
    if (!headers.has("mcp-session-id")) headers.set("mcp-session-id", this.environment.random.uuid());
    return headers;
  }
}

function refuseWithoutAuthorizer(scheme: string, hop: HopRecorder): Response {
  if (scheme === "bearer") {
    hop.check("authorization method", false, { expected: "SigV4", actual: "OAuth" });
    return awsError(403, "AccessDeniedException", METHOD_MISMATCH);
  }
  hop.check("SigV4 signature", false, { expected: "a signed request", actual: scheme || "no Authorization" });
  const message = scheme === "" ? MISSING_TOKEN : "Calls signed with SigV4 are not emulated.";
  return awsError(403, "AccessDeniedException", message);
}

function describeRefusal(refusal: JwtRefusal): string {
  switch (refusal.reason) {
    case "claim":
      return `OAuth authorization failed: Claim '${refusal.claim}' value mismatch with configuration`;
    case "issuer":
      return "OAuth authorization failed: Claim 'iss' value mismatch with configuration";
    case "expired":
      return "Token has expired";
    case "signature":
      return "OAuth authorization failed: Invalid token signature";
    case "malformed":
      return "OAuth authorization failed: Failed to parse token";
    case "discovery":
      return "OAuth authorization failed: Failed to retrieve the discovery document";
  }
}

/** @returns undefined for an error that is none of the container's. */
function describeFailure(error: unknown): string | undefined {
  if (error instanceof ContainerError) return error.message;
  if (!(error instanceof TypeError)) return undefined;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "date"];

function answerHeaders(response: Response): Headers {
  const headers = new Headers(response.headers);
  HOP_BY_HOP.forEach((name) => headers.delete(name));
  return headers;
}

function awsError(status: number, code: string, message: string): Response {
  return Response.json({ message }, { status, headers: { "x-amzn-errortype": code } });
}
