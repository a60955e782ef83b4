import { createHash } from "node:crypto";

/** Names what was said of whom, without the place in a file, which changes with every edit above it. */
export function fingerprint(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
