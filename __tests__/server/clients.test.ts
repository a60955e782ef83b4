import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { INSPECTOR, installClientTools, NODE_22 } from "./support/client-tools";
import { run } from "./support/run";
import { missing, testUnless } from "../support/skip";
import { startTestServer, type TestServer } from "./support/test-server";
import { temporaryFolder } from "../support/temporary-folder";

/** A Python with the official package `mcp`, version 2. */
const PYTHON = process.env["PYTHON"] ?? "python3";

const inspectorTest = testUnless(installClientTools());
const pythonTest = testUnless(missing(PYTHON, ["-c", "from mcp import Client"]));

let server: TestServer;
beforeAll(async () => (server = await startTestServer()));

async function inspect(...args: string[]): Promise<unknown> {
  const common = [INSPECTOR, "--cli", server.url, "--transport", "http", "--stored-auth-only", "--format", "json"];
  const { code, stdout, stderr } = await run(NODE_22, [...common, ...args]);
  if (code !== 0) throw new Error(`Inspector ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

inspectorTest(
  "the Inspector lists the tools",
  async () => {
    const listed = JSON.stringify(await inspect("--method", "tools/list"));
    expect(listed).toContain('"add_numbers"');
    expect(listed).toContain('"greet_user"');
    expect(listed).toContain('"multiply_numbers"');
  },
  60_000,
);

inspectorTest(
  "the Inspector calls a tool",
  async () => {
    const answer = await inspect(
      "--method",
      "tools/call",
      "--tool-name",
      "add_numbers",
      "--tool-arg",
      "a=5",
      "--tool-arg",
      "b=3",
    );
    expect(JSON.stringify(answer)).toContain('"structuredContent":{"result":8}');
  },
  60_000,
);

pythonTest.each(["auto", "legacy"])(
  "the Python client lists and calls the tools in mode %s",
  async (mode) => {
    const script = join(temporaryFolder(), "client.py");
    writeFileSync(
      script,
      `
import asyncio, json, sys, mcp
from mcp.client.streamable_http import streamable_http_client

async def main(url, mode):
    async with mcp.Client(streamable_http_client(url), mode=mode) as client:
        tools = await client.list_tools()
        answer = await client.call_tool("greet_user", {"name": "Alice"})
        print(json.dumps([[tool.name for tool in tools.tools], answer.structured_content]))

asyncio.run(main(*sys.argv[1:]))
`,
    );
    const { stdout, stderr } = await run(PYTHON, [script, server.url, mode]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toStrictEqual([
      ["add_numbers", "greet_user", "multiply_numbers"],
      { result: "Hello, Alice! Nice to meet you." },
    ]);
  },
  60_000,
);
