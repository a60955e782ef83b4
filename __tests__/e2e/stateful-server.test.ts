import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import type { Emulator } from "../../emulator";
import { articleStack, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";

const PROGRAM = join(__dirname, "../support/servers/stateful-server.mjs");

let emulator: Emulator;

beforeAll(async () => {
  const serverCommand = { program: process.execPath, arguments: [PROGRAM] };
  emulator = await emulate(await articleStack(), { serverCommand });
}, 120_000);
afterAll(() => emulator.stop());

test("the SDK's example of a stateful server keeps its session on a runtime", async () => {
  const url = String(emulator.gateways()[0]?.targets[0]?.endpoint);
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: bearer(await outboundToken()) },
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  const session = transport.sessionId;
  expect(session).toMatch(/^[0-9a-f-]{36}$/);
  for (const name of ["Ann", "Bob"])
    expect(await client.callTool({ name: "greet", arguments: { name } })).toMatchObject({
      content: [{ type: "text", text: `Hello, ${name}!` }],
    });
  expect(transport.sessionId).toBe(session);
  await client.close();
});

test("and behind the gateway", async () => {
  const call = toolsCall("m2m-auth-demo-mcp-target___greet", { name: "Ann" });
  const answer = await postMcp(outputOf(emulator, "gateway_url"), call, bearer(await signIn(emulator)));
  expect(answer.body).toMatchObject({ result: { content: [{ text: "Hello, Ann!" }], isError: false } });
});

/** As the vault fetches it. */
async function outboundToken(): Promise<string> {
  const { cognito, credentialProviders } = emulator.account;
  const { clientId, clientSecret, discoveryUrl } = credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
  const { host } = cognito.userPool(discoveryUrl?.split("/")[3] ?? "");
  const response = await fetch(`${emulator.url}/${host}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
