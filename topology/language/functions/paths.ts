import { posix } from "node:path";
import { unsupported } from "../error";
import { fixed } from "./function";

/** Go's `filepath.Base`: a dot stands for an empty path. */
function lastElement(path: string): string {
  if (path === "") return ".";
  return posix.basename(path) || "/";
}

/** Go's `filepath.Dir`, which cleans the path. */
function allButLast(path: string): string {
  const folder = posix.normalize(path.slice(0, path.lastIndexOf("/") + 1));
  return folder.length > 1 ? folder.replace(/\/$/, "") : folder;
}

/** The home folder is of the machine, not of the configuration. */
function expanded(path: string): string {
  if (path.startsWith("~")) throw unsupported("a path in somebody's home folder");
  return path;
}

export const pathFunctions = {
  basename: fixed(1, (args) => lastElement(args.text(0))),
  dirname: fixed(1, (args) => allButLast(args.text(0))),
  pathexpand: fixed(1, (args) => expanded(args.text(0))),
};
