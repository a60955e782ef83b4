import type { ContentBlock, ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import type * as z from "zod";
import type { Logger } from "./log";

/** How far a call has come. */
export interface Progress {
  /** Grows with every report of one call. */
  readonly progress: number;
  /** @default - unknown */
  readonly total?: number;
  /** @default - none */
  readonly message?: string;
}

/** What a handler gets besides its arguments. */
export interface ToolContext {
  /** Fires when the caller is gone, so that work nobody waits for can stop. */
  readonly signal: AbortSignal;
  /** Names this request in every log line about it. */
  readonly requestId: string;
  /** Writes to the server's log, with the request's id, session and trace in each line. */
  readonly log: Logger;
  /**
   * Reports progress to a caller who asked for it; for any other it does nothing. The first report turns the answer
   * from JSON into an event stream. Resolves when the connection can take more.
   */
  readonly reportProgress: (progress: Progress) => Promise<void>;
}

interface ToolDescription<Input extends z.ZodObject> {
  /** What callers use: 1 to 128 letters, digits, `_`, `-` or `.`, unique within the server. */
  readonly name: string;
  /** For people. @default - the name */
  readonly title?: string;
  /** For the model that picks the tool. */
  readonly description: string;
  /** Arguments. They are checked before the handler runs. */
  readonly input: Input;
  /** Hints such as `readOnlyHint`. @default - none */
  readonly annotations?: ToolAnnotations;
}

/** A tool whose result is a value: `structuredContent` for programs, its text for models. */
export interface StructuredTool<Input extends z.ZodObject, Output extends z.ZodType> extends ToolDescription<Input> {
  /** An object is sent as it is, any other value as `{ "result": value }`. */
  readonly output: Output;
  handler(args: z.output<Input>, context: ToolContext): z.input<Output> | Promise<z.input<Output>>;
}

/** A tool whose result is content: text, images, audio or resources. */
export interface ContentTool<Input extends z.ZodObject> extends ToolDescription<Input> {
  readonly output?: undefined;
  handler(args: z.output<Input>, context: ToolContext): ContentBlock[] | Promise<ContentBlock[]>;
}

/** Any tool, whatever its arguments and result. */
export interface Tool extends ToolDescription<z.ZodObject> {
  readonly output?: z.ZodType;
  handler(args: Record<string, unknown>, context: ToolContext): unknown;
}

/** A tool, with the handler's arguments and result typed by the schemas. */
export function defineTool<Input extends z.ZodObject>(tool: ContentTool<Input>): Tool;
export function defineTool<Input extends z.ZodObject, Output extends z.ZodType>(
  tool: StructuredTool<Input, Output>,
): Tool;
export function defineTool(tool: Tool): Tool {
  return tool;
}

/** A failure whose message the caller may read. The message of any other error stays in the log. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}
