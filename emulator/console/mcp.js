/** The page as a client of the emulator: it signs in at a user pool, or signs requests, and speaks MCP with a gateway. */
import { AwsV4Signer } from "aws4fetch";

import { SERVICE } from "../../aws/agentcore/endpoints";
import { EMULATOR_CREDENTIALS } from "../credentials";
import { state } from "./store.js";

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("../view/model").SignInClient} SignInClient */
/** @typedef {{ name: string, description?: string, inputSchema: Schema }} Tool */
/** @typedef {{ type?: string | string[], description?: string, enum?: unknown[], default?: unknown, properties?: Record<string, Schema>, required?: string[] }} Schema */
/** @typedef {{ status: number, body: unknown }} Answer */
/** @typedef {{ method: string, params: { name?: string, uri?: string, cursor?: string } }} Message */
/** @typedef {{ method: string, params?: any }} Notification */
/** @typedef {{ accessToken: string, expiresIn: number }} SignedIn */

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

/**
 * What a request says of its version, and in 2026-07-28 of itself and its client.
 * @param {string} version
 * @param {Message} message
 * @returns {{ headers: Record<string, string>, metadata: object }}
 */
function ofVersion(version, { method, params }) {
  const headers = { "mcp-protocol-version": version };
  if (version !== "2026-07-28") return { headers, metadata: {} };
  const prefix = "io.modelcontextprotocol/";
  const name = params.name ?? params.uri;
  return {
    headers: { ...headers, "mcp-method": method, ...(name !== undefined && { "mcp-name": name }) },
    metadata: {
      [`${prefix}protocolVersion`]: version,
      [`${prefix}clientInfo`]: { name: "console", version: "1.0.0" },
      [`${prefix}clientCapabilities`]: { elicitation: { url: {} } },
      [`${prefix}logLevel`]: "debug",
    },
  };
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

/**
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {Message} message
 * @param {(notification: Notification) => void} [notify] is told what is said before the answer
 * @returns {Promise<Answer>}
 */
export async function postMcp(endpoint, token, message, notify = () => undefined) {
  const { headers, metadata } = ofVersion(endpoint.protocolVersion, message);
  const id = ++lastId;
  const { method, params } = message;
  const _meta = { ...metadata, ...(method === "tools/call" && { progressToken: id }) };
  const request = {
    method: "POST",
    // The page may have been opened under another loopback name than the emulator writes into URLs.
    url: new URL(new URL(endpoint.url).pathname, location.href).href,
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id,
      method,
      params: { ...params, ...(Object.keys(_meta).length > 0 && { _meta }) },
    }),
  };
  const { url, ...init } = endpoint.signs ? await signed(request) : request;
  const response = await fetch(url, init);
  const { status } = response;
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (isStream && response.body) return { status, body: await readEvents(response.body, notify) };
  const text = await response.text();
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return { status, body: text };
  }
}

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream of events, each a message
 * @param {(notification: Notification) => void} notify
 * @returns {Promise<unknown>} the answer
 */
async function readEvents(stream, notify) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let answer;
  let rest = "";
  for (;;) {
    const { done, value = "" } = await reader.read();
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const data of events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])) {
      const message = JSON.parse(data);
      if ("method" in message) notify(message);
      else answer = message;
    }
    if (done) return answer;
  }
}
