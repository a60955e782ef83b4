import { dataPlaneHost, PROTECTED_RESOURCE_PATH } from "../../aws/agentcore/endpoints";
import { maskFields } from "../trace/masking";
import { serverOf } from "../trace/stations";
import { requestSummary, summarizeAnswer } from "../trace/summary";
import type { HopRecorder } from "../trace/hop-record";
import type { Environment } from "../cloud/environment";
import { HttpHeaders, HttpResponse, type HttpRequest } from "../cloud/http-message";
import type { TokenVault } from "../cloud/identity/token-vault";
import type { HostService, PayloadLimit, UrlMapping } from "../cloud/network";
import {
  decodeRuntimeArn,
  invocationUrl,
  type AgentRuntime,
  type AgentRuntimes,
} from "../cloud/runtime/agent-runtimes";
import { DEFAULT_ENDPOINT, type AgentRuntimeVersion } from "../cloud/runtime/agent-runtime";
import { containerUrl } from "../cloud/runtime/container-contract";
import { ContainerError, type ContainerRequest } from "../cloud/runtime/container";
import { awsError, jsonRpcError, unknownOperation } from "./answers";
import type { IamAuthorizer } from "./iam-authorizer";
import { misdirected } from "./misdirected";
import { protectedResourceMetadata } from "./protected-resource";
import { AUTHENTICATION_ERROR, MISSING_TOKEN, RuntimeAuthorizer, USER_ID } from "./runtime-authorizer";

const MCP_SESSION_ID = "mcp-session-id";
const RUNTIME_SESSION_ID = "x-amzn-bedrock-agentcore-runtime-session-id";

/** Request headers that reach the container: botocore `bedrock-agentcore/2024-02-28`, `InvokeAgentRuntime`. */
const FORWARDED_HEADERS = [
  "content-type",
  "accept",
  MCP_SESSION_ID,
  "mcp-protocol-version",
  "mcp-method",
  "mcp-name",
  RUNTIME_SESSION_ID,
  USER_ID,
  "x-amzn-trace-id",
  "traceparent",
  "tracestate",
  "baggage",
];

const ENDPOINT = "/runtimes/URL_ENCODED_ARN/invocations";

/** What a request may be wrong in, and what it should have there. */
const ENDPOINT_PARTS = {
  path: ENDPOINT,
  "URL-encoded ARN": ENDPOINT,
  runtime: ENDPOINT,
  qualifier: `${ENDPOINT}?qualifier= with the name of an endpoint`,
  "session id": "33 to 256 characters",
} as const;

/** Characters: botocore `bedrock-agentcore/2024-02-28`, `SessionType`. */
const SESSION_ID_LENGTH = { min: 33, max: 256 };

/**
 * The names under which a container is handed one workload access token: the developer guide has the first, the
 * service's SDK for Python the second too (aws/bedrock-agentcore-sdk-python `runtime/models.py`), users saw all three.
 * For a signed request without a user the platform makes no token.
 */
const WORKLOAD_ACCESS_TOKEN_HEADERS = [
  "workloadaccesstoken",
  "x-amz-bedrock-agentcore-identity-wat",
  "x-amzn-bedrock-agentcore-runtime-workload-accesstoken",
];

/** What a request asks for: a runtime, and of its versions the one behind the endpoint that it names. */
interface Invocation {
  readonly runtime: AgentRuntime;
  /** The endpoint's name. */
  readonly qualifier: string;
  readonly version: AgentRuntimeVersion;
}

/** `POST https://bedrock-agentcore.REGION.amazonaws.com/runtimes/{urlencoded ARN}/invocations` */
export class RuntimeHost implements HostService {
  readonly payload: PayloadLimit;
  private readonly host: string;
  private readonly authorizer: RuntimeAuthorizer;

  constructor(
    private readonly environment: Environment,
    private readonly runtimes: AgentRuntimes,
    private readonly vault: TokenVault,
    iam: IamAuthorizer,
  ) {
    this.host = dataPlaneHost(environment.region);
    this.authorizer = new RuntimeAuthorizer(environment, iam);
    const bytes = environment.limits.runtimePayload;
    this.payload = { bytes, refuse: () => refuseOversize(bytes) };
  }

