// MCP and OpenID clients as people use them: each discovers, prints the URL at which a user signs in, waits for the browser
// to come back, and prints as JSON what it has got.
// node oauth-clients.mjs CLIENT URL CLIENT_ID PORT FOLDER: FOLDER holds the client's packages, PORT is that of its callback.
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [client, url, clientId, port, folder] = process.argv.slice(2);
const redirectUri = `http://localhost:${port}/oauth/callback`;
const scope = "openid email";

const load = (name) => import(pathToFileURL(createRequire(join(folder, "from-here.js")).resolve(name)).href);

const server = createServer((request, response) => {
  response.end("Signed in.");
  server.emit("callback", new URL(request.url, redirectUri));
}).listen(port, "localhost");
const callback = once(server, "callback");

/** @returns the URL that the browser came back to */
async function signIn(authorizationUrl) {
  console.log(`To authorize this client, visit: ${authorizationUrl}`);
  const [location] = await callback;
  return location;
}

/** What the MCP SDK and its likes ask of a program. */
class Provider {
  clientMetadata = { redirect_uris: [redirectUri], scope };
  redirectUrl = redirectUri;
  state = () => "the-state";
  clientInformation = () => ({ client_id: clientId });
  tokens = () => this.kept;
  saveTokens = (tokens) => void (this.kept = tokens);
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (verifier) => void (this.verifier = verifier);
  // The AI SDK asks for these too.
  authorizationServerInformation = () => this.server;
  saveAuthorizationServerInformation = (information) => void (this.server = information);
  storedState = () => "the-state";
  redirectToAuthorization = (to) => void (this.code = signIn(to).then((location) => location.searchParams.get("code")));
}

const CLIENTS = {
  async sdk() {
    const { Client } = await load("@modelcontextprotocol/sdk/client/index.js");
    const { StreamableHTTPClientTransport } = await load("@modelcontextprotocol/sdk/client/streamableHttp.js");
    const authProvider = new Provider();
    const connect = async () => {
      const mcp = new Client({ name: "sdk", version: "1.0.0" });
      const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider });
      const code = await mcp.connect(transport).then(
        () => undefined,
        () => authProvider.code,
      );
      if (code !== undefined) await transport.finishAuth(code);
      return code === undefined ? mcp : connect();
    };
    const mcp = await connect();
    const { tools } = await mcp.listTools();
    const name = tools.find((tool) => tool.name.endsWith("add_numbers"))?.name;
    const result = await mcp.callTool({ name, arguments: { a: 5, b: 3 } });
    return { tools: tools.length, result: result.content[0].text, token: authProvider.kept.access_token };
  },

  async "ai-sdk"() {
    const { auth, createMCPClient, experimental_createMCPClient } = await load("@ai-sdk/mcp");
    const authProvider = new Provider();
    await auth(authProvider, { serverUrl: new URL(url) });
    await auth(authProvider, {
      serverUrl: new URL(url),
      authorizationCode: await authProvider.code,
      callbackState: "the-state",
    });
    const create = createMCPClient ?? experimental_createMCPClient;
    const mcp = await create({ transport: { type: "http", url, authProvider } });
    const tools = await mcp.tools();
    const [name] = Object.keys(tools).filter((tool) => tool.endsWith("add_numbers"));
    const result = await tools[name].execute({ a: 5, b: 3 }, { toolCallId: "1", messages: [] });
    return { tools: Object.keys(tools).length, result: result.content[0].text, token: authProvider.kept.access_token };
  },

  async langchain() {
    const { MultiServerMCPClient } = await load("@langchain/mcp-adapters");
    const { auth } = await load("@modelcontextprotocol/sdk/client/auth.js");
    const authProvider = new Provider();
    await auth(authProvider, { serverUrl: url });
    await auth(authProvider, { serverUrl: url, authorizationCode: await authProvider.code });
    const mcp = new MultiServerMCPClient({ mcpServers: { gateway: { transport: "http", url, authProvider } } });
    const tools = await mcp.getTools();
    const result = [await tools.find(({ name }) => name.endsWith("add_numbers")).invoke({ a: 5, b: 3 })].flat();
    return { tools: tools.length, result: result[0].text, token: authProvider.kept.access_token };
  },

  /** URL is an issuer here; the library verifies what OpenID Connect and OAuth demand. */
  async "openid-client"() {
    const openid = await load("openid-client");
    const execute = [openid.allowInsecureRequests];
    const configuration = await openid.discovery(new URL(url), clientId, undefined, openid.None(), { execute });
    openid.enableNonRepudiationChecks(configuration);
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
    const location = await signIn(
      openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        state: expectedState,
        nonce: expectedNonce,
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
      }).href,
    );
    const checks = { pkceCodeVerifier, expectedState, expectedNonce };
    const tokens = await openid.authorizationCodeGrant(configuration, location, checks);
    const { sub } = tokens.claims();
    const info = await openid.fetchUserInfo(configuration, tokens.access_token, sub);
    const refreshed = await openid.refreshTokenGrant(configuration, tokens.refresh_token);
    await openid.tokenRevocation(configuration, tokens.refresh_token);
    const afterwards = await openid.refreshTokenGrant(configuration, tokens.refresh_token).catch(({ error }) => error);
    const out = openid.buildEndSessionUrl(configuration, { client_id: clientId, logout_uri: redirectUri }).href;
    return { email: info.email, refreshed: refreshed.claims().sub === sub, afterwards, out, ...tokens };
  },
};

const result = await CLIENTS[client]();
console.log(`Result: ${JSON.stringify(result)}`);
process.exit(0);
