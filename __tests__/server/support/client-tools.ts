import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs that judge the server from outside. They are installed on first use and kept out of package.json, whose
 * users need none of their 330 MB. The conformance suite and the Inspector want a Node of 22 or newer.
 */
const PACKAGES = {
  node: "22.23.3",
  "@modelcontextprotocol/conformance": "0.2.0-alpha.12",
  "@modelcontextprotocol/inspector": "2.12.0",
};

const FOLDER = join(__dirname, "../../../node_modules/.cache/mcp-clients");
const INSTALLED = join(FOLDER, `installed-${Object.values(PACKAGES).join("-")}`);

export const NODE_22 = join(FOLDER, "node_modules/.bin/node");
export const CONFORMANCE = join(FOLDER, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
export const INSPECTOR = join(FOLDER, "node_modules/.bin/mcp-inspector");

/** Installs the programs where they are missing. Returns why they cannot be used, or undefined when they can. */
export function installClientTools(): string | undefined {
  if (existsSync(INSTALLED)) {
    return undefined;
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ private: true, dependencies: PACKAGES }));
  const install = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
  const { status, stderr } = spawnSync("npm", install, { cwd: FOLDER, encoding: "utf8", timeout: 240_000 });
  if (status !== 0) {
    return `the MCP client programs cannot be installed from the registry: ${stderr.trim().split("\n").pop()}`;
  }
  writeFileSync(INSTALLED, "");
  return undefined;
}
