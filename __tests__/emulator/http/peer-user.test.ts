import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server, type Socket, type TcpNetConnectOpts } from "node:net";
import { createInterface } from "node:readline";

import type { Emulator } from "../../../emulator";
import { isOfThisUser } from "../../../emulator/http/peer-user";
import { articleStack, emulate } from "../../support/article-stack";
import { endAfterTests } from "../../support/end-after-tests";
import { describeWhen, testUnless } from "../../support/skip";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asAnother = testUnless(
  isRoot && process.platform === "linux" ? undefined : "only root on Linux can be another user",
);

let emulator: Emulator;
beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

/** A request of a program that some user runs, signed with keys that anybody can look up. */
async function statusFor(path: string, method: string, uid?: number): Promise<string> {
  const program = `
    const [url, method] = process.argv.slice(1);
    fetch(url, { method, body: method === "GET" ? undefined : "{}" }).then(
      async (answer) => console.log(answer.status, answer.headers.get("x-amzn-errortype") ?? await answer.text()));`;
  const child = spawn(process.execPath, ["-e", program, `${emulator.url}${path}`, method], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: "/",
    uid,
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return line;
}

const RUNTIMES = "/bedrock-agentcore-control.us-east-1.amazonaws.com/runtimes/";

asAnother("another user of the machine creates nothing that runs programs", async () => {
  expect(await statusFor(RUNTIMES, "PUT", NOBODY)).toBe("403 AccessDeniedException");
});

asAnother("another user comes as far as the signature where no program starts", async () => {
  expect(await statusFor(RUNTIMES, "GET", NOBODY)).not.toContain("AccessDeniedException");
});

test("the user who started the emulator comes as far as the signature", async () => {
  expect(await statusFor(RUNTIMES, "PUT")).toMatch(/^403 (MissingAuthenticationToken|IncompleteSignature)/);
});

describeWhen(existsSync("/proc/net/tcp"), "Linux's /proc", "a connection", () => {
  async function listening(host: string): Promise<Server> {
    const server = createServer({ pauseOnConnect: true }).listen(0, host);
    endAfterTests(() => void server.close());
    await once(server, "listening");
    return server;
  }

  /** Both ends of a connection. */
  async function connected(server: Server, from: Partial<TcpNetConnectOpts> = {}): Promise<[Socket, Socket]> {
    const { port, address } = server.address() as AddressInfo;
    const client = connect({ host: address === "::" ? "127.0.0.1" : address, port, ...from });
    const [peer] = (await once(server, "connection")) as [Socket];
    endAfterTests(() => [client, peer].forEach((socket) => socket.destroy()));
    return [client, peer];
  }

  test.each(["127.0.0.1", "::1", "::"])("of this user's to %s counts as such", async (host) => {
    const [, peer] = await connected(await listening(host));
    expect(await isOfThisUser(peer)).toBe(true);
  });

  test("that its program has closed is nobody's, also where one of this user's has the same ports", async () => {
    const server = await listening("127.0.0.1");
    const [{ localPort }] = await connected(server);
    const [closed, peer] = await connected(server, { localAddress: "127.0.0.2", localPort });
    closed.destroy();
    await once(closed, "close");
    expect(await isOfThisUser(peer)).toBe(false);
  });
});
