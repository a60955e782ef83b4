import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Command } from "../processes/process-group";

/** The command that runs an exported function of a Node.js module as a Lambda handler: `FILE#EXPORT`, by default `handler`. */
export function lambdaHandler(reference: string): Command {
  const [file = "", name = "handler"] = reference.split("#");
  const extension = extname(__filename);
  const loader = extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href] : [];
  return { program: process.execPath, arguments: [...loader, join(__dirname, `bootstrap${extension}`), file, name] };
}
