import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { namedFiles, SourceWatcher, sourceFolders } from "../../../../cli/commands/up/source-watcher";
import { articleStack } from "../../../support/article-stack";
import { REPOSITORY, startUp } from "../../../support/command";
import { cdktfAgentcore, CommandHere } from "../../../support/command-here";

/** An MCP server with these tools, each of which says its own name. */
const serverWith = (...tools: string[]) => `
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

createServer(async (request, response) => {
  const server = new McpServer({ name: "watched", version: "1.0.0" });
  for (const name of ${JSON.stringify(tools)}) {
    server.registerTool(name, {}, () => ({ content: [{ type: "text", text: name }] }));
  }
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
}).listen(Number(process.env.PORT), process.env.HOST);
`;

/** Listens, and answers no MCP. */
const SILENT = `
import { createServer } from "node:http";
createServer((_, response) => response.writeHead(500).end()).listen(Number(process.env.PORT), process.env.HOST);
`;

let folder: string;

beforeEach(async () => {
  // Below the repository, where the server finds its packages.
  await mkdir(join(REPOSITORY, "__tests__/.output"), { recursive: true });
  folder = await mkdtemp(join(REPOSITORY, "__tests__/.output/watch-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("up --watch", () => {
  test("keeps the gateway's catalogue in step with the server's source, and the old one while the source is broken", async () => {
    const source = join(folder, "server.mjs");
    await writeFile(source, serverWith("first"));
    const { command, port } = await startUp(await articleStack(), "--watch", "--server", `node ${source}`);
    const call = async (tool: string) => {
      const { status, stdout } = await cdktfAgentcore("call", tool, "--port", port);
      return status === 0 ? stdout : status;
    };
    expect(await call("first")).toBe("first\n");

    await writeFile(source, serverWith("first", "second"));
    await command.says(/✓ m2m-auth-demo-mcp-target lists 2 tools: \+ second\n/);
    expect(await call("second")).toBe("second\n");

    await writeFile(source, "this is no JavaScript");
    await command.says(
      /✗ The MCP server 'node .*server\.mjs' ended with exit code 1\. The server from before the change goes on serving/,
    );
    expect(command.stderr).toMatch(/^server \| SyntaxError: /m);
    expect(await call("second")).toBe("second\n");

    await writeFile(source, SILENT);
    await command.says(
      /✗ m2m-auth-demo-mcp-target still lists its earlier 2 tools\. Failed to connect and fetch tools .*\n/,
    );
    expect((await cdktfAgentcore("tools", "--port", port)).stdout).toContain("m2m-auth-demo-mcp-target___second\n");
    expect(await call("second")).toBe(1);

    await writeFile(source, serverWith("third"));
    await command.says(/✓ m2m-auth-demo-mcp-target lists 1 tool: \+ third, - first, - second\n/);
    expect(await call("third")).toBe("third\n");

    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  }, 60_000);
});

describe("up --watch, where the first deployment fails", () => {
  async function watchWhatIsBroken(): Promise<{ source: string; command: CommandHere }> {
    const source = join(folder, "server.mjs");
    await writeFile(source, "this is no JavaScript");
    const server = ["--server", `node ${source}`];
    return { source, command: new CommandHere(["up", await articleStack(), "--watch", ...server, "--port", "0"]) };
  }

  test("says why, waits for a change of the server's source, and deploys again until it succeeds", async () => {
    const { source, command } = await watchWhatIsBroken();
    await command.says(/✗ Deployed \d+ of \d+ resources/);
    await command.complains(
      /aws_bedrockagentcore_gateway_target\.mcp_server failed: .*\nA change in \S+ deploys again\. Open http:/,
    );

    await writeFile(source, SILENT);
    await command.complains(/failed: .*Received error \(500\) from runtime\.\n/);

    await writeFile(source, serverWith("first"));
    await command.says(/Watching .*: a change starts the server anew/);
    const [, port = ""] = await command.says(/Serving\. Open http:\/\/127\.0\.0\.1:(\d+)/);
    expect(await cdktfAgentcore("call", "first", "--port", port)).toMatchObject({ status: 0, stdout: "first\n" });

    await writeFile(source, serverWith("second"));
    await command.says(/lists 1 tool: \+ second, - first\n/);
    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  }, 60_000);

  test("fails with 1 and the reason once it is interrupted", async () => {
    const { command } = await watchWhatIsBroken();
    await command.complains(/deploys again/);
    command.interrupt();
    const { status, stderr } = await command.end();
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^cdktf-agentcore: aws_bedrockagentcore_gateway_target\.mcp_server had failed: /m),
    ]);
  });
});

describe("a server's source", () => {
  test.each([
    [["node", "--import", "tsx", "server/main.ts"], ["server"]],
    [
      ["node", "server/main.ts", "--tools", "server/tools"],
      ["server", "server/tools"],
    ],
    [["./main.ts"], [""]],
    [["uvx", "some-server"], [""]],
  ])("of %j lies in %j", ([program = "", ...parameters], folders) => {
    expect(sourceFolders({ program, arguments: parameters }).map((path) => relative(REPOSITORY, path))).toEqual(
      folders,
    );
  });

  test("is watched with its subfolders, those made later too, and without what is no source", async () => {
    await mkdir(join(folder, "tools"));
    const watcher = new SourceWatcher([folder]);
    const changed = async () =>
      (await watcher.next()).map((path) => relative(folder, join(process.cwd(), path))).sort();
    try {
      await writeFile(join(folder, "tools/one.py"), "");
      expect(await changed()).toEqual(["tools/one.py"]);

      await mkdir(join(folder, "later"));
      await writeFile(join(folder, "later/two.py"), "");
      expect(await changed()).toEqual(["later/two.py"]);

      await rm(join(folder, "later"), { recursive: true });
      expect(await changed()).toEqual(["later/two.py"]);
      await mkdir(join(folder, "later"));
      await writeFile(join(folder, "later/three.py"), "");
      expect(await changed()).toEqual(["later/three.py"]);
    } finally {
      watcher.close();
    }
  });

  test("is told from what the server and the emulator write beside it", async () => {
    const files = ["server.log", "data.json", "data.sqlite-wal", "state.json", "state.json.lock", "state.json.7.tmp"];
    await mkdir(join(folder, "node_modules"));
    const settings = join(folder, "settings.json");
    await writeFile(settings, "{}");
    const watcher = new SourceWatcher([folder], namedFiles({ program: "node", arguments: ["server.js", settings] }));
    const changed = async () => (await watcher.next()).map((path) => relative(folder, join(process.cwd(), path)));
    try {
      for (const name of [...files, "node_modules/index.js"]) await writeFile(join(folder, name), "");
      await mkdir(join(folder, "uploads"));
      await writeFile(join(folder, "uploads/picture.png"), "");
      await writeFile(join(folder, "server.js"), "");
      expect(await changed()).toEqual(["server.js"]);
      await writeFile(join(folder, "data.json"), "more");
      await writeFile(settings, "{ }");
      expect(await changed()).toEqual(["settings.json"]);
    } finally {
      watcher.close();
    }
  });

  test("fails with a sentence where it cannot be watched", () => {
    expect(() => new SourceWatcher([join(REPOSITORY, "package.json", "nothing")])).toThrow(
      /^The folder .* cannot be watched: ENOTDIR\.$/,
    );
  });
});
