import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import type { ServerCommand } from "../emulator";

/** Starts the bundled MCP server: its source in a checkout, its bundle in an installed package. */
export function bundledServer(): ServerCommand {
  const extension = extname(__filename);
  const entry = join(__dirname, "..", "server", `main${extension}`);
  const loader = extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href] : [];
  return { program: process.execPath, arguments: [...loader, entry] };
}
