import type { GatewayTargetDeclaration } from "../../../topology";
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

/** What a handshake agreed, for the requests after it. */
export interface McpSession {
  readonly protocolVersion: string;
  /** What the server says it has, such as `tools` or `prompts`. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Left out by a server without sessions. */
  readonly sessionId?: string;
}

/** How a creation, an update or a synchronization ended: each has a failure of its own. */
export type TargetRest = "READY" | "FAILED" | "UPDATE_UNSUCCESSFUL" | "SYNCHRONIZE_UNSUCCESSFUL";

/** A target as it stands: its declaration, and what the latest synchronization brought. */
export interface Target {
  readonly targetId: string;
  declaration: GatewayTargetDeclaration;
  /** The service's statuses that wait for a user's consent have no flow here that leads to them. */
  status: "CREATING" | "UPDATING" | "SYNCHRONIZING" | "DELETING" | TargetRest;
  statusReasons: string[];
  /** The catalogue that `tools/list` answers from; calls fetch their credential anew. */
  tools: readonly Tool[];
  /** What an MCP server has beside tools, of the same time. */
  offerings?: Offerings;
  /** What the handshake with an MCP server agreed. */
  session?: McpSession;
  /** Why the emulator does not imitate it; its status is FAILED then, and stays so. */
  readonly leftOut?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  updatedAt: number;
  /** Milliseconds since the epoch. */
  lastSynchronizedAt?: number;
}
