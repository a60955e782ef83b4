import type { GatewayTargetDeclaration } from "../../../topology";
import type { Tool } from "./tool";

/** A target as it stands: its declaration, and what the latest synchronization brought. */
export interface Target {
  readonly targetId: string;
  readonly declaration: GatewayTargetDeclaration;
  /** The rest of the service's statuses come with the operations that lead to them. */
  status: "CREATING" | "READY" | "FAILED";
  statusReasons: string[];
  /** The catalogue that `tools/list` answers from; calls fetch their credential anew. */
  tools: readonly Tool[];
  /** The protocol version agreed with the MCP server. */
  protocolVersion?: string;
}
