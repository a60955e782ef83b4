import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ProcessGroup, type Command } from "../../../emulator/cloud/processes/process-group";
import { REPOSITORY } from "../../support/command";
import { temporaryFolder } from "../../support/temporary-folder";

const HEEDFUL = "echo $$; while :; do sleep 1; done";
const STUBBORN = `trap "" TERM HUP INT; ${HEEDFUL}`;

/** Ways in which people start servers: each has the server as a child or grandchild. */
const WRAPPERS: Readonly<Record<string, (script: string) => Command>> = {
  "sh -c": (script) => ({ program: "sh", arguments: ["-c", `sh -c '${script}'; true`] }),
  "a background job": (script) => ({ program: "sh", arguments: ["-c", `sh -c '${script}' & wait`] }),
  "a program that starts others": (script) => ({
    program: process.execPath,
    arguments: [
      "-e",
      'require("node:child_process").spawn("sh", ["-c", process.argv[1]], { stdio: "inherit" })',
      `sh -c '${script}'; true`,
    ],
  }),
};

/** A process that has ended, and that nobody has asked for yet, does not count where the system tells. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc/self") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && isRunning(pid); attempt++) await sleep(20);
  return !isRunning(pid);
}

async function serverOf(group: ProcessGroup): Promise<number> {
  for await (const line of createInterface({ input: group.child.stdout ?? process.stdin })) return Number(line);
  throw new Error("The server did not start.");
}

describe.each(Object.entries(WRAPPERS))("a server behind %s", (_, wrapped) => {
  test.each([
    ["heeds SIGTERM", HEEDFUL],
    ["does not", STUBBORN],
  ])("ends with its group where it %s", async (__, script) => {
    const group = new ProcessGroup(wrapped(script), process.env);
    const server = await serverOf(group);
    await group.stop();
    expect(await untilGone(server)).toBe(true);
  });

  test("ends where its wrapper is killed", async () => {
    const group = new ProcessGroup(wrapped(HEEDFUL), process.env);
    const server = await serverOf(group);
    process.kill(group.id ?? 0, "SIGKILL");
    expect(await untilGone(server)).toBe(true);
  });
});

test("a program that cannot be started has nothing to stop", async () => {
  const group = new ProcessGroup({ program: "/nonexistent", arguments: [] }, {});
  await once(group.child, "error");
  await group.stop();
});

describe("where the process that started a group ends", () => {
  let program: string;
  beforeAll(async () => {
    program = join(temporaryFolder(), "parent.js");
    const source = `
      import { ProcessGroup } from "./emulator/cloud/processes/process-group";
      const start = () => {
        const group = new ProcessGroup(JSON.parse(process.argv[2]), process.env);
        group.child.stdout.pipe(process.stdout, { end: false });
        return group;
      };
      let group = start();
      process.on("message", async (message) => {
        if (message === "exit") process.exit(0);
        // As a reload does it: the server of before ends, and another takes its place.
        await group.stop();
        group = start();
      });
      setInterval(() => {}, 1000);`;
    await build({
      stdin: { contents: source, resolveDir: REPOSITORY, loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
    });
  });

  test.each(["SIGKILL", "SIGINT", "SIGTERM", "SIGHUP", "exit"] as const)(
    "by %s, nothing of it is left, ten of ten times",
    async (end) => {
      const wrapped = Object.values(WRAPPERS);
      const runs = Array.from({ length: 10 }, async (_, index) => {
        const command = wrapped[index % wrapped.length]?.(STUBBORN);
        const parent = spawn(process.execPath, [program, JSON.stringify(command)], {
          stdio: ["ignore", "pipe", "inherit", "ipc"],
        });
        const [line] = (await once(createInterface({ input: parent.stdout ?? process.stdin }), "line")) as [string];
        if (end === "exit") parent.send(end);
        else parent.kill(end);
        return untilGone(Number(line));
      });
      expect(await Promise.all(runs)).toEqual(Array(10).fill(true));
    },
  );

  test("after a reload, nothing of the server before is left, and nothing of the new one after kill -9, ten of ten times", async () => {
    const wrapped = Object.values(WRAPPERS);
    const runs = Array.from({ length: 10 }, async (_, index) => {
      const command = wrapped[index % wrapped.length]?.(STUBBORN);
      const parent = spawn(process.execPath, [program, JSON.stringify(command)], {
        stdio: ["ignore", "pipe", "inherit", "ipc"],
      });
      const servers = createInterface({ input: parent.stdout ?? process.stdin })[Symbol.asyncIterator]();
      const before = Number((await servers.next()).value);
      parent.send("reload");
      const after = Number((await servers.next()).value);
      // The system takes its time to end what is killed.
      const isGone = await untilGone(before);
      parent.kill("SIGKILL");
      return [isGone, await untilGone(after)];
    });
    expect(await Promise.all(runs)).toEqual(Array(10).fill([true, true]));
  });
});
