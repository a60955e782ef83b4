import { readAuthorization } from "../authorization-header";
import type { TracedAnswer, TracedRequest } from "./call";
import type { Deferred } from "./hop-record";
import { KEPT_CHARACTERS, maskFields, maskSecrets, shorten } from "./masking";

/** How much of a body is looked at for the sake of a trace, in bytes. */
const READ_BYTES = 100_000;

interface Fields {
  get(name: string): string | null;
}

interface SummarizedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Fields;
}

/** @param body the request's text where it is to be shown; the request itself is left unread. */
export function summarizeRequest(request: SummarizedRequest, body = ""): TracedRequest {
  return summarize(request.method, request.url, describeHeaders(request.headers), body);
}

/** The same, made once somebody looks; of a long body at once, so that nothing long is kept until then, nor a token. */
export function requestSummary(
  { method, url, headers }: SummarizedRequest,
  body: string | Buffer = "",
): Deferred<TracedRequest> {
  const described = describeHeaders(headers);
  const summary = () => summarize(method, url, described, beginningOf(body));
  return body.length > KEPT_CHARACTERS ? summary() : summary;
}

interface DescribedHeaders {
  readonly operation: string | undefined;
  readonly authorization: string | undefined;
}

function describeHeaders(headers: Fields): DescribedHeaders {
  const authorization = headers.get("authorization");
  return {
    operation: headers.get("x-amz-target")?.split(".").at(-1),
    authorization: authorization === null ? undefined : describeAuthorization(authorization),
  };
}

function summarize(
  method: string,
  url: string,
  { operation, authorization }: DescribedHeaders,
  body: string,
): TracedRequest {
  return {
    method,
    url: maskFields(url),
    ...(operation === undefined ? describeMessage(body) : { operation }),
    ...(authorization !== undefined && { authorization }),
    ...(body !== "" && { body: shorten(body, isJson(body) ? maskSecrets : maskFields) }),
  };
}

function beginningOf(body: string | Buffer): string {
  return typeof body === "string" ? body.slice(0, READ_BYTES) : body.toString("utf8", 0, READ_BYTES);
}

export function answerSummary(status: number, body: string): Deferred<TracedAnswer> {
  const summarize = () => summarizeAnswer(status, body);
  return body.length > KEPT_CHARACTERS ? summarize() : summarize;
}

export function summarizeAnswer(status: number, body?: string): TracedAnswer {
  return { status, ...(body !== undefined && body !== "" && { body: shorten(body) }) };
}

/** Whatever the content type says: a form that is sent as something else holds its secrets all the same. */
function isJson(body: string): boolean {
  return /^\s*[[{"]/.test(body);
}

/** What a method of MCP is about, and the parameter that names it. */
const SUBJECTS = new Map([
  ["tools/call", { kind: "tool", parameter: "name" }],
  ["prompts/get", { kind: "prompt", parameter: "name" }],
  ["resources/read", { kind: "resource", parameter: "uri" }],
]);

function describeMessage(body: string): Pick<TracedRequest, "operation" | "tool" | "prompt" | "resource"> {
  if (!body.startsWith("{") || body.length >= READ_BYTES) return {};
  try {
    const { method, params } = JSON.parse(body) as { method?: unknown; params?: Record<string, unknown> | null };
    if (typeof method !== "string") return {};
    const subject = SUBJECTS.get(method);
    const named = subject && params?.[subject.parameter];
    return {
      operation: maskSecrets(method),
      ...(subject && typeof named === "string" && { [subject.kind]: maskFields(named) }),
    };
  } catch {
    return {};
  }
}

function describeAuthorization(header: string): string {
  const { scheme, credentials } = readAuthorization(header);
  switch (scheme) {
    case "bearer":
      return `Bearer, a token of ${credentials.length} characters`;
    case "basic":
      return describeBasic(Buffer.from(credentials, "base64").toString());
    case "aws4-hmac-sha256":
      return `SigV4, credential ${/Credential=([^,\s]+)/.exec(credentials)?.[1] ?? "missing"}`;
    default:
      return "of an unknown kind";
  }
}

/** Without a colon there is no telling whether it is a client or a secret. */
function describeBasic(pair: string): string {
  const colon = pair.indexOf(":");
  return colon < 0 ? "Basic, without a client" : `Basic, client ${maskSecrets(pair.slice(0, colon))}`;
}
