import { join } from "node:path";
import { installPackages, packagesFolder } from "./installed-packages";

const VERSIONS = { "22": "22.23.3", "24": "24.21.0" } as const;

export type NodeVersion = keyof typeof VERSIONS;

const folderOf = (version: NodeVersion): string => `node-${version}`;

/** The program that `installNode` installs. */
export function nodeProgram(version: NodeVersion): string {
  return join(packagesFolder(folderOf(version)), ".bin/node");
}

/** Installs a Node.js of another version, 185 MB. Returns why it cannot be used, or undefined when it can. */
export function installNode(version: NodeVersion): string | undefined {
  return installPackages(folderOf(version), { node: VERSIONS[version] });
}
