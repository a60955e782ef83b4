/** The page as a client of the emulator: it signs in at a user pool, or signs requests, and speaks MCP with a gateway. */
import { AwsV4Signer } from "aws4fetch";

import { SERVICE } from "../../aws/agentcore/endpoints";
import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import { EMULATOR_CREDENTIALS } from "../credentials";
import { encode } from "../mcp-headers";
import { state } from "./store.js";

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("../view/model").SignInClient} SignInClient */
/** @typedef {{ name: string, description?: string, inputSchema: Schema }} Tool */
/** @typedef {{ type?: string | string[], title?: string, description?: string, enum?: unknown[], const?: unknown, oneOf?: Schema[], anyOf?: Schema[], items?: Schema, default?: unknown, properties?: Record<string, Schema>, required?: string[] }} Schema */
/** @typedef {{ status: number, body: unknown }} Answer */
/** @typedef {{ method: string, params: { name?: string, uri?: string, cursor?: string }, headers?: Record<string, string> }} Message */
/** @typedef {{ method: string, params?: any }} Notification */
/** @typedef {{ message?: string, mode?: string, url?: string, requestedSchema?: Schema }} Elicitation */
/** @typedef {{ action: "accept" | "decline" | "cancel", content?: unknown }} Reply */
/** @typedef {{ accessToken: string, expiresIn: number }} SignedIn */

/**
 * Who hears what comes before an answer, and is asked.
 * @typedef {object} Listener
 * @property {(notification: Notification) => void} notify
 * @property {(elicitation: Elicitation) => Promise<Reply>} ask
 */

/** 100 targets of 1,000 tools (AgentCore quotas), in pages of 30. */
const MOST_PAGES = 3_400;

/**
 * @param {SignInClient} client
 * @param {string} username
 * @param {string} password
 * @returns {Promise<SignedIn>}
 */
