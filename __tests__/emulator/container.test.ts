import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { SERVICE_LIMITS } from "../../emulator/cloud/limits";
import { findFreePort } from "../../emulator/cloud/processes/free-port";
import { Container } from "../../emulator/cloud/runtime/container";
import type { ServerCommand } from "../../emulator";
import { scriptedServer } from "../support/scripted-server";
import { temporaryFolder } from "../support/temporary-folder";

function containerOf(command: ServerCommand, log: (line: string) => void = () => undefined): Container {
  const settings = { environmentVariables: {}, allowsLoaders: false, log };
  return new Container(command, "/mcp", settings, SERVICE_LIMITS);
}

const listenOn = (port: string) =>
  `require("node:http").createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1", () => console.log("up"))`;
const nodeServer = (source: string): ServerCommand => ({ program: process.execPath, arguments: ["-e", source] });

// How long the server takes each time that it starts: the restart that begins first listens last.
test.each([
  ["one after the other", [0, 0, 1500]],
  ["the later one first", [0, 1500, 0]],
])("leaves one process, the latest, where it is restarted again before it listens: %s", async (_, delays) => {
  const starts = join(temporaryFolder(), "ports");
  const source = `
    const fs = require("node:fs");
    fs.appendFileSync(${JSON.stringify(starts)}, process.env.PORT + "\\n");
    const nth = fs.readFileSync(${JSON.stringify(starts)}, "utf8").split("\\n").length - 2;
    setTimeout(() => { ${listenOn("process.env.PORT")} }, ${JSON.stringify(delays)}[nth]);`;
  const container = containerOf(nodeServer(source));
  await container.url();
  const begun = () => readFileSync(starts, "utf8").trim().split("\n");
  const first = container.restart();
  while (begun().length < 2) await sleep(10);
  await Promise.all([first, container.restart()]);
  expect(await container.url()).toBe(`http://127.0.0.1:${begun()[2]}`);
  await sleep(Math.max(...delays) / 2);
  const answers = await Promise.allSettled(begun().map(async (port) => fetch(`http://127.0.0.1:${port}`)));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  await container.close();
});

test("takes with it what was to replace it", async () => {
  const container = containerOf(scriptedServer());
  await container.url();
  const restarts = [container.restart(), container.restart()];
  await container.close();
  await Promise.all(restarts);
  await expect(container.url()).rejects.toThrow("The runtime is gone");
});

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
  const told = join(temporaryFolder(), "told");
  const late = `${listenOn("0")};
    const again = setInterval(() => {
      if (!require("node:fs").existsSync(${JSON.stringify(told)})) return;
      clearInterval(again);
      ${listenOn("process.env.PORT")};
    }, 20)`;
  const container = containerOf(nodeServer(late), (line) => {
    if (/listens on port \d+, not on port \d+, of which PORT tells it so far\.$/.test(line)) writeFileSync(told, line);
  });
  expect(await container.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
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

test.each<[string, (container: Container) => Promise<unknown>, serves: boolean]>([
  ["is restarted twice at once", (container) => Promise.all([container.restart(), container.restart()]), true],
  ["is called during a restart", (container) => Promise.all([container.restart(), container.url()]), true],
  ["is restarted while it restarts", (container) => Promise.all([container.restart(), again(container)]), true],
  ["is closed during a restart", (container) => Promise.all([container.restart(), container.close()]), false],
])("leaves no two processes to one port, where the server that has it %s", async (_, act, serves) => {
  const port = await findFreePort();
  const container = containerOf({ ...nodeServer(listenOn(String(port))), port });
  await container.url();
  await act(container);
  await sleep(500);
  const answer = fetch(`http://127.0.0.1:${port}`);
  await (serves ? answer : expect(answer).rejects.toThrow("fetch failed"));
  await container.close();
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed");
});

async function again(container: Container): Promise<void> {
  await sleep(100);
  await container.restart();
}
