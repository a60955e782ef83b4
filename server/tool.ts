import type * as z from "zod";
import type { ContentBlock, ToolAnnotations } from "./content";
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

/** Something that a person must say before a call can end. */
export interface Question<Answer extends z.ZodObject = z.ZodObject> {
  /** Unique within a call. */
  readonly name: string;
  /** Shown to the person. */
  readonly message: string;
  /** The form to fill in: texts, numbers, booleans and enums. */
  readonly answer: Answer;
}

/** What a person said to a question. */
export type Elicitation<Content = Record<string, unknown>> =
  | { readonly action: "accept"; readonly content: Content }
  | { readonly action: "decline" | "cancel" };

/** A request of MCP's own to the client, for a tool that needs more than an answer to a form. */
export interface ClientRequest {
  /** Unique within a call. */
  readonly name: string;
  readonly method: "elicitation/create" | "sampling/createMessage" | "roots/list";
  readonly params: Record<string, unknown>;
}

/** What a handler gets besides its arguments. */
export interface ToolContext {
  /** Fires when the caller is gone or the tool's time is over, so that work nobody waits for can stop. */
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
  /**
   * Asks the person behind the caller: in a session, or under MCP 2026-07-28, where the handler runs again from its
   * start once the answer is there (docs/server.md, "Asking a person").
   *
   * @throws ToolError when the caller cannot be asked.
   */
  readonly elicit: <Answer extends z.ZodObject>(question: Question<Answer>) => Promise<Elicitation<z.output<Answer>>>;
  /** Sends the client any of MCP's requests in the same way. What it answers is not checked. */
  readonly ask: (request: ClientRequest) => Promise<Record<string, unknown>>;
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
