// emulator/cloud/processes/: programs of this machine, from their start to the last of what they started.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";

/** How often a port is looked for that nobody else has reserved. */
const ATTEMPTS = 20;

export interface ReservedPort {
  readonly port: number;
  /** Once the server listens, or will not. */
  release(): void;
}

/**
 * A free port for a server that is still to start. Other emulators look for ports meanwhile, in this process and in
 * others: each holds the UDP port of the same number, which no MCP server wants.
 */
export async function reservePort(): Promise<ReservedPort> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const port = await findFreePort();
    const release = await holdUdp(port);
    if (release) return { port, release };
  }
  return { port: await findFreePort(), release: () => undefined };
}

/** @returns undefined where the port is held already */
async function holdUdp(port: number): Promise<(() => void) | undefined> {
  const socket = createSocket("udp4");
  socket.bind({ port, address: "127.0.0.1", exclusive: true });
  const isHeld = await once(socket, "listening").then(
    () => true,
    () => false,
  );
  if (!isHeld) return undefined;
  socket.unref();
  return () => socket.close();
}

/** A TCP port of the loopback interface on which nobody listens now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Whether somebody listens on a TCP port of the loopback interface. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
