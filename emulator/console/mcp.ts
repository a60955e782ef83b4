/** The page as a client of the emulator: it signs in at a user pool, or signs requests, and speaks MCP with a gateway. */
import { AwsV4Signer } from "aws4fetch";

import { SERVICE } from "../../aws/agentcore/endpoints";
import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import { EMULATOR_CREDENTIALS } from "../credentials";
import { encode } from "../../targets/mcp-headers";
import type { GatewayEndpoint, SignInClient } from "../view/model";
import { state } from "./store";

export type Tool = { name: string; description?: string; inputSchema: Schema };
export type Schema = {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  items?: Schema;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
};
export type Answer = { status: number; body: unknown };
/** What a body holds, where it is one of JSON-RPC. */
export interface JsonRpcBody {
  readonly result?: {
    readonly [member: string]: unknown;
    readonly isError?: boolean;
    readonly nextCursor?: string;
    readonly resultType?: string;
    readonly inputRequests?: Readonly<Record<string, { method: string; params: Elicitation }>>;
  };
  readonly error?: { readonly message: string; readonly data?: { readonly elicitations?: unknown } };
}
export type Message = {
  method: string;
  params: { name?: string; uri?: string; cursor?: string };
  headers?: Record<string, string>;
};
export type Notification = { method: string; params?: Readonly<Record<string, unknown>> };
export type Elicitation = { message?: string; mode?: string; url?: string; requestedSchema?: Schema };
export type Reply = { action: "accept" | "decline" | "cancel"; content?: unknown };
type SignedIn = { accessToken: string; expiresIn: number };
/** A gateway, with the token it is called with. */
export type Access = { readonly endpoint: GatewayEndpoint; readonly token: string | undefined };

/** Who hears what comes before an answer, and is asked. */
interface Listener {
  readonly notify: (notification: Notification) => void;
  readonly ask: (elicitation: Elicitation) => Promise<Reply>;
}

/** 100 targets of 1,000 tools (AgentCore quotas), in pages of 30. */
const MOST_PAGES = 3_400;

export async function signIn({ clientId }: SignInClient, username: string, password: string): Promise<SignedIn> {
  const response = await fetch("/", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  const answer = (await response.json()) as {
    readonly __type?: string;
    readonly message?: string;
    readonly ChallengeName?: string;
    readonly AuthenticationResult: { readonly AccessToken: string; readonly ExpiresIn: number };
  };
  if (!response.ok) throw new Error(`${answer.__type}: ${answer.message}`);
  if (answer.ChallengeName) {
    throw new Error(
      `${answer.ChallengeName}: give the user a permanent password (aws cognito-idp admin-set-user-password --permanent).`,
    );
  }
  return { accessToken: answer.AuthenticationResult.AccessToken, expiresIn: answer.AuthenticationResult.ExpiresIn };
}

/** Makes the page's own user, or gives it a new password. */
export async function makeUser({ userPoolId }: SignInClient): Promise<{ username: string; password: string }> {
  const response = await fetch("/_emulator/users", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userPoolId }),
  });
  const answer = (await response.json()) as { username: string; password: string; message?: string };
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/**
 * All pages of a list.
 * @param name of the list in its answers
 */
export async function list(access: Access, method: string, name: string): Promise<unknown[]> {
  const all: unknown[] = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const { status, body } = await postMcp(access, { method, params });
    const { result, error } = body as JsonRpcBody;
    if (!result) throw new Error(`HTTP ${status}: ${error?.message ?? "no JSON-RPC answer"}`);
    all.push(...(result[name] as unknown[]));
    cursor = result.nextCursor;
    if (cursor === undefined) break;
  }
  return all;
}

let lastId = 0;

const CLIENT = { name: "console", version: "1.0.0" };
const CAPABILITIES = { elicitation: { form: {}, url: {} } };

/** What a request says of its version, and in 2026-07-28 of itself and its client. */
const STATELESS_METADATA = Object.fromEntries(
  Object.entries({
    protocolVersion: STATELESS_VERSION,
    clientInfo: CLIENT,
    clientCapabilities: CAPABILITIES,
    logLevel: "debug",
  }).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]),
);

function statelessHeaders({ method, params, headers }: Message): Record<string, string> {
  const name = params.name ?? params.uri;
  return { ...headers, "mcp-method": method, ...(name !== undefined && { "mcp-name": encode(name) }) };
}

/** The same with the signature of the account's administrator. */
async function signed(request: { method: string; url: string; headers: Record<string, string>; body: string }) {
  if (!isSecureContext) {
    throw new Error("A browser signs on http://127.0.0.1 and http://localhost alone: open it there.");
  }
  const { region = "" } = state.system ?? {};
  const { headers } = await new AwsV4Signer({ ...request, ...EMULATOR_CREDENTIALS, service: SERVICE, region }).sign();
  return { ...request, headers };
}

/** The headers of sessions, by gateway and token. */
const sessions = new Map<string, Record<string, string>>();

