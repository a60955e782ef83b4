import { readFile } from "node:fs/promises";
import { SocketAddress, type Socket } from "node:net";
import { endianness } from "node:os";

/** Sockets whose owner Linux tells: proc(5), "/proc/net/tcp". */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Each connection is asked after once. */
const answers = new WeakMap<Socket, Promise<boolean>>();

/**
 * Whether the program at the other end of a connection over the loopback interface is run by the user who runs this one.
 * Where the system has no `/proc` every program counts as such.
 */
export function isOfThisUser(socket: Socket): Promise<boolean> {
  const known = answers.get(socket) ?? ask(socket);
  answers.set(socket, known);
  return known;
}

async function ask(socket: Socket): Promise<boolean> {
  const user = process.getuid?.();
  const tables = await Promise.all(TABLES.map((table) => readFile(table, "utf8").catch(() => undefined)));
  if (user === undefined || tables.every((table) => table === undefined)) return true;
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  const peer = endOf(remoteAddress, remotePort);
  const here = endOf(localAddress, localPort);
  const owners = tables.flatMap((table = "") =>
    table.split("\n").flatMap((row) => {
      const [, local = "", remote = "", , , , , owner, , inode] = row.trim().split(/\s+/);
      // Sockets that their program has closed have no inode any more, and count as the superuser's.
      return inode !== "0" && readEnd(local) === peer && readEnd(remote) === here ? [Number(owner)] : [];
    }),
  );
  return owners.length > 0 && owners.every((owner) => owner === user);
}

/** With the address: from another one of the interface's somebody else's connection may have the same ports. */
function endOf(address = "", port = 0): string {
  return `${address.replace("::ffff:", "")} ${port}`;
}

/** `0100007F:115C`, whose words are in the machine's order. */
function readEnd(column: string): string {
  const [digits = "", port = ""] = column.split(":");
  const bytes = Buffer.from(digits, "hex");
  if (bytes.length !== 4 && bytes.length !== 16) return column;
  if (endianness() === "LE") bytes.swap32();
  return endOf(bytes.length === 4 ? bytes.join(".") : ipv6(bytes), Number.parseInt(port, 16));
}

function ipv6(bytes: Buffer): string {
  const groups = bytes.toString("hex").match(/..../g)?.join(":");
  return new SocketAddress({ family: "ipv6", address: groups }).address;
}
