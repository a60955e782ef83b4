import type { ListToolsResult, ProgressToken } from "@modelcontextprotocol/sdk/types.js";
import type * as z from "zod";
import type { Call } from "../call";
import type { Catalogue } from "./catalogue";
import { ProtocolError } from "../errors";
import { describeIssues } from "../issues";
import { INVALID_PARAMS } from "../json-rpc";
import { sdk } from "../lazy-sdk";
import type { Logger } from "../log";
import { runTool } from "./run-tool";
import type { ToolLimits } from "./tool-limits";
import { formSchema, readAnswer } from "./elicitation";
import type { ClientRequest, Progress, ToolContext } from "../tool";
import type { ToolResult } from "./tool-result";

/** What a tool can do to its caller, in the words of the protocol version that the call came in. */
export interface Caller {
  readonly reportProgress: (progress: Progress) => Promise<void>;
  /** @throws ToolError when the client cannot be asked. */
  readonly ask: (request: ClientRequest) => Promise<Record<string, unknown>>;
  /** Checks the headers that repeat arguments. @throws ProtocolError when they say something else. */
  readonly checkHeaders?: (mirrored: ReadonlyMap<string, string>, args: Readonly<Record<string, unknown>>) => void;
}

/** Tells a caller who gave a token for it how far the call has come. */
export function progressReporter(call: Call, progressToken: ProgressToken | undefined): Caller["reportProgress"] {
  return async (progress) => {
    if (progressToken !== undefined) {
      const params = { progressToken, ...progress };
      await call.exchange.notify({ jsonrpc: "2.0", method: "notifications/progress", params });
    }
  };
}

/** Lists and calls the server's tools, for every version of the protocol. */
export class ToolService {
  readonly listings: ListToolsResult["tools"];
  /** Bytes of what a tool gave of late, where that is much: it is not begun when its result could not be sent. */
  private readonly usualBytes = new Map<string, number>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly log: Logger,
    private readonly limits: ToolLimits,
  ) {
    this.listings = [...catalogue.values()].map((entry) => entry.listing);
  }

  /** @throws ProtocolError for malformed params, or a cursor: all tools are on the first page. */
  list(params: Readonly<Record<string, unknown>> | undefined): ListToolsResult {
    if (params?.["cursor"] !== undefined) {
      parseParams(sdk().PaginatedRequestParamsSchema, params);
      throw new ProtocolError(INVALID_PARAMS, "Invalid cursor: all tools are on the first page");
    }
    return { tools: this.listings };
  }

  /** @throws ProtocolError for malformed params, an unknown tool, or when there is no room for what it usually gives. */
  async call(params: unknown, call: Call, caller: Caller): Promise<ToolResult> {
    const { name, arguments: args = {} } = isUsualCall(params)
      ? params
      : parseParams(sdk().CallToolRequestParamsSchema, params);
    const entry = this.catalogue.get(name);
    if (entry === undefined) throw new ProtocolError(INVALID_PARAMS, `Unknown tool: ${name.slice(0, 128)}`);
    caller.checkHeaders?.(entry.mirroredHeaders, args);
    call.tool = name;
    if (!call.exchange.reserve(call, this.usualBytes.get(name) ?? 0)) throw ProtocolError.busy();
    const result = await runTool(entry, args, new CallContext(call, caller, this.log), call, this.limits);
    this.learn(name, result.size);
    return result;
  }

  /** A large result counts at once, and less with each smaller one after it. */
  private learn(name: string, bytes: number): void {
    const usual = this.usualBytes.get(name) ?? 0;
    this.usualBytes.set(name, Math.max(bytes, Math.floor(usual * 0.8)));
  }
}

/** Made for every call, so what few tools use is made when they ask for it. */
class CallContext implements ToolContext {
  readonly requestId: string;

  constructor(
    private readonly call: Call,
    private readonly caller: Caller,
    private readonly serverLog: Logger,
  ) {
    this.requestId = call.exchange.correlation.requestId;
  }

  get signal(): AbortSignal {
    return this.call.signal;
  }

  get log(): Logger {
    return this.serverLog.with({ ...this.call.exchange.correlation, tool: this.call.tool });
  }

  // They give functions, so that a handler can take them out of the context.
  get reportProgress(): ToolContext["reportProgress"] {
    return (progress) => this.caller.reportProgress(progress);
  }

  get ask(): ToolContext["ask"] {
    return (request) => this.caller.ask(request);
  }

  get elicit(): ToolContext["elicit"] {
    return async ({ name, message, answer }) => {
      const params = { mode: "form", message, requestedSchema: formSchema(answer) };
      return readAnswer(answer, await this.caller.ask({ name, method: "elicitation/create", params }));
    };
  }
}

/** Whether params are as nearly all are, whose `_meta` was read with the message: the schema need not look at them. */
function isUsualCall(params: unknown): params is { name: string; arguments?: Record<string, unknown> } {
  const { name, arguments: args, task } = (params ?? {}) as Record<string, unknown>;
  return (
    typeof name === "string" &&
    task === undefined &&
    (args === undefined || (typeof args === "object" && args !== null && !Array.isArray(args)))
  );
}

function parseParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new ProtocolError(INVALID_PARAMS, `Invalid params: ${describeIssues(parsed.error)}`);
  return parsed.data;
}
