import { resultAnswer, type Answer, type Outcome } from "../answer";
import type { StructuredOutput } from "./catalogue";
import { sdk } from "../lazy-sdk";

/** Longest message of a tool error; the rest says no more to a model. */
const MAX_MESSAGE = 10_000;

/** What a tool returned, checked and serialized: the members of a CallToolResult as JSON text. */
export class ToolResult {
  private constructor(
    readonly members: string,
    readonly outcome: Outcome,
  ) {}

  /** @throws Error for what is no list of MCP content, or cannot be written as JSON. */
  static content(value: unknown): ToolResult {
    const content = sdk().ContentBlockSchema.array().parse(value);
    return new ToolResult(`"content":${stringify(content)},"isError":false`, "ok");
  }

  /** @throws Error for what does not fit the tool's output schema, or cannot be written as JSON. */
  static structured({ schema, wrapped }: StructuredOutput, value: unknown): ToolResult {
    const structured = schema.parse(wrapped ? { result: value } : value);
    const shown = wrapped ? structured["result"] : structured;
    const json = stringify(shown);
    if (!wrapped && !json.startsWith("{")) throw new TypeError("The result turned into something that is no object");
    const text = typeof shown === "string" ? json : JSON.stringify(json);
    const structuredContent = wrapped ? `{"result":${json}}` : json;
    const content = `[{"type":"text","text":${text}}]`;
    return new ToolResult(`"content":${content},"structuredContent":${structuredContent},"isError":false`, "ok");
  }

  /** A tool error. */
  static failure(message: string): ToolResult {
    const content = JSON.stringify([{ type: "text", text: message.slice(0, MAX_MESSAGE) }]);
    return new ToolResult(`"content":${content},"isError":true`, "tool error");
  }

  /** Bytes of the result. */
  get size(): number {
    return Buffer.byteLength(this.members);
  }

  answer(): Answer {
    return resultAnswer(`{${this.members}}`, this.outcome);
  }
}

/** @throws TypeError for what JSON has no text for, or would silently make something else of. */
function stringify(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError("The result has no JSON text");
  if (typeof value === "object" && value !== null && !Array.isArray(value) && isSequence(value)) {
    throw new TypeError("The result is a stream or a collection that JSON has no form for");
  }
  return json;
}

/** Maps, sets, generators and streams: JSON would show them as empty, or their insides. */
function isSequence(value: object): boolean {
  return !("toJSON" in value) && (Symbol.iterator in value || Symbol.asyncIterator in value);
}
