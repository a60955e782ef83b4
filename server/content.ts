/** What clients may assume of a tool. Each is a hint only. */
export interface ToolAnnotations {
  /** For people. @default - the tool's name */
  readonly title?: string;
  /** The tool changes nothing. @default false */
  readonly readOnlyHint?: boolean;
  /** A change may take something away. @default true */
  readonly destructiveHint?: boolean;
  /** A second call with the same arguments changes nothing more. @default false */
  readonly idempotentHint?: boolean;
  /** The tool deals with more than its own data, as a search of the web does. @default true */
  readonly openWorldHint?: boolean;
}

/** Whom content is for, and how much it matters, from 0 to 1. */
export interface ContentAnnotations {
  readonly audience?: ("user" | "assistant")[];
  readonly priority?: number;
  /** In ISO 8601. */
  readonly lastModified?: string;
}

interface Content<Type extends string> {
  readonly type: Type;
  readonly annotations?: ContentAnnotations;
  readonly _meta?: Record<string, unknown>;
}

interface Medium<Type extends string> extends Content<Type> {
  /** In base64. */
  readonly data: string;
  readonly mimeType: string;
}

interface ResourceLink extends Content<"resource_link"> {
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** In bytes. */
  readonly size?: number;
}

interface EmbeddedResource extends Content<"resource"> {
  /** Text, or bytes in base64. */
  readonly resource: { readonly uri: string; readonly mimeType?: string } & (
    | { readonly text: string }
    | { readonly blob: string }
  );
}

/** One piece of what a tool answers, as MCP has it. */
export type ContentBlock =
  | (Content<"text"> & { readonly text: string })
  | Medium<"image">
  | Medium<"audio">
  | ResourceLink
  | EmbeddedResource;
