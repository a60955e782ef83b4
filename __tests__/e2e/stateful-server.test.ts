import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import type { Emulator, ServerCommand } from "../../emulator";
import { articleStack, emulate, outputOf } from "../support/article-stack";
import { describeWhen, missing } from "../support/skip";
import { bearer, outboundToken, postMcp, signIn, toolsCall } from "../support/callers";

const SERVERS = join(__dirname, "../support/servers");

describe("the SDK's example of a stateful server", () => {
  testsOf(
    async () => ({ program: process.execPath, arguments: [join(SERVERS, "stateful-server.mjs")] }),
    (name) => `Hello, ${name}!`,
  );
});

describeWhen(
  missing("python3") === undefined,
  "python3 on the PATH",
  "a stateful server in Python, on a port of its own",
  () => {
    let count = 0;
    testsOf(
      async () => {
        const port = await freePort();
        return { program: "python3", arguments: [join(SERVERS, "stateful-server.py"), String(port)], port };
      },
      (name, isFirst) => `Hello, ${name}! This is call ${(count = isFirst ? 1 : count + 1)} of the session.`,
    );
  },
);

function testsOf(
  serverCommand: () => Promise<ServerCommand>,
  greeting: (name: string, isFirstOfSession: boolean) => string,
): void {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await emulate(await articleStack(), { serverCommand: await serverCommand() });
  }, 120_000);

  test("keeps its session on a runtime", async () => {
    const url = String(emulator.gateways()[0]?.targets[0]?.endpoint);
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: bearer(await outboundToken(emulator)) },
    });
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(transport);
    const session = transport.sessionId;
    expect(session).toMatch(/^[0-9a-f-]{32,36}$/);
    for (const name of ["Ann", "Bob"]) {
      expect(await client.callTool({ name: "greet", arguments: { name } })).toMatchObject({
        content: [{ type: "text", text: greeting(name, name === "Ann") }],
      });
    }
    expect(transport.sessionId).toBe(session);
    await client.close();
  });

  test("and behind the gateway", async () => {
    const headers = bearer(await signIn(emulator));
    for (const name of ["Ann", "Bob"]) {
      const call = toolsCall("m2m-auth-demo-mcp-target___greet", { name });
      const answer = await postMcp(outputOf(emulator, "gateway_url"), call, headers);
      const text = greeting(name, name === "Ann");
      expect(answer.body).toMatchObject({ result: { content: [{ text }], isError: false } });
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
