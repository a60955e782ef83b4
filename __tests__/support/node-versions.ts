import { join } from "node:path";
import { installPackages, packagesFolder } from "./installed-packages";

const VERSIONS = { "22": "22.23.3", "24": "24.21.0" } as const;

export type NodeVersion = keyof typeof VERSIONS;

/** What the package "node" would copy the program from. */
const PACKAGE = `node-${process.platform}-${process.arch}`;

const folderOf = (version: NodeVersion): string => `${PACKAGE}-${version}`;

/** The program that `installNode` installs. */
export function nodeProgram(version: NodeVersion): string {
  return join(packagesFolder(folderOf(version)), `${PACKAGE}/bin/node`);
}

/** Installs a Node.js of another version, 185 MB. Returns why it cannot be used, or undefined when it can. */
export function installNode(version: NodeVersion): string | undefined {
  return installPackages(folderOf(version), { [PACKAGE]: VERSIONS[version] });
}
