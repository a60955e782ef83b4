import type { GatewayTargetDeclaration } from "../../../topology";
import type { Times } from "../times";
import type { Tool } from "./tool";

/** As the server describes it, with all of its members. */
export type Offering = Readonly<Record<string, unknown>>;

/** What an MCP server has beside tools, by the names of the lists. */
export interface Offerings {
  readonly prompts: readonly Offering[];
  readonly resources: readonly Offering[];
  readonly resourceTemplates: readonly Offering[];
}

export const NO_OFFERINGS: Offerings = { prompts: [], resources: [], resourceTemplates: [] };

/** What a handshake agreed, or a server of 2026-07-28 said of itself, for the requests after it. */
export interface McpSession {
  readonly protocolVersion: string;
  /** What the server says it has, such as `tools` or `prompts`. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Left out by a server without sessions. */
  readonly sessionId?: string;
}

/** How a creation, an update or a synchronization ended: each has a failure of its own. */
export type TargetRest = "READY" | "FAILED" | "UPDATE_UNSUCCESSFUL" | "SYNCHRONIZE_UNSUCCESSFUL";

/** A motion that goes on once an administrator has consented. */
export type PendingAuthorization = "CREATE_PENDING_AUTH" | "UPDATE_PENDING_AUTH" | "SYNCHRONIZE_PENDING_AUTH";

/** What an administrator is asked for. */
export interface TargetAuthorization {
  readonly authorizationUrl: string;
  /** By which he binds the session. */
  readonly userId: string;
  readonly sessionUri: string;
}

/** A target as it stands: its declaration, and what the latest synchronization brought. */
export interface Target extends Times {
  readonly targetId: string;
  declaration: GatewayTargetDeclaration;
  status: "CREATING" | "UPDATING" | "SYNCHRONIZING" | "DELETING" | PendingAuthorization | TargetRest;
  statusReasons: string[];
  /** The catalogue that `tools/list` answers from; calls fetch their credential anew. */
  tools: readonly Tool[];
  /** What an MCP server has beside tools, of the same time. */
  offerings?: Offerings | undefined;
  /** What the handshake with an MCP server agreed, for callers without a session of their own. */
  session?: McpSession | undefined;
  /** What the server said of itself in 2026-07-28; null for one that does not speak it. */
  discovered?: McpSession | null | undefined;
  /** Where an administrator's consent is waited for. */
  authorization?: TargetAuthorization;
  /** Why the emulator does not imitate it; its status is FAILED then, and stays so. */
  readonly leftOut?: string;
  /** Milliseconds since the epoch. */
  lastSynchronizedAt?: number;
}