  serves(host: string): boolean {
    return host === this.host;
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const { pathname } = request.location;
    const [, collection, encodedArn, operation, ...rest] = pathname.split("/");
    const isMetadata = `/${rest.join("/")}` === PROTECTED_RESOURCE_PATH;
    if (collection !== "runtimes" || encodedArn === undefined)
      return this.misdirected(request, "path", unknownOperation());
    if (rest.length > 0 && !isMetadata) {
      return this.misdirected(request, encodedArn.startsWith("arn:") ? "URL-encoded ARN" : "path", unknownOperation());
    }
    if (operation === undefined) {
      return this.misdirected(
        request,
        "path",
        jsonRpcError({ code: AUTHENTICATION_ERROR, message: MISSING_TOKEN }, { status: 401 }),
      );
    }
    if (operation !== "invocations") return this.misdirected(request, "path", unknownOperation());

    const arn = decodeRuntimeArn(encodedArn);
    const found = this.find(arn, request.location);
    if (found instanceof HttpResponse)
      return this.misdirected(request, this.runtimes.find(arn) ? "qualifier" : "runtime", found);
    if (isMetadata) return request.method === "GET" ? this.metadata(found, urls) : unknownOperation(405);
    return request.method === "POST" ? this.invoke(request, found, urls) : unknownOperation(405);
  }

  /** A request that reaches no runtime as it is; the one that it names is shown as its station. */
  private misdirected(
    request: HttpRequest,
    check: keyof typeof ENDPOINT_PARTS,
    answer: HttpResponse,
  ): Promise<HttpResponse> {
    const { pathname, search } = request.location;
    const meant = this.runtimes
      .all()
      .find(({ attributes }) => decodeRuntimeArn(pathname).includes(attributes.agentRuntimeArn));
    const endpoint = { name: "runtime endpoint" as const, station: meant?.attributes.agentRuntimeArn };
    const actual =
      check === "session id" ? request.headers.get(RUNTIME_SESSION_ID) : maskFields(`${pathname}${search}`);
    return misdirected(request, endpoint, { check, expected: ENDPOINT_PARTS[check], actual: actual ?? "" }, answer);
  }

  private find(arn: string, location: URL): Invocation | HttpResponse {
    if (!arn.startsWith("arn:") && !location.searchParams.has("accountId"))
      return awsError(400, "ValidationException", "accountID is required");
    const asked = location.search === "" ? null : location.searchParams.get("qualifier");
    const qualifier = asked ?? DEFAULT_ENDPOINT;
    const runtime = this.runtimes.find(arn);
    const version = runtime?.versionBehind(qualifier);
    if (runtime && version) return { runtime, qualifier, version };
    return awsError(
      404,
      "ResourceNotFoundException",
      `No endpoint or agent found with qualifier '${qualifier}' for agent '${arn}'`,
    );
  }

  private metadata({ runtime, version }: Invocation, urls: UrlMapping): HttpResponse {
    const resource = invocationUrl(this.environment, runtime.attributes.agentRuntimeArn);
    return protectedResourceMetadata(resource, version.declaration.customJwtAuthorizer, urls);
  }

  private async invoke(
    request: HttpRequest,
    { runtime, qualifier, version }: Invocation,
    urls: UrlMapping,
  ): Promise<HttpResponse> {
    const { agentRuntimeArn } = runtime.identity;
    const start = { name: "runtime authorizer" as const, station: agentRuntimeArn, request: requestSummary(request) };
    const refused = await request.trace.hop(start, async (hop) => {
      const called = { agentRuntimeArn, qualifier, authorizer: version.authorizer };
      const refusal = await this.authorizer.authorize(request, called, urls, hop);
      if (refusal) hop.answer(summarizeAnswer(refusal.status, await refusal.text()));
      return refusal;
    });
    if (refused) return refused;
    const faultySession = refuseSessionId(request.headers.get(RUNTIME_SESSION_ID));
    return faultySession
      ? this.misdirected(request, "session id", faultySession)
      : this.callContainer(request, runtime, version);
  }

