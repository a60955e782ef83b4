import { dirname } from "node:path";

/**
 * The directory of this package. The package's own name resolves to it from the sources, from the build and from a
 * dependent's node_modules alike, which a path relative to this file would not.
 */
export function packageRoot(): string {
  return dirname(require.resolve("cdktf-agentcore/package.json"));
}
