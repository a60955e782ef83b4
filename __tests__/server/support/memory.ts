import { existsSync, readFileSync } from "node:fs";

/** Memory of a process in megabytes; 0 where the system does not tell. */
export function residentMegabytes(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, "utf8"))?.[1]) / 1024 : 0;
}
