import type { GatewayTargetDeclaration } from "../../../topology";
import type { HopRecorder, Trace } from "../../trace/hop-record";
import { UnknownHostError } from "../network";
import type { Gateway } from "./gateways";
import type { Target } from "./target";

/** A tool as its target describes it. */
export interface ServerTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface ToolCall {
  /** As the target knows the tool. */
  readonly name: string;
  readonly arguments: unknown;
  /** The id of the caller's request. */
  readonly requestId: string | number;
}

/** The result of `tools/call`, in the key order of the gateway's answers. */
export interface ToolResult {
  readonly content: readonly unknown[];
  readonly isError: boolean;
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly _meta?: { readonly debug: { readonly type: "text"; readonly text: string } };
}

/** How a gateway reaches one kind of target. */
export interface TargetConnector {
  /**
   * What the service checks before it accepts a configuration.
   *
   * @throws AwsError ValidationException
   */
  validate(gateway: Gateway, declaration: GatewayTargetDeclaration): void;
  /** Reads the target's catalogue. @throws TargetError, AwsError */
  synchronize(gateway: Gateway, target: Target, trace: Trace): Promise<readonly ServerTool[]>;
  /** @throws TargetError, AwsError */
  callTool(gateway: Gateway, target: Target, call: ToolCall, trace: Trace): Promise<ToolResult>;
}

/** A target could not be asked, in the words of its status reason. */
export class TargetError extends Error {
  constructor(
    message: string,
    override readonly cause?: unknown,
  ) {
    super(message);
    this.name = "TargetError";
  }
}

/** Tells the trace what the caller is not told: that there is no host at the target's endpoint. */
export function traceTargetFailure(error: unknown, hop: HopRecorder): void {
  if (error instanceof TargetError && error.cause instanceof UnknownHostError) {
    hop.check("target endpoint", false, { expected: "a host that answers", actual: error.cause.message });
  }
  hop.fail(error instanceof Error ? error.message : String(error));
}
