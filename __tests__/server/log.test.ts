import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { createLog, type LogFields } from "../../server/log";
import { LogOutput } from "../../server/log-output";
import { testUnless } from "../support/skip";
import { bundleServer, copyServer, toolSource } from "./support/server-process";
import { callTool, rpc } from "./support/test-server";

function logged(message: unknown, fields: LogFields): Record<string, unknown> {
  let line = "";
  createLog({ write: (text) => (line += text), level: "info" }).info(message as string, fields);
  expect(line.endsWith("}\n")).toBe(true);
  expect(line.length).toBeLessThan(20_000);
  return JSON.parse(line) as Record<string, unknown>;
}

test("fields cannot replace the time, the level or the message of their line", () => {
  const line = logged("Real", { time: "then", level: "none", message: "Forged", kept: 1 });
  expect(line).toMatchObject({
    level: "info",
    message: "Real",
    kept: 1,
    time_: "then",
    level_: "none",
    message_: "Forged",
  });
  expect(line["time"]).toMatch(/^\d{4}-/);
});

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const ownCause = new Error("mine");
ownCause.cause = ownCause;

test.each<[string, LogFields, object]>([
  ["a field of megabytes", { text: "x".repeat(3_000_000), other: 1 }, { truncated: true, other: 1 }],
  [
    "a thousand fields",
    Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, "y".repeat(50)])),
    { truncated: true, f0: "y".repeat(50) },
  ],
  ["an error with a giant message", { error: new Error("z".repeat(100_000)) }, { truncated: true }],
  ["an error that is its own cause", { error: ownCause }, { error: { message: "mine", cause: { message: "mine" } } }],
  ["a cycle", { cyclic }, { unloggable: expect.any(String) as string }],
  ["a BigInt", { big: 1n }, { unloggable: expect.any(String) as string }],
  [
    "a getter that throws",
    {
      get gone() {
        throw new Error("gone");
      },
    },
    { unloggable: "gone" },
  ],
  ["a line feed", { text: "one\ntwo" }, { text: "one\ntwo" }],
])("%s is one bounded line", (_name, fields, expected) => {
  expect(logged("m", fields)).toMatchObject(expected);
});

test.each([
  ["x".repeat(1_000_000)],
  [undefined],
  [Symbol("s")],
  [
    {
      toString: () => {
        throw new Error("no");
      },
    },
  ],
])("a message like %p is bounded too", (message) => {
  expect(String(logged(message, {})["message"]).length).toBeLessThan(2_000);
});

test("lines that nobody takes are dropped and counted, and the next reader is told", async () => {
  const taken: string[] = [];
  let take: (() => void) | undefined;
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      take = done;
    },
  });
  const output = new LogOutput(slow);
  for (let line = 0; line < 300; line++) {
    output.write(`${"x".repeat(10_000)}\n`);
    output.flush();
  }
  expect(slow.writableLength).toBeLessThan(1.1 * 1024 * 1024);
  while (slow.writableLength > 0) {
    take?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  output.write("last\n");
  output.flush();
  expect(taken.at(-1)).toMatch(/"message":"Log lines dropped","count":\d+\}\nlast\n$/);
});

const noFullDevice = existsSync("/dev/full") ? undefined : "there is no /dev/full";

/** How the log's reader can be gone, as a file descriptor for standard output, or what happens to a pipe. */
const READERS: [string, "pipe" | "/dev/full", "closed" | "unread"][] = [
  ["whose reader is gone", "pipe", "closed"],
  ["that nobody reads", "pipe", "unread"],
  ["on a full disk", "/dev/full", "unread"],
];

describe("a server with a log", () => {
  const noise = toolSource(
    "noise",
    `for (let n = 0; n < 300; n++) log.info("x".repeat(900), { n }); console.error("err"); return "done";`,
  );
  const bundle = bundleServer(copyServer({ "noise.ts": noise }));

  testUnless(noFullDevice).each(READERS)("%s goes on answering, and stops when told", async (_name, target, fate) => {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const stdout = target === "pipe" ? "pipe" : openSync(target, "w");
    const child = spawn(process.execPath, [bundle], {
      env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: String(port) },
      stdio: ["ignore", stdout, "pipe"],
    });
    const exited = once(child, "exit");
    if (fate === "closed") {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }
    const url = `http://127.0.0.1:${port}/mcp`;
    for (let turn = 0; turn < 500 && !(await answers(url)); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (let call = 0; call < 10; call++) {
      expect(await callTool(url, "noise", {})).toMatchObject({ result: { isError: false } });
    }
    expect(child.exitCode).toBeNull();
    child.kill("SIGTERM");
    expect(await exited).toStrictEqual([0, null]);
  });
});

function answers(url: string): Promise<boolean> {
  return rpc(url, "ping").then(
    () => true,
    () => false,
  );
}