export async function signIn({ clientId }, username, password) {
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
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.__type}: ${answer.message}`);
  if (answer.ChallengeName) {
    throw new Error(
      `${answer.ChallengeName}: give the user a permanent password (aws cognito-idp admin-set-user-password --permanent).`,
    );
  }
  return { accessToken: answer.AuthenticationResult.AccessToken, expiresIn: answer.AuthenticationResult.ExpiresIn };
}

/**
 * Makes the page's own user, or gives it a new password.
 * @param {SignInClient} client
 * @returns {Promise<{ username: string, password: string }>}
 */
export async function makeUser({ userPoolId }) {
  const response = await fetch("/_emulator/users", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userPoolId }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/**
 * All pages of a list.
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {string} method
 * @param {string} name of the list in its answers
 * @returns {Promise<unknown[]>}
 */
export async function list(endpoint, token, method, name) {
  /** @type {unknown[]} */
  const all = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const { status, body } = await postMcp(endpoint, token, { method, params });
    const { result, error } = /** @type {{ result?: any, error?: { message: string } }} */ (body);
    if (!result) throw new Error(`HTTP ${status}: ${error?.message ?? "no JSON-RPC answer"}`);
    all.push(...result[name]);
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

/**
 * @param {Message} message
 * @returns {Record<string, string>}
 */
function statelessHeaders({ method, params, headers }) {
  const name = params.name ?? params.uri;
  return { ...headers, "mcp-method": method, ...(name !== undefined && { "mcp-name": encode(name) }) };
}

/**
 * The same with the signature of the account's administrator.
 * @param {{ method: string, url: string, headers: Record<string, string>, body: string }} request
 */
async function signed(request) {
  if (!isSecureContext) {
    throw new Error("A browser signs on http://127.0.0.1 and http://localhost alone: open it there.");
  }
  const { region = "" } = state.system ?? {};
  const { headers } = await new AwsV4Signer({ ...request, ...EMULATOR_CREDENTIALS, service: SERVICE, region }).sign();
  return { ...request, headers };
}

/** The headers of sessions, by gateway and token. @type {Map<string, Record<string, string>>} */
const sessions = new Map();

/**
 * The session of a gateway that keeps some: the page begins one for each token.
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @returns {Promise<Record<string, string>>}
 */
async function sessionOf(endpoint, token) {
  const key = `${endpoint.url} ${token}`;
  const known = sessions.get(key);
  if (known) return known;
  const params = { protocolVersion: endpoint.protocolVersion, capabilities: CAPABILITIES, clientInfo: CLIENT };
  const response = await post(endpoint, token, { id: ++lastId, method: "initialize", params }, {});
  await response.text();
  const id = response.headers.get("mcp-session-id");
  if (id === null) return {};
  const session = { "mcp-session-id": id };
  sessions.set(key, session);
  await post(endpoint, token, { method: "notifications/initialized" }, session);
  return session;
}

/**
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {object} message
 * @param {Record<string, string>} headers
 */
async function post(endpoint, token, message, headers) {
  const request = {
    method: "POST",
    // The page may have been opened under another loopback name than the emulator writes into URLs.
    url: new URL(new URL(endpoint.url).pathname, location.href).href,
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": endpoint.protocolVersion,
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
  };
  const { url, ...init } = endpoint.signs ? await signed(request) : request;
  return fetch(url, init);
}

/** Who hears nothing, and wants to answer nothing. @type {Listener} */
const NOBODY = { notify: () => undefined, ask: () => Promise.resolve({ action: "cancel" }) };

/**
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {Message} message
 * @param {Listener} [listener]
 * @returns {Promise<Answer>}
 */
export async function postMcp(endpoint, token, message, listener = NOBODY) {
  const id = ++lastId;
  const isStateless = endpoint.protocolVersion === STATELESS_VERSION;
  const { method, params } = message;
  const _meta = { ...(isStateless && STATELESS_METADATA), ...(method === "tools/call" && { progressToken: id }) };
  const body = { id, method, params: { ...params, ...(Object.keys(_meta).length > 0 && { _meta }) } };
  const send = async () => {
    const session = endpoint.keepsSessions ? await sessionOf(endpoint, token) : {};
    const headers = isStateless ? statelessHeaders(message) : session;
    return { headers, response: await post(endpoint, token, body, headers) };
  };
  let sent = await send();
  if (sent.response.status === 404 && sessions.delete(`${endpoint.url} ${token}`)) sent = await send();
  const { headers, response } = sent;
  const { status } = response;
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (isStream && response.body) {
    const reply = (/** @type {object} */ answer) => post(endpoint, token, answer, headers);
    return { status, body: await readEvents(response.body, listener, reply) };
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

/**
 * A request with what it is asked on the way to its answer: in 2026-07-28 by results that are none yet.
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {Message} message
 * @param {Listener} listener
 * @returns {Promise<Answer>}
 */
export async function callMcp(endpoint, token, message, listener) {
  let { params } = message;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answer = await postMcp(endpoint, token, { ...message, params }, listener);
    const { result } = /** @type {{ result?: any }} */ (answer.body ?? {});
    const asked = result?.resultType === "input_required" ? Object.entries(result.inputRequests ?? {}) : [];
    if (asked.length === 0 || asked.some(([, { method }]) => method !== ELICITATION)) return answer;
    /** @type {Record<string, Reply>} */
    const inputResponses = {};
    for (const [name, { params: elicitation }] of asked) inputResponses[name] = await listener.ask(elicitation);
    params = Object.assign({}, message.params, { inputResponses, requestState: result.requestState });
  }
  throw new Error(`The target has asked ${MOST_ROUNDS} times, and gives no answer.`);
}

const ELICITATION = "elicitation/create";

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream of events, each a message
 * @param {Listener} listener
 * @param {(answer: object) => Promise<unknown>} reply to a question
 * @returns {Promise<unknown>} the answer
 */
async function readEvents(stream, { notify, ask }, reply) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let answer;
  let rest = "";
  for (;;) {
    const { done, value = "" } = await reader.read();
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const data of events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])) {
      const message = JSON.parse(data);
      const { id, method, params } = message;
      if (method === ELICITATION) void ask(params).then((result) => reply({ id, result }));
      else if (method !== undefined) notify(message);
      else answer = message;
    }
    if (done) return answer;
  }
}
