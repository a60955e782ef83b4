import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What Node.js runs a handler with: the source of `bootstrap.ts` in a checkout, its bundle in an installed package. */
export function bootstrap(): readonly string[] {
  const extension = extname(__filename);
  const loader = extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href] : [];
  return [...loader, join(__dirname, `bootstrap${extension}`)];
}