  private callContainer(
    request: HttpRequest,
    { identity }: AgentRuntime,
    version: AgentRuntimeVersion,
  ): Promise<HttpResponse> {
    const { agentRuntimeArn, agentRuntimeId } = identity;
    const headers = this.containerHeaders(request, agentRuntimeId, version);
    const shown = requestSummary(
      { method: "POST", url: containerUrl(version.declaration.serverProtocol).href, headers: new HttpHeaders(headers) },
      request.body,
    );
    const start = { name: "MCP server" as const, station: serverOf(agentRuntimeArn), request: shown };
    return request.trace.hop(start, (hop) => this.forward({ headers, body: request.body }, version, hop));
  }

  private async forward(
    request: ContainerRequest,
    { container }: AgentRuntimeVersion,
    hop: HopRecorder<"MCP server">,
  ): Promise<HttpResponse> {
    try {
      const response = await container.post(request);
      hop.check("HTTP status", response.ok, { expected: "2xx", actual: String(response.status) });
      hop.answer(summarizeAnswer(response.status));
      // The platform hands the session id back whether the server speaks of it or not (same contract).
      for (const name of [MCP_SESSION_ID, RUNTIME_SESSION_ID]) {
        const id = request.headers[name];
        if (id !== undefined && !response.headers.has(name)) response.headers.set(name, id);
      }
      return response;
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      hop.check(error.reason, false, { expected: this.demandOf(error), actual: error.message });
      hop.fail(error.message);
      if (error.reason === "initialization") {
        return awsError(424, "RuntimeClientError", "Runtime initialization time exceeded.");
      }
      return awsError(
        424,
        "RuntimeClientError",
        "Runtime client error - Please check your CloudWatch logs for more information",
      );
    }
  }

  private demandOf({ reason }: ContainerError): string {
    const { runtimeInitialization, invocation, runtimePayload } = this.environment.limits;
    switch (reason) {
      case "start":
        return "a process that runs";
      case "initialization":
        return `a server that listens within ${runtimeInitialization / 1000} s`;
      case "answer":
        return `an answer within ${invocation / 1000} s and ${runtimePayload} bytes`;
    }
  }

  private containerHeaders(
    request: HttpRequest,
    workload: string,
    { authorizer, declaration }: AgentRuntimeVersion,
  ): Record<string, string> {
    const headers: Record<string, string> = {};
    copyFields(request.headers, FORWARDED_HEADERS, headers);
    copyFields(
      request.headers,
      declaration.requestHeaderAllowlist.map((name) => name.toLowerCase()),
      headers,
    );
    // A stateless server is given a session id all the same (developer guide, "runtime-mcp-protocol-contract"), but a
    // stateful one gives its own as the session begins (awslabs/agentcore-samples#1449).
    if (!isInitialize(request)) headers[MCP_SESSION_ID] ??= this.environment.random.uuid();
    const isWithoutUser = !authorizer && !request.headers.has(USER_ID);
    if (isWithoutUser) return headers;
    const token = this.vault.issueWorkloadAccessToken(workload);
    for (const name of WORKLOAD_ACCESS_TOKEN_HEADERS) headers[name] = token;
    return headers;
  }
}

/** Reads the body only where it may be. */
function isInitialize(request: HttpRequest): boolean {
  if (request.headers.has(MCP_SESSION_ID) || !request.body.includes('"initialize"')) return false;
  const message = request.json();
  return typeof message === "object" && message !== null && "method" in message && message.method === "initialize";
}

function copyFields(from: HttpHeaders, names: readonly string[], to: Record<string, string>): void {
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) to[name] = value;
  }
}

function refuseSessionId(id: string | null): HttpResponse | undefined {
  const { min, max } = SESSION_ID_LENGTH;
  if (id === null || (id.length >= min && id.length <= max)) return undefined;
  const bound = id.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  const message = `Value '${id}' at 'runtimeSessionId' failed to satisfy constraint: Member must have length ${bound}`;
  return awsError(400, "ValidationException", `1 validation error detected: ${message}`);
}

function refuseOversize(bytes: number): HttpResponse {
  const message = `Value at 'payload' failed to satisfy constraint: Member must have length less than or equal to ${bytes}`;
  return awsError(400, "ValidationException", message);
}
