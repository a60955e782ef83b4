import { SERVICE_LIMITS } from "../../emulator/cloud/limits";
import { findFreePort } from "../../emulator/cloud/processes/free-port";
import { Container } from "../../emulator/cloud/runtime/container";
import type { ServerCommand } from "../../emulator";
import { scriptedServer } from "../support/scripted-server";

function containerOf(command: ServerCommand, log: (line: string) => void = () => undefined): Container {
  const settings = { environmentVariables: {}, allowsLoaders: false, log };
  return new Container(command, "/mcp", settings, SERVICE_LIMITS);
}

test("leaves one process, the latest, where it is restarted again before it listens", async () => {
  const lines: string[] = [];
  const container = containerOf(scriptedServer(), (line) => lines.push(line));
  await container.url();
  await Promise.all([container.restart(), container.restart()]);
  const url = await container.url();
  const ports = lines.flatMap((line) => /^listening on (\d+)$/.exec(line)?.[1] ?? []);
  const answers = await Promise.allSettled(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/requests`, { method: "POST" })).status),
  );
  await container.close();
  expect(ports).toHaveLength(3);
  expect(
    ports.filter((_, index) => answers[index]?.status === "fulfilled").map((port) => `http://127.0.0.1:${port}`),
  ).toEqual([url]);
});

const listenOn = (port: string) =>
  `require("node:http").createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1", () => console.log("up"))`;
const nodeServer = (source: string): ServerCommand => ({ program: process.execPath, arguments: ["-e", source] });

test("says where a server listens that does not heed its port", async () => {
  const container = containerOf(nodeServer(listenOn("8000")));
  const began = Date.now();
  await expect(container.url()).rejects.toThrow(
    /listens on port 8000, not on port \d+, of which PORT tells it: let it read PORT, or give --server-port 8000$/,
  );
  expect(Date.now() - began).toBeLessThan(4_000);
  await container.close();
});

test("waits for a server that listens elsewhere first", async () => {
  const lines: string[] = [];
  const late = `${listenOn("0")}; setTimeout(() => { ${listenOn("process.env.PORT")} }, 2600)`;
  const container = containerOf(nodeServer(late), (line) => lines.push(line));
  expect(await container.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(lines).toContainEqual(
    expect.stringMatching(/listens on port \d+, not on port \d+, of which PORT tells it so far\.$/),
  );
  await container.close();
});

test("starts a server with a port of its own there, one process after the other", async () => {
  const port = await findFreePort();
  const container = containerOf({ ...nodeServer(listenOn(String(port))), port });
  expect(await container.url()).toBe(`http://127.0.0.1:${port}`);
  await container.restart();
  expect(await container.url()).toBe(`http://127.0.0.1:${port}`);
  const second = containerOf({ ...nodeServer(listenOn(String(port))), port });
  await expect(second.url()).rejects.toThrow(`cannot have port ${port}: another program listens there`);
  await Promise.all([container.close(), second.close()]);
});
