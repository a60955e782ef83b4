import { readdir, readFile, readlink } from "node:fs/promises";

/** The state LISTEN in `/proc/net/tcp`: proc(5). */
const LISTEN = "0A";

/**
 * The TCP ports on which the processes of a group listen, as Linux tells them.
 *
 * @returns none where the system has no `/proc`, or does not show the group's files
 */
export async function listeningPorts(group: number): Promise<number[]> {
  const ports = await portsByInode();
  const inodes = (await Promise.all((await membersOf(group)).map(socketsOf))).flat();
  return [...new Set(inodes.flatMap((inode) => ports.get(inode) ?? []))];
}

async function portsByInode(): Promise<Map<string, number>> {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(textOf));
  const rows = tables.flatMap((table) => table.split("\n").map((row) => row.trim().split(/\s+/)));
  return new Map(
    rows.flatMap(([, local = "", , state, , , , , , inode = ""]) =>
      state === LISTEN ? [[inode, Number.parseInt(local.split(":")[1] ?? "", 16)]] : [],
    ),
  );
}

async function membersOf(group: number): Promise<string[]> {
  const processes = (await entriesOf("/proc")).filter((name) => /^\d+$/.test(name));
  const isMember = async (id: string): Promise<boolean> => {
    // The name stands in parentheses and may hold anything; after it: state, parent, group.
    const [, , processGroup] = (await textOf(`/proc/${id}/stat`)).replace(/^.*\) /s, "").split(" ");
    return processGroup === String(group);
  };
  const found = await Promise.all(processes.map(isMember));
  return processes.filter((_, index) => found[index]);
}

async function socketsOf(processId: string): Promise<string[]> {
  const folder = `/proc/${processId}/fd`;
  const links = await Promise.all(
    (await entriesOf(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => "")),
  );
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

// Processes come and go meanwhile, and those of others are closed to us.
function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
