/** The page as a client of the emulator: it signs in at a user pool and speaks MCP with a gateway. */

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("../view/model").SignInClient} SignInClient */
/** @typedef {{ name: string, description?: string, inputSchema: Schema }} Tool */
/** @typedef {{ type?: string | string[], description?: string, enum?: unknown[], default?: unknown, properties?: Record<string, Schema>, required?: string[] }} Schema */
/** @typedef {{ status: number, body: unknown }} Answer */
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
 * All pages of `tools/list`.
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @returns {Promise<Tool[]>}
 */
export async function listTools(endpoint, token) {
  /** @type {Tool[]} */
  const tools = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { status, body } = await postMcp(endpoint, token, "tools/list", cursor === undefined ? {} : { cursor });
    const { result, error } =
      /** @type {{ result?: { tools: Tool[], nextCursor?: string }, error?: { message: string } }} */ (body);
    if (!result) throw new Error(`HTTP ${status}: ${error?.message ?? "no JSON-RPC answer"}`);
    tools.push(...result.tools);
    cursor = result.nextCursor;
    if (cursor === undefined) break;
  }
  return tools;
}

/**
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {string} name
 * @param {unknown} toolArguments
 */
export function callTool(endpoint, token, name, toolArguments) {
  return postMcp(endpoint, token, "tools/call", { name, arguments: toolArguments });
}

let lastId = 0;

/**
 * What a request says of its version, and in 2026-07-28 of itself and its client.
 * @param {string} version
 * @param {string} method
 * @param {{ name?: string }} params
 * @returns {{ headers: Record<string, string>, metadata: object }}
 */
function ofVersion(version, method, { name }) {
  const headers = { "mcp-protocol-version": version };
  if (version !== "2026-07-28") return { headers, metadata: {} };
  const prefix = "io.modelcontextprotocol/";
  return {
    headers: { ...headers, "mcp-method": method, ...(name !== undefined && { "mcp-name": name }) },
    metadata: {
      _meta: {
        [`${prefix}protocolVersion`]: version,
        [`${prefix}clientInfo`]: { name: "console", version: "1.0.0" },
        [`${prefix}clientCapabilities`]: {},
      },
    },
  };
}

/**
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @param {string} method
 * @param {object} params
 * @returns {Promise<Answer>}
 */
async function postMcp(endpoint, token, method, params) {
  const { headers, metadata } = ofVersion(endpoint.protocolVersion, method, params);
  // The page may have been opened under another loopback name than the emulator writes into URLs.
  const response = await fetch(new URL(endpoint.url).pathname, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      // Whole answers, also of gateways that could stream them.
      accept: "application/json",
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: ++lastId, method, params: { ...params, ...metadata } }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}
