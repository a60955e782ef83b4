import { connect } from "node:net";
import { bundleServer, copyServer, ServerProcess, toolSource } from "./support/server-process";

const RUNS = 20;
const AT_ONCE = 4;
const CONNECTIONS = 32;
/** Milliseconds: the server's grace period, with the time that a busy machine takes to start a process's end. */
const GRACE = 8_000;

const bundle = bundleServer(
  copyServer({
    "work.ts": toolSource(
      "work",
      `await new Promise((resolve) => setTimeout(resolve, Math.random() < 0.02 ? 600 : Math.random() * 20)); return "done";`,
    ),
  }),
);

const BODY = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "work", arguments: {} } });
const REQUEST =
  "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" +
  `Content-Length: ${BODY.length}\r\n\r\n${BODY}`;

interface Tally {
  answered: number;
  lost: string[];
}

/** Calls one after the other, without a pause, until the server says that it closes the connection. */
function callUntilClosed(port: number, tally: Tally, onfirst: () => void): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let text = "";
    let waiting = false;
    const call = (): void => {
      waiting = true;
      text = "";
      socket.write(REQUEST);
    };
    socket.on("connect", call);
    socket.on("data", (chunk) => {
      text += chunk.toString();
      const length = /content-length: (\d+)\r\n/i.exec(text)?.[1];
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0 && text.length >= end + 4 + Number(length)) {
        waiting = false;
        tally.answered += 1;
        onfirst();
        if (!text.includes('"result":"done"')) tally.lost.push(text);
        if (!/\r\nconnection: close\r\n/i.test(text)) call();
      }
    });
    socket.on("error", (error) => waiting && tally.lost.push(error.message));
    socket.on("close", () => {
      if (waiting) tally.lost.push("closed without an answer");
      resolve();
    });
  });
}

async function run(): Promise<{ answered: number; lost: string[]; code: number | null; milliseconds: number }> {
  const server = ServerProcess.start([process.execPath, bundle]);
  const port = Number(new URL(await server.url()).port);
  const tally: Tally = { answered: 0, lost: [] };
  const clients: Promise<void>[] = [];
  const busy = Array.from(
    { length: CONNECTIONS },
    () => new Promise<void>((onfirst) => clients.push(callUntilClosed(port, tally, onfirst))),
  );
  await Promise.all(busy);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
  const startedAt = performance.now();
  server.child.kill("SIGTERM");
  await Promise.all(clients);
  return { ...tally, code: await server.exited, milliseconds: performance.now() - startedAt };
}

test(`SIGTERM under ${CONNECTIONS} busy connections loses no call, in ${RUNS} of ${RUNS} runs`, async () => {
  let left = RUNS;
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  const worker = async (): Promise<void> => {
    while (left-- > 0) runs.push(await run());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(runs.flatMap(({ lost }) => lost)).toStrictEqual([]);
  expect(runs.map(({ code }) => code)).toStrictEqual(Array.from({ length: RUNS }, () => 0));
  expect(Math.max(...runs.map(({ milliseconds }) => milliseconds))).toBeLessThan(GRACE);
  expect(Math.min(...runs.map(({ answered }) => answered))).toBeGreaterThan(CONNECTIONS);
}, 120_000);
