/** The versions of MCP before 2026-07-28, newest first: those that the SDK speaks. */
export const VERSIONS: readonly string[] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"];