/** The session of a gateway that keeps some: the page begins one for each token. */
async function sessionOf(access: Access): Promise<Record<string, string>> {
  const { endpoint } = access;
  const key = sessionKey(access);
  const known = sessions.get(key);
  if (known) return known;
  const params = { protocolVersion: endpoint.protocolVersion, capabilities: CAPABILITIES, clientInfo: CLIENT };
  const response = await post(access, { id: ++lastId, method: "initialize", params }, {});
  await response.text();
  const id = response.headers.get("mcp-session-id");
  if (id === null) return {};
  const session = { "mcp-session-id": id };
  sessions.set(key, session);
  await post(access, { method: "notifications/initialized" }, session);
  return session;
}

function sessionKey({ endpoint, token }: Access): string {
  return `${endpoint.url} ${token}`;
}

function post(access: Access, message: object, headers: Record<string, string>) {
  const { url, protocolVersion } = access.endpoint;
  const versioned = { "mcp-protocol-version": protocolVersion, ...headers };
  return postJson(access, url, { jsonrpc: "2.0", ...message }, versioned);
}

/** @param target of the gateway, or the gateway itself */
async function postJson({ endpoint, token }: Access, target: string, body: unknown, headers = {}) {
  const request = {
    method: "POST",
    // The page may have been opened under another loopback name than the emulator writes into URLs.
    url: new URL(new URL(target).pathname, location.href).href,
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  };
  const { url, ...init } = endpoint.signs ? await signed(request) : request;
  return fetch(url, init);
}

/**
 * Calls an HTTP target.
 * @param tell each event of an answer that is a stream
 * @returns without a body where it was one
 */
export async function callTarget(
  access: Access,
  url: string,
  body: unknown,
  tell: (event: string) => void,
): Promise<Answer> {
  const response = await postJson(access, url, body);
  const { status } = response;
  if (!isEventStream(response)) return { status, body: await response.text() };
  for await (const event of eventsOf(response)) tell(event);
  return { status, body: undefined };
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") ?? false;
}

/** Who hears nothing, and wants to answer nothing. */
const NOBODY: Listener = { notify: () => undefined, ask: () => Promise.resolve({ action: "cancel" }) };

async function postMcp(access: Access, message: Message, listener = NOBODY): Promise<Answer> {
  const { endpoint } = access;
  const id = ++lastId;
  const isStateless = endpoint.protocolVersion === STATELESS_VERSION;
  const { method, params } = message;
  const _meta = { ...(isStateless && STATELESS_METADATA), ...(method === "tools/call" && { progressToken: id }) };
  const body = { id, method, params: { ...params, ...(Object.keys(_meta).length > 0 && { _meta }) } };
  const send = async () => {
    const session = endpoint.keepsSessions ? await sessionOf(access) : {};
    const headers = isStateless ? statelessHeaders(message) : session;
    return { headers, response: await post(access, body, headers) };
  };
  let sent = await send();
  if (sent.response.status === 404 && sessions.delete(sessionKey(access))) sent = await send();
  const { headers, response } = sent;
  const { status } = response;
  if (isEventStream(response)) {
    const reply = (answer: object) => post(access, answer, headers);
    return { status, body: await readEvents(response, listener, reply) };
  }
  const text = await response.text();
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return { status, body: text };
  }
}

/** A target may ask again with each answer. */
const MOST_ROUNDS = 50;

/** A request with what it is asked on the way to its answer: in 2026-07-28 by results that are none yet. */
export async function callMcp(access: Access, message: Message, listener: Listener): Promise<Answer> {
  let { params } = message;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answer = await postMcp(access, { ...message, params }, listener);
    const { result } = (answer.body ?? {}) as JsonRpcBody;
    const asked = result?.resultType === "input_required" ? Object.entries(result.inputRequests ?? {}) : [];
    if (asked.length === 0 || asked.some(([, { method }]) => method !== ELICITATION)) return answer;
    const replies: [string, Reply][] = [];
    for (const [name, { params: elicitation }] of asked) replies.push([name, await listener.ask(elicitation)]);
    const inputResponses = Object.fromEntries(replies);
    params = Object.assign({}, message.params, { inputResponses, requestState: result?.["requestState"] });
  }
  throw new Error(`The target has asked ${MOST_ROUNDS} times, and gives no answer.`);
}

const ELICITATION = "elicitation/create";

/**
 * @param response with a stream of events, each a message
 * @param reply to a question
 * @returns the answer
 */
async function readEvents(
  response: Response,
  { notify, ask }: Listener,
  reply: (answer: object) => Promise<unknown>,
): Promise<unknown> {
  let answer: object | undefined;
  for await (const data of eventsOf(response)) {
    const message = JSON.parse(data) as Partial<Notification> & { id?: unknown };
    const { id, method, params = {} } = message;
    if (method === ELICITATION) void ask(params).then((result) => reply({ id, result }));
    else if (method !== undefined) notify({ ...message, method });
    else answer = message;
  }
  return answer;
}

/** The data of events as they come. */
async function* eventsOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done = true, value = "" } = (await reader?.read()) ?? {};
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) yield* /^data: (.*)$/m.exec(event)?.slice(1) ?? [];
    if (done) return;
  }
}
