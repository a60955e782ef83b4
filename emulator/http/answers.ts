import { HttpResponse } from "../cloud/network/http-message";

interface JsonRpcErrorOptions {
  /** Left out of the answer when it is undefined. */
  readonly id?: string | number | null;
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** A JSON-RPC error, with whichever HTTP status the hop gives it. */
export function jsonRpcError(
  error: { code: number; message: string; data?: unknown },
  options: JsonRpcErrorOptions = {},
): HttpResponse {
  const { id, status = 200, headers = {} } = options;
  const { code, message, data } = error;
  return HttpResponse.json({ jsonrpc: "2.0", id, error: { code, message, data } }, { status, headers });
}

/** An error as the AgentCore APIs answer it; SDKs read its type from the header. */
export function awsError(status: number, code: string, message: string): HttpResponse {
  return HttpResponse.json({ message }, { status, headers: { "x-amzn-errortype": code } });
}

/** How the emulator itself says that a request cannot be answered. */
export function problem(status: number, message: string): HttpResponse {
  return HttpResponse.json({ message }, { status });
}

/** How AgentCore's hosts answer a path that they do not know. */
export function unknownOperation(status = 404): HttpResponse {
  return new HttpResponse("<UnknownOperationException/>\n", { status, headers: { "content-type": "application/xml" } });
}

/** Leads a browser elsewhere. */
export function redirect(location: string, headers: Record<string, string> = {}): HttpResponse {
  return new HttpResponse("", { status: 302, headers: { location, "cache-control": "no-store", ...headers } });
}
