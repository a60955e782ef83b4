import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";

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

async function ask({ remotePort, localPort }: Socket): Promise<boolean> {
  const user = process.getuid?.();
  const tables = await Promise.all(TABLES.map((table) => readFile(table, "utf8").catch(() => undefined)));
  if (user === undefined || tables.every((table) => table === undefined)) return true;
  const owners = tables.flatMap((table = "") =>
    table.split("\n").flatMap((row) => {
      const [, local = "", remote = "", , , , , owner, , inode] = row.trim().split(/\s+/);
      // Sockets that their program has closed have no inode any more, and count as the superuser's.
      return portOf(local) === remotePort && portOf(remote) === localPort && inode !== "0" ? [Number(owner)] : [];
    }),
  );
  return owners.length > 0 && owners.every((owner) => owner === user);
}

/** `0100007F:115C` */
function portOf(address: string): number {
  return Number.parseInt(address.split(":")[1] ?? "", 16);
}
