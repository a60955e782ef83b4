import { connect } from "node:net";
import { bundledServer } from "../support/published-server";
import { ServerProcess } from "./support/server-process";
import { residentMegabytes } from "./support/memory";
import { randomRequests } from "./support/hostile-requests";
import { callTool } from "./support/test-server";

const REQUESTS = 20_000;
const AT_ONCE = 64;
/** Milliseconds a client waits for the answer to half a request. */
const PATIENCE = 200;

/** Writes raw bytes and reads until the server ends the connection, has answered, or is given up on. */
async function send(port: number, bytes: Buffer, hangUp: boolean): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
    if (answer.includes("\r\n\r\n")) socket.end();
  });
  socket.write(bytes, () => hangUp && socket.destroy());
  // Not once(): it would throw the connection errors that are this test's daily bread.
  await new Promise((resolve) => socket.on("close", resolve));
  return answer;
}

test("20,000 hostile requests leave the server answering, without a stray error or growth", async () => {
  // A young generation that V8 lets grow while many wait is no growth of the server's.
  const { program, arguments: bundle } = bundledServer();
  const server = ServerProcess.start([program, "--max-semi-space-size=8", ...bundle]);
  const url = await server.url();
  const port = Number(new URL(url).port);
  const requests = randomRequests(20261123);
  const statuses = new Map<string, number>();
  let sent = 0;
  let early = 0;

  async function attack(): Promise<void> {
    while (sent < REQUESTS) {
      sent += 1;
      const { bytes, hangUp } = requests.next().value;
      const status = /^HTTP\/1\.1 (\d{3})/.exec(await send(port, bytes, hangUp))?.[1] ?? "none";
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (sent === REQUESTS / 4) early = residentMegabytes(server.child.pid);
    }
  }

  // A sender that never finishes holds its connection all the while.
  const slow = connect(port, "127.0.0.1");
  slow.on("error", () => undefined);
  slow.write("POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  await Promise.all(Array.from({ length: AT_ONCE }, attack));
  slow.destroy();

  expect(await callTool(url, "add_numbers", { a: 5, b: 3 })).toMatchObject({
    result: { structuredContent: { result: 8 } },
  });
  expect(residentMegabytes(server.child.pid) - early).toBeLessThan(40);
  // The attack was one: most of it was refused, some of it answered, and nothing broke the server. A machine that is
  // busy with other things answers fewer within the client's patience.
  const answered = sent - (statuses.get("none") ?? 0);
  expect(answered).toBeGreaterThan(REQUESTS / 10);
  expect(statuses.get("400") ?? 0).toBeGreaterThan(answered / 4);
  expect(statuses.get("200") ?? 0).toBeGreaterThan(answered / 20);
  expect(statuses.has("500")).toBe(false);
  const stray = server.lines.filter((line) => line["level"] === "error");
  expect(stray).toStrictEqual([]);
  server.child.kill("SIGTERM");
  expect(await server.exited).toBe(0);
}, 180_000);
