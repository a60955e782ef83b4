import { join } from "node:path";

import { installPackages, packagesFolder } from "./installed-packages";

const NAME = "mcp-sdk-2";

/** The official SDK of MCP 2026-07-28, which is written as ES modules: for processes of their own. */
export const CLIENT_2 = join(packagesFolder(NAME), "@modelcontextprotocol/client/dist/index.mjs");
export const SERVER_2 = join(packagesFolder(NAME), "@modelcontextprotocol/server/dist/index.mjs");

/** Installs it where it is missing. Returns why it cannot be used, or undefined when it can. */
export function installSdk2(): string | undefined {
  return installPackages(NAME, { "@modelcontextprotocol/client": "2.4.0", "@modelcontextprotocol/server": "2.4.0" });
}
