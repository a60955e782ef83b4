import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { ManualClock } from "../../emulator/clock";
import { SERVICE_LIMITS } from "../../emulator/cloud/limits";
import { LoopbackHosts } from "../../emulator/cloud/network/loopback-hosts";
import { Network } from "../../emulator/cloud/network/network";
import { Tracer } from "../../emulator/trace/tracer";

let server: Server;
let network: Network;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === "/stream") response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  network = new Network(new LoopbackHosts({ "slow.example": `http://127.0.0.1:${port}` }), SERVICE_LIMITS);
});

const fetchFrom = (path: string) =>
  network.fetch(`https://slow.example${path}`, { trace: new Tracer(new ManualClock(0)) });

test("breaks off what it waits for outside when it is closed, and begins nothing more", async () => {
  const arrived = once(server, "request");
  const outcome = expect(fetchFrom("/silent")).rejects.toThrow("broke off");
  await arrived;
  await network.close();
  await outcome;
  await expect(fetchFrom("/silent")).rejects.toThrow("broke off");
});

test("breaks off an event stream when it is closed", async () => {
  const response = await fetchFrom("/stream");
  const outcome = expect(response.text()).rejects.toThrow("broke off");
  await network.close();
  await outcome;
});
