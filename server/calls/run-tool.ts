import type { Call } from "../call";
import type { CatalogueEntry } from "./catalogue";
import { describeIssues } from "../issues";
import { ToolError, type ToolContext } from "../tool";
import { ToolResult } from "./tool-result";
import type { ToolLimits } from "./tool-limits";

/** Runs one call. Whatever the tool does wrong becomes a tool error, whose details only the log gets. */
export async function runTool(
  { tool, structured }: CatalogueEntry,
  args: unknown,
  context: ToolContext,
  call: Call,
  { toolTimeout, resultBytes }: ToolLimits,
): Promise<ToolResult> {
  try {
    const input = tool.input.safeParse(args);
    if (!input.success) {
      return ToolResult.failure(`Invalid arguments for tool ${tool.name}: ${describeIssues(input.error)}`);
    }
    const value = await beforeDeadline(() => tool.handler(input.data, context), call, toolTimeout, context);
    const result = structured ? ToolResult.structured(structured, value) : ToolResult.content(value);
    if (result.size > resultBytes) {
      throw new RangeError(`The result has ${result.size} bytes; ${resultBytes} is the most`);
    }
    return result;
  } catch (error) {
    if (error instanceof ToolError) return ToolResult.failure(error.message);
    context.log.error("Tool failed", { error });
    return ToolResult.failure(
      `Tool ${tool.name} failed. The server's log has the reason under request id ${context.requestId}.`,
    );
  }
}

/** What the handler gives, if it gives it in time. Its slot is held until it ends or its time is over. */
function beforeDeadline(handler: () => unknown, call: Call, toolTimeout: number, context: ToolContext): unknown {
  const release = call.exchange.hold();
  let pending: Promise<unknown>;
  try {
    const value = handler();
    if (!isThenable(value)) {
      release();
      return value;
    }
    pending = Promise.resolve(value);
  } catch (error) {
    release();
    throw error;
  }
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      late = true;
      release();
      const seconds = toolTimeout / 1000;
      // Before the signal, which can make the handler end with a result.
      reject(new ToolError(`Tool ${call.tool} did not end within ${seconds} s.`));
      call.abort(new Error(`The tool had ${seconds} s`));
      context.log.warn("Tool timed out", { seconds });
    }, toolTimeout);
  });
  const end = (error?: unknown): void => {
    clearTimeout(timer);
    if (!late) {
      release();
    } else if (error !== undefined) {
      context.log.warn("Tool failed after its time", { error });
    }
  };
  pending.then(() => end(), end);
  return Promise.race([pending, expired]);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
