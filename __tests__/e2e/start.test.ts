import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer, type AddressInfo } from "node:net";

import { Command, REPOSITORY } from "../support/command";
import { ADDED, GREETED, LISTED } from "./article-transcript";

/** A server of which a walk cannot call anything. */
const NO_TOOLS = JSON.stringify({ "tools/list": `result:${JSON.stringify({ tools: [] })}` });

function npmStart(...parameters: string[]): Command {
  return new Command("npm", ["start", "--", ...parameters]);
}

/** The calls as they are shown: each one's title, and the JSON of its answer. */
function shownCalls(stdout: string): { title: string; answer: unknown }[] {
  return stdout
    .split(/^Call \d+: /m)
    .slice(1)
    .map((text) => {
      const json = /^ {2}\{$.*?^ {2}\}$/ms.exec(text)?.[0] ?? /^ {2}\{.*\}$/m.exec(text)?.[0] ?? "null";
      return { title: text.split("\n")[0] ?? "", answer: JSON.parse(json) as unknown };
    });
}

/** What the command itself says on standard error, without npm's and the server's lines. */
function complaints(stderr: string): string[] {
  return stderr.split("\n").filter((line) => line !== "" && !line.startsWith("npm ") && !line.startsWith("server | "));
}

/** Descendants of a process, by their parents' ids. */
function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const processes = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const childrenOf = (parent: number): number[] =>
    processes.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

/** A process that has ended, and that nobody has asked for yet, does not count where the system tells. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc/self") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("npm start", () => {
  test("makes the article's four calls and, with --once, ends with 0", async () => {
    const { status, stdout, stderr } = await npmStart("--once", "--port", "0").end();
    expect(complaints(stderr)).toEqual([]);
    const [signIn, ...calls] = shownCalls(stdout);
    expect(signIn).toMatchObject({
      title: "initiate-auth",
      answer: {
        AuthenticationResult: {
          AccessToken: expect.stringMatching(/…$/) as string,
          ExpiresIn: 3600,
          TokenType: "Bearer",
        },
      },
    });
    expect(calls).toEqual([
      { title: "tools/list", answer: LISTED },
      { title: "tools/call", answer: ADDED },
      { title: "tools/call", answer: GREETED },
    ]);
    expect(status).toBe(0);
  });

  test("ends cleanly at Ctrl-C, with its MCP server", async () => {
    const command = npmStart("--port", "0");
    await command.says(/Ctrl-C/);
    const children = descendants(command.pid);
    const [, port = ""] = await command.says(/AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:(\d+)/);
    expect((await fetch(`http://127.0.0.1:${port}/_emulator/outputs`)).status).toBe(200);
    expect(children.length).toBeGreaterThanOrEqual(2);

    command.interrupt();
    const { status, stderr } = await command.end();
    expect([status, complaints(stderr)]).toEqual([0, []]);
    // What would end the server of a killed emulator hears of the end a moment later.
    for (let attempt = 0; attempt < 100 && children.some(isAlive); attempt++) await sleep(10);
    expect(children.filter(isAlive)).toEqual([]);
  });

  test("fails with one sentence when the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = await npmStart("--once", "--port", String(port)).end();
    other.close();
    expect([status, complaints(stderr)]).toEqual([
      2,
      [expect.stringMatching(`^cdktf-agentcore: Port ${port} is taken: .*\\.$`)],
    ]);
  });

  test("fails with 1 when a call fails", async () => {
    const server = `node ${REPOSITORY}/__tests__/support/servers/scripted-server.mjs null '${NO_TOOLS}'`;
    const { status, stderr } = await npmStart("--once", "--port", "0", "--server", server).end();
    expect([status, complaints(stderr)]).toEqual([
      1,
      [expect.stringContaining("The gateway lists no tool that the walk could call.")],
    ]);
  });

  test.each([
    ["project name", { PROJECT_NAME: "No Blanks Allowed" }, /project name "No Blanks Allowed" is not valid/],
    ["region", { AWS_REGION: "moon-west" }, /region "moon-west" is not the name of an AWS region/],
  ])("fails with one sentence for a bad %s", async (_, environment, sentence) => {
    const command = new Command("npm", ["start", "--", "--once", "--port", "0"], environment);
    const { status, stderr } = await command.end();
    expect([status, complaints(stderr)]).toEqual([2, [expect.stringMatching(sentence)]]);
  });
});
