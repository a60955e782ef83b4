import { HANDSHAKE_VERSIONS, STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";
import { UnsupportedVersion } from "./json-rpc-errors";

/** The version that the gateway asks a target for, seen in requests that servers received, whatever its callers speak. */
export const VERSION_ASKED_OF_TARGETS = "2025-11-25";

/** Those of a gateway's versions that begin with `initialize`. */
export function handshakesOf(versions: readonly string[]): readonly string[] {
  return HANDSHAKE_VERSIONS.filter((version) => versions.includes(version));
}

/** What a plain client may state that has agreed on no version: the oldest, whose answers are the plainest. */
export function plainestOf(versions: readonly string[]): string {
  return handshakesOf(versions).at(0) ?? STATELESS_VERSION;
}

/**
 * The requested version where the gateway supports it, else its newest: MCP 2025-11-25, basic/lifecycle.
 *
 * @throws UnsupportedVersion where it supports none that begins with `initialize`
 */
export function negotiateVersion(versions: readonly string[], requested: string): string {
  const supported = handshakesOf(versions);
  const agreed = supported.includes(requested) ? requested : supported.at(-1);
  if (agreed === undefined) throw new UnsupportedVersion(versions, requested);
  return agreed;
}
