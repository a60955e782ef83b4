// Versions of the Model Context Protocol, as gateways have them.

/** What a request without the header MCP-Protocol-Version counts as: MCP 2025-11-25, basic/transports, and published answers. */
export const ASSUMED_VERSION = "2025-03-26";

/** The versions that begin with `initialize`, oldest first: what a target may speak, as one of 2024-11-05 cannot be onboarded. */
export const HANDSHAKE_VERSIONS: readonly string[] = [ASSUMED_VERSION, "2025-06-18", "2025-11-25"];

/** The version without a handshake and sessions, whose requests stand alone. */
export const STATELESS_VERSION = "2026-07-28";

/** What a gateway speaks, oldest first: developer guide, "gateway-using". */
export const SPOKEN_VERSIONS: readonly string[] = [...HANDSHAKE_VERSIONS, STATELESS_VERSION];
