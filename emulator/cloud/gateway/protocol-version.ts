/**
 * What the gateway speaks, oldest first. It also knows 2026-07-28 on AWS, a protocol without `initialize` that is not
 * emulated.
 */
export const SPOKEN_VERSIONS = ["2025-03-26", "2025-06-18", "2025-11-25"];

/** What a target may answer to `initialize`; a server of 2024-11-05 cannot be onboarded. */
export function isSpoken(version: string): boolean {
  return SPOKEN_VERSIONS.includes(version);
}

/** The version that the gateway asks a target for, seen in requests that servers received. */
export const VERSION_ASKED_OF_TARGETS = "2025-11-25";

/** Those of a gateway's versions that it speaks here. */
export function spokenOf(versions: readonly string[]): readonly string[] {
  return SPOKEN_VERSIONS.filter((version) => versions.includes(version));
}

/** The newest of a gateway's versions: what a client may state that has agreed on none. */
export function newestOf(versions: readonly string[]): string {
  return spokenOf(versions).at(-1) ?? VERSION_ASKED_OF_TARGETS;
}

/** The requested version where the gateway supports it, else its newest: MCP 2025-11-25, basic/lifecycle. */
export function negotiateVersion(versions: readonly string[], requested: string): string | undefined {
  const supported = spokenOf(versions);
  return supported.includes(requested) ? requested : supported.at(-1);
}
