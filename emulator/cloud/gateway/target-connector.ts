import { type Backend, backendOf, type GatewayTargetDeclaration } from "../../../topology";
import type { TracedRequest } from "../../trace/call";
import type { FailedCheck } from "../../trace/fixes";
import type { Deferred, HopRecorder, Trace } from "../../trace/hop-record";
import { maskFields } from "../../trace/masking";
import type { Gateway } from "./gateways";
import { type JsonRpcId } from "./protocol/json-rpc-errors";
import type { LiveRequest } from "./catalogue/offerings";
import type { Offerings, Target } from "./target";
import type { TargetCaller } from "./target-caller";
import { InputSchemaError, type ServerTool } from "./tool";

/** The hops in which a target is asked. */
export type TargetHop = "target call" | "target synchronization";

export interface ToolCall {
  /** As the target knows the tool. */
  readonly name: string;
  readonly arguments: unknown;
  /** As the target gave it, but for titles. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** The id of the caller's request. */
  readonly requestId: JsonRpcId;
  /** What of the request's parameters concerns the protocol. */
  readonly protocol: ProtocolParameters;
  readonly caller: TargetCaller;
}

/** Parameters of a request beside what it asks for. */
export interface ProtocolParameters {
  readonly _meta?: unknown;
  /** Of a request of 2026-07-28 that answers questions to an earlier one. */
  readonly inputResponses?: unknown;
  readonly requestState?: unknown;
}

/** The result of `tools/call`, in the key order of the gateway's answers. */
export interface ToolResult {
  readonly content: readonly unknown[];
  readonly isError: boolean;
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** The result of a call that a target of 2026-07-28 goes on with when its questions are answered. */
export interface InputRequired {
  readonly resultType: "input_required";
}

/** What a synchronization brings. */
export interface Catalogue {
  readonly tools: readonly ServerTool[];
  /** @default - nothing is known of prompts and resources, or there are none */
  readonly offerings?: Offerings;
}

/** How a gateway reaches what stands behind targets, for one way to speak to it. */
export interface TargetConnector<B extends Backend = Backend> {
  /**
   * What the service checks of such a target before it accepts a configuration. @default - nothing
   *
   * @throws AwsError ValidationException
   */
  validate?(gateway: Gateway, declaration: GatewayTargetDeclaration, backend: B): void;
  /** Reads the target's catalogue. @throws TargetError, AwsError */
  synchronize(gateway: Gateway, target: Target, backend: B, trace: Trace): Promise<Catalogue>;
  /** @default - such targets have no tools @throws TargetError, AwsError */
  callTool?(
    gateway: Gateway,
    target: Target,
    backend: B,
    call: ToolCall,
    trace: Trace,
  ): Promise<ToolResult | InputRequired>;
  /** Reads one list of a target that is asked for each anew. @default - such targets are not @throws TargetError, AwsError */
  list?(gateway: Gateway, list: LiveList, backend: B, trace: Trace): Promise<void>;
  /** Asks a target for one of its prompts or resources. @default - such targets have none @throws TargetError, AwsError */
  ask?(gateway: Gateway, request: LiveRequest, backend: B, trace: Trace): Promise<object>;
}

/** A list that is read anew. */
export interface LiveList {
  readonly target: Target;
  readonly method: string;
  readonly caller: TargetCaller;
}

/** A target could not be asked, in the words of its status reason. */
export class TargetError extends Error {
  constructor(
    message: string,
    /** What the gateway itself found wrong; left out where another hop has. */
    readonly failed?: FailedCheck<TargetHop>,
    /** The target's own JSON-RPC error, where there is one. */
    readonly refusal?: { readonly code: number; readonly message: string; readonly data?: unknown },
    /** Whether the target's connection broke while the caller was being asked. */
    readonly isInterrupted = false,
  ) {
    super(message);
    this.name = "TargetError";
  }
}

/** What a target is asked, for the trace; the query of an endpoint may hold a key. */
export function requestOfTarget({ declaration }: Target, operation: string, tool?: string): Deferred<TracedRequest> {
  return () => {
    const backend = backendOf(declaration);
    const url = backend && "endpoint" in backend ? maskFields(backend.endpoint) : "";
    return { method: "POST", url, operation, ...(tool !== undefined && { tool }) };
  };
}

/** Tells the trace what the caller is not told. */
export function traceTargetFailure(error: Error, hop: HopRecorder<TargetHop>): void {
  const failed = failedCheckOf(error);
  if (failed) hop.check(failed.check, false, failed);
  hop.fail(error.message);
}

function failedCheckOf(error: Error): FailedCheck<TargetHop> | undefined {
  if (error instanceof TargetError) return error.failed;
  return error instanceof InputSchemaError
    ? { check: "input schema", expected: "a JSON Schema", actual: error.message }
    : undefined;
}
