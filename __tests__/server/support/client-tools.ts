import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

import { installPackages, packagesFolder } from "../../support/installed-packages";
import { installNode, nodeProgram } from "../../support/node-versions";
import { onceARunSync } from "../../support/once-a-run";

const NAME = "mcp-clients";

export const NODE_22 = nodeProgram("22");
const SUITE = join(packagesFolder(NAME), "@modelcontextprotocol/conformance/dist");
/** With the packages that it takes: so it starts in half of the time. */
export const CONFORMANCE = join(SUITE, "with-packages.mjs");
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
  const missing = installNode("22") ?? installPackages(NAME, programs);
  if (missing === undefined && !existsSync(CONFORMANCE)) onceARunSync("conformance-with-packages", bundleSuite);
  return missing;
}

function bundleSuite(): void {
  const fresh = `${CONFORMANCE}-${process.pid}`;
  const require = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  buildSync({
    entryPoints: [join(SUITE, "index.js")],
    outfile: fresh,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: require },
  });
  renameSync(fresh, CONFORMANCE);
}
