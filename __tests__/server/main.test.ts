import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findFreePort } from "../../emulator/cloud/processes/free-port";
import { readSettings } from "../../server/settings";
import { bundleServer, copyServer, ServerProcess, toolSource } from "./support/server-process";
import { callTool, rpc } from "./support/test-server";

/** The tool that docs/server.md shows. */
const documented = /```ts\n(.+?)```/s.exec(readFileSync(join(__dirname, "../../docs/server.md"), "utf8"))?.[1] ?? "";

const TOOLS = {
  "roll-dice.ts": documented,
  "shout.ts": toolSource("shout", `return "HELLO";`),
  "slow.ts": toolSource(
    "slow",
    `log.info("Started"); await new Promise((resolve) => setTimeout(resolve, 300)); return "done";`,
  ),
  "careless.ts": toolSource("careless", `void Promise.reject(new Error("forgotten")); return "fine";`),
  "crash.ts": toolSource(
    "crash",
    `setImmediate(() => { throw new Error("outside"); }); await new Promise(() => {}); return "";`,
  ),
};

/** tsx without its wrapper process, which a SIGKILL would leave orphans of. */
const TSX = [process.execPath, "--import", pathToFileURL(require.resolve("tsx")).href] as const;
const folder = copyServer(TOOLS);
const bundle = bundleServer(folder);

const started: ServerProcess[] = [];
function start(command: readonly string[], environment?: Record<string, string>): ServerProcess {
  const server = ServerProcess.start(command, environment);
  started.push(server);
  return server;
}
afterEach(() => Promise.all(started.splice(0).map((server) => server.kill())));

test.each([
  ["the checkout", [...TSX, join(folder, "server/main.ts")]],
  ["the bundle alone", [process.execPath, bundle]],
])("a tool file dropped in is served from %s", async (_name, command) => {
  const url = await start(command).url();
  expect(await callTool(url, "shout", {})).toMatchObject({ result: { structuredContent: { result: "HELLO" } } });
  expect(await callTool(url, "roll_dice", { count: 2 })).toMatchObject({ result: { isError: false } });
  expect(await callTool(url, "add_numbers", { a: 5, b: 3 })).toMatchObject({
    result: { structuredContent: { result: 8 } },
  });
});

test("SIGTERM lets the call in flight finish, then the process ends with 0", async () => {
  const server = start([process.execPath, bundle]);
  const url = await server.url();
  const call = callTool(url, "slow", {});
  await server.line("Started");
  server.child.kill("SIGTERM");
  expect(await call).toMatchObject({ result: { structuredContent: { result: "done" } } });
  expect(await server.exited).toBe(0);
  expect(server.lines.map((line) => line["message"])).toStrictEqual([
    "Listening",
    "Started",
    "Stopping",
    "Request answered",
  ]);
});

test("a promise that a tool forgot is logged and ends nothing", async () => {
  const server = start([process.execPath, bundle]);
  const url = await server.url();
  expect(await callTool(url, "careless", {})).toMatchObject({ result: { isError: false } });
  expect(await server.line("Unhandled rejection")).toMatchObject({ level: "error", error: { message: "forgotten" } });
  expect(await rpc(url, "ping")).toMatchObject({ result: {} });
});

test("an exception outside any call is logged and ends the process with 1", async () => {
  const server = start([process.execPath, bundle]);
  const call = callTool(await server.url(), "crash", {});
  await expect(call).rejects.toThrow();
  expect(await server.exited).toBe(1);
  expect(await server.line("Uncaught exception")).toMatchObject({ error: { message: "outside" } });
});

test("LOG_LEVEL=warn leaves out the lines of single requests", async () => {
  const port = await findFreePort();
  const quiet = start([process.execPath, bundle], { LOG_LEVEL: "warn", PORT: String(port) });
  const url = `http://127.0.0.1:${port}/mcp`;
  for (let turn = 0; turn < 1000 && !(await isUp(url)); turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await callTool(url, "shout", {})).toMatchObject({ result: { isError: false } });
  quiet.child.kill("SIGTERM");
  expect(await quiet.exited).toBe(0);
  expect(quiet.lines).toStrictEqual([]);
});

test("fails with one line in the log when the port is taken", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const server = start([process.execPath, bundle], { PORT: String(port) });
  expect(await server.exited).toBe(1);
  holder.close();
  expect(await server.line("The server could not start")).toMatchObject({
    level: "error",
    code: "LISTEN",
    reason: `The server cannot listen on 127.0.0.1:${port}: another process already listens there.`,
  });
});

test("fails with one line in the log when two files name one tool", async () => {
  const twice = copyServer({ "other-greeting.ts": toolSource("greet_user", `return "";`) });
  const server = start([...TSX, join(twice, "server/main.ts")]);
  expect(await server.exited).toBe(1);
  expect(await server.line("The server could not start")).toMatchObject({
    code: "DUPLICATE_TOOL",
    reason: "tools/other-greeting.ts and tools/greet-user.ts both name their tool greet_user: rename one of them.",
  });
});

test("listens where AgentCore Runtime looks for an MCP server", () => {
  expect(readSettings({})).toStrictEqual({
    host: "0.0.0.0",
    port: 8000,
    logLevel: "info",
    toolTimeout: 840_000,
    sessions: false,
    stateKey: undefined,
  });
  const given = { HOST: "::1", PORT: "81", LOG_LEVEL: "error", TOOL_TIMEOUT: "2", SESSIONS: "on", STATE_KEY: "k" };
  expect(readSettings(given)).toStrictEqual({
    host: "::1",
    port: 81,
    logLevel: "error",
    toolTimeout: 2000,
    sessions: true,
    stateKey: "k",
  });
});

test.each([
  [{ PORT: "http" }, 'PORT is "http" but must be a number from 0 to 65535.'],
  [{ PORT: "65536" }, 'PORT is "65536" but must be a number from 0 to 65535.'],
  [{ PORT: "-1" }, 'PORT is "-1" but must be a number from 0 to 65535.'],
  [{ TOOL_TIMEOUT: "0" }, 'TOOL_TIMEOUT is "0" but must be a number of seconds from 1 to 3600.'],
  [{ TOOL_TIMEOUT: "1m" }, 'TOOL_TIMEOUT is "1m" but must be a number of seconds from 1 to 3600.'],
  [{ SESSIONS: "yes" }, 'SESSIONS is "yes" but must be on or off.'],
  [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud" but must be one of debug, info, warn, error.'],
])("fails for %j", (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});

function isUp(url: string): Promise<boolean> {
  return rpc(url, "ping").then(
    () => true,
    () => false,
  );
}
