import { PassThrough } from "node:stream";

import { FORWARDED_HEADERS } from "../../../aws/agentcore/container-headers";
import { readAuthorization } from "../../authorization-header";
import type { Environment } from "../../cloud/environment";
import { HttpHeaders, type HttpRequest, HttpResponse, isStream } from "../../cloud/network/http-message";
import type { TokenVault } from "../../cloud/identity/token-vault";
import type { WorkloadUser } from "../../cloud/identity/workload-user";
import type { AgentRuntimeVersion } from "../../cloud/runtime/agent-runtime";
import type { AgentRuntime } from "../../cloud/runtime/agent-runtimes";
import { containerUrl } from "../../cloud/runtime/container-contract";
import { ContainerError } from "../../cloud/runtime/server-run";
import type { HopRecorder } from "../../trace/hop-record";
import { serverOf } from "../../trace/stations";
import { requestSummary, summarizeAnswer } from "../../trace/summary";
import { awsError } from "../answers";
import { USER_ID } from "./runtime-authorizer";

type ContainerHop = "MCP server" | "agent";

const INITIALIZATION_EXCEEDED = "Runtime initialization time exceeded.";
const CLIENT_ERROR = "Runtime client error - Please check your CloudWatch logs for more information";

const MCP_SESSION_ID = "mcp-session-id";
export const RUNTIME_SESSION_ID = "x-amzn-bedrock-agentcore-runtime-session-id";

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

/** Hands requests that are authorized on to a runtime's container, with the headers of the platform, and answers for it. */
export class ContainerCall {
  constructor(
    private readonly environment: Environment,
    private readonly vault: TokenVault,
  ) {}

  /** @returns what the container answers, or what the platform says where it does not */
  call(request: HttpRequest, { identity }: AgentRuntime, version: AgentRuntimeVersion): Promise<HttpResponse> {
    const { agentRuntimeArn, agentRuntimeId } = identity;
    const headers = this.containerHeaders(request, agentRuntimeId, version);
    const shown = requestSummary(
      { method: "POST", url: containerUrl(version.declaration.serverProtocol).href, headers: new HttpHeaders(headers) },
      request.body,
    );
    const name = version.declaration.serverProtocol === "MCP" ? ("MCP server" as const) : ("agent" as const);
    const start = { name, station: serverOf(agentRuntimeArn), request: shown };
    // An MCP server notices who leaves (MCP 2026-07-28, "basic/patterns/cancellation"), an agent does not.
    const gone = name === "MCP server" ? request.peer?.gone : undefined;
    return request.trace.hop(start, (hop) =>
      version.container.post({ headers, body: request.body, gone }).then(
        (response) => answered(name === "agent" ? heardOut(response) : response, headers, hop),
        (error: unknown) => this.unanswered(error, hop),
      ),
    );
  }

  private unanswered(error: unknown, hop: HopRecorder<ContainerHop>): HttpResponse {
    if (!(error instanceof ContainerError)) throw error;
    hop.check(error.reason, false, { expected: this.demandOf(error), actual: error.message });
    hop.fail(error.message);
    const isLate = error.reason === "initialization";
    return awsError(424, "RuntimeClientError", isLate ? INITIALIZATION_EXCEEDED : CLIENT_ERROR);
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
    const allowed = declaration.requestHeaderAllowlist.map((name) => name.toLowerCase());
    const headers: Record<string, string> = {};
    for (const name of [...FORWARDED_HEADERS, ...allowed]) {
      const value = request.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    // A stateless server is given a session id all the same (developer guide, "runtime-mcp-protocol-contract"), but a
    // stateful one gives its own as the session begins (awslabs/agentcore-samples#1449).
    const sessionId = declaration.serverProtocol === "MCP" ? MCP_SESSION_ID : RUNTIME_SESSION_ID;
    if (!isInitialize(request)) headers[sessionId] ??= this.environment.random.uuid();
    const user = userOf(request, authorizer !== undefined);
    if (!user) return headers;
    const token = this.vault.issueWorkloadAccessToken(workload, user);
    for (const name of WORKLOAD_ACCESS_TOKEN_HEADERS) headers[name] = token;
    return headers;
  }
}

/**
 * An answer that the container may finish whether anybody reads it or not: the platform was seen to let an agent go on
 * whose caller has left (aws-samples/sample-multi-agent-orchestration-chat-on-agentcore#71).
 */
function heardOut(response: HttpResponse): HttpResponse {
  const { body, status, headers } = response;
  if (!isStream(body)) return response;
  const passed = body.pipe(new PassThrough());
  body.once("error", (error) => passed.destroy(error));
  passed.once("close", () => body.resume());
  return new HttpResponse(passed, { status, headers: headers.toRecord() });
}

function answered(
  response: HttpResponse,
  asked: Readonly<Record<string, string>>,
  hop: HopRecorder<ContainerHop>,
): HttpResponse {
  hop.check("HTTP status", response.ok, { expected: "2xx", actual: String(response.status) });
  hop.answer(summarizeAnswer(response.status));
  // The platform hands the session id back whether the server speaks of it or not (same contract).
  for (const name of [MCP_SESSION_ID, RUNTIME_SESSION_ID]) {
    const id = asked[name];
    if (id !== undefined && !response.headers.has(name)) response.headers.set(name, id);
  }
  return response;
}

/** Whom a container acts for: the bearer of the token that let the call in, or whom a signed request names. */
function userOf({ headers }: HttpRequest, hasToken: boolean): WorkloadUser | undefined {
  if (hasToken) return { userToken: readAuthorization(headers.get("authorization") ?? "").credentials };
  const userId = headers.get(USER_ID);
  return userId === null ? undefined : { userId };
}

/** Reads the body only where it may be. */
function isInitialize(request: HttpRequest): boolean {
  if (request.headers.has(MCP_SESSION_ID) || !request.body.includes('"initialize"')) return false;
  const message = request.json();
  return typeof message === "object" && message !== null && "method" in message && message.method === "initialize";
}
