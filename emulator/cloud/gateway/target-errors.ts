import type { FailedCheck } from "../../trace/fixes";
import type { HttpResponse } from "../network/http-message";
import { LoopbackError } from "../network/loopback";
import { UnknownHostError } from "../network/network";
import { SERVER_FAILURE } from "./protocol/json-rpc-errors";
import { TargetError, type TargetHop } from "./target-connector";

export class McpServerError extends TargetError {
  constructor(
    message: string,
    override readonly failed: FailedCheck<TargetHop>,
    /** The HTTP status, where there was an answer. */
    readonly status?: number,
    refusal?: TargetError["refusal"],
    isInterrupted = false,
  ) {
    super(message, failed, refusal, isInterrupted);
    this.name = "McpServerError";
  }
}

export const noTools = () => new TargetError("The target has no tools");
export const noTool = (name: string) => new TargetError(`The target has no tool ${name}`);
export const apiUnreachable = () => new TargetError("Unable to connect to the API. Please check its server");
/** Developer guide, "gateway-debug-messages". */
export const functionDenied = (arn: string) =>
  new TargetError(
    `Access denied while invoking Lambda function ${arn}. Check the permissions on the Lambda function and Gateway execution role, and retry the request.`,
  );
/** What the target says itself, or what makes a request for it. */
export const inItsWords = ({ message }: Error) => new TargetError(message);

const noResult = (method: string, actual: string) => ({
  check: "JSON-RPC result" as const,
  expected: `a result of ${method}`,
  actual,
});

/** The server refuses the request. */
export function errorAnswer(method: string, refusal: NonNullable<TargetError["refusal"]>): McpServerError {
  const { code, message } = refusal;
  return new McpServerError(message, noResult(method, `error ${code}: ${message}`), undefined, refusal);
}

export const invalidResult = (method: string, actual: string) =>
  new McpServerError(`The MCP server answered ${method} with an invalid result`, noResult(method, actual));

export const versionUnsupported = (versions: readonly string[], actual: string) =>
  new McpServerError("Unsupported protocol version", {
    check: "protocolVersion",
    expected: versions.join(" or "),
    actual,
  });

export const unlisted = (items: string, { failed, status }: McpServerError) =>
  new McpServerError(`Failed to list ${items}`, failed, status);

/** A list that does not end. */
export const endless = (method: string, what: string, expected: string, actual: string) =>
  new McpServerError(`The MCP server ${what}`, { check: "list", expected: `${method}: ${expected}`, actual });

/** How much of an answer that is none the trace shows, in characters. */
const SHOWN = 200;

/** What came does not answer the request. */
export function noResponse(method: string, { headers }: HttpResponse, text: string): McpServerError {
  const actual = `${headers.get("content-type") ?? "no content type"}: ${text.slice(0, SHOWN) || "nothing"}`;
  const failed = { check: "JSON-RPC response" as const, expected: `a response to ${method}`, actual };
  return new McpServerError("The MCP server did not answer with a JSON-RPC response", failed);
}

export function oversize(limit: number): McpServerError {
  const message = `The MCP server answered with more than ${limit} bytes`;
  return new McpServerError(message, { check: "answer", expected: `at most ${limit} bytes`, actual: message });
}

/** The service's words, as reports quote them from `statusReasons`. */
export function statusRefusal(status: number, body: string): McpServerError {
  return new McpServerError(
    wordsFor(status, body),
    { check: "HTTP status", expected: "2xx", actual: String(status) },
    status,
  );
}

function wordsFor(status: number, body: string): string {
  if (status === 401 || status === 403) return "Authorization error when sending message";
  return body.includes("Runtime initialization time exceeded")
    ? "Runtime initialization time exceeded."
    : `Received error (${status}) from runtime.`;
}

export const UNREACHABLE = "Unable to connect to the MCP server. Please check the server";

/** What it means that nothing came, in the same words. */
export function explain(error: unknown): unknown {
  if (error instanceof UnknownHostError || (error instanceof LoopbackError && error.reason === "refused")) {
    const failed = { check: "target endpoint" as const, expected: "a host that answers", actual: error.message };
    return new McpServerError(UNREACHABLE, failed);
  }
  if (!(error instanceof LoopbackError)) return error;
  return new McpServerError("Apache transport request failed", {
    check: "answer",
    expected: "a whole answer in time",
    actual: error.message,
  });
}

/** The connection to a server broke while the caller was being asked: developer guide, "gateway-mcp-elicitation". */
export function interrupted(error: unknown): unknown {
  const explained = explain(error);
  if (!(explained instanceof McpServerError)) return explained;
  const message = "DependencyFailedException - The connection to the MCP server broke while it waited for an answer";
  return new McpServerError(message, explained.failed, undefined, { code: SERVER_FAILURE, message }, true);
}
