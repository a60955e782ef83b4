import { join } from "node:path";

import { installPackages, packagesFolder } from "../../support/installed-packages";

const NAME = "mcp-clients";

export const NODE_22 = join(packagesFolder(NAME), ".bin/node");
export const CONFORMANCE = join(packagesFolder(NAME), "@modelcontextprotocol/conformance/dist/index.js");
export const INSPECTOR = join(packagesFolder(NAME), ".bin/mcp-inspector");

/**
 * Installs the programs that judge MCP servers, 330 MB, where they are missing. The conformance suite and the Inspector
 * want a Node of 22 or newer. Returns why they cannot be used, or undefined when they can.
 */
export function installClientTools(): string | undefined {
  return installPackages(NAME, {
    node: "22.23.3",
    "@modelcontextprotocol/conformance": "0.2.0-alpha.12",
    "@modelcontextprotocol/inspector": "2.12.0",
  });
}
