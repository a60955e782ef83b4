import { join } from "node:path";

import { installPackages, packagesFolder } from "../../support/installed-packages";
import { installNode, nodeProgram } from "../../support/node-versions";

const NAME = "mcp-clients";

export const NODE_22 = nodeProgram("22");
export const CONFORMANCE = join(packagesFolder(NAME), "@modelcontextprotocol/conformance/dist/index.js");
export const INSPECTOR = join(packagesFolder(NAME), ".bin/mcp-inspector");

/**
 * Installs the programs that judge MCP servers, 150 MB, where they are missing. The conformance suite and the Inspector
 * want a Node of 22 or newer. Returns why they cannot be used, or undefined when they can.
 */
export function installClientTools(): string | undefined {
  const programs = {
    "@modelcontextprotocol/conformance": "0.2.0-alpha.12",
    "@modelcontextprotocol/inspector": "2.12.0",
  };
  return installNode("22") ?? installPackages(NAME, programs);
}
