import { getEventListeners } from "node:events";
import { readdirSync } from "node:fs";
import { readTopology } from "../topology/reading";

import { articleStack, emulate } from "../support/article-stack";
import { temporaryFolder } from "../support/temporary-folder";

/** Leaves a file with its process id and never listens. */
const RELUCTANT_SERVER =
  'require("node:fs").writeFileSync(process.argv[1] + "/" + process.pid, ""); setInterval(() => {}, 1000)';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("ends a start at whichever resource it is interrupted, and leaves no process behind", async () => {
  const folder = await articleStack();
  const pids = temporaryFolder();
  const serverCommand = { program: process.execPath, arguments: ["-e", RELUCTANT_SERVER, pids] };
  const { resources } = readTopology(folder);
  for (const { address } of resources.slice(0, -1)) {
    const interruption = new AbortController();
    const onCreated = (resource: { address: string }) => {
      if (resource.address === address) interruption.abort();
    };
    await expect(emulate(folder, { serverCommand, signal: interruption.signal, onCreated })).rejects.toThrow();
  }
  expect(readdirSync(pids).map(Number).filter(isAlive)).toEqual([]);
});

test("does not start at all once it is interrupted", async () => {
  await expect(emulate(await articleStack(), { signal: AbortSignal.abort() })).rejects.toThrow();
});

test("listens to no signal once it stands or has failed", async () => {
  const { signal } = new AbortController();
  const folder = await articleStack();
  const emulator = await emulate(folder, { signal });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await emulator.stop();
  const failing = { program: "false", arguments: [] };
  await expect(emulate(folder, { signal, serverCommand: failing })).rejects.toThrow();
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
