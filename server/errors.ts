import type { HttpMark } from "./answer";

/** Why the server cannot start. The message is one sentence for the person who can mend it. */
export class StartError extends Error {
  override readonly name = "StartError";

  private constructor(
    /** Stays the same when the wording changes. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  static noTools(folder: string): StartError {
    return new StartError(
      "NO_TOOLS",
      `There is no tool in ${folder}: add a file that exports \`tool\`, made by defineTool.`,
    );
  }

  static notATool(file: string): StartError {
    return new StartError("NOT_A_TOOL", `${file} must export \`tool\`, made by defineTool.`);
  }

  static toolName(file: string, name: unknown): StartError {
    const given = JSON.stringify(name);
    return new StartError(
      "TOOL_NAME",
      `${file}: the tool name ${given} must be 1 to 128 characters of A-Z, a-z, 0-9, "_", "-" and ".".`,
    );
  }

  static duplicateTool(name: string, file: string, otherFile: string): StartError {
    return new StartError(
      "DUPLICATE_TOOL",
      `${file} and ${otherFile} both name their tool ${name}: rename one of them.`,
    );
  }

  static toolDescription(file: string): StartError {
    return new StartError("TOOL_DESCRIPTION", `${file}: the tool needs a description, for the model that picks it.`);
  }

  static toolSchema(file: string, part: "input" | "output", reason: string): StartError {
    return new StartError("TOOL_SCHEMA", `${file}: the tool's ${part} cannot be written as JSON Schema: ${reason}.`);
  }

  static toolInput(file: string): StartError {
    return new StartError(
      "TOOL_INPUT",
      `${file}: the tool's input must be a z.object of zod 4, since MCP arguments have names.`,
    );
  }

  static setting(variable: string, value: string, expected: string): StartError {
    return new StartError("SETTING", `${variable} is ${JSON.stringify(value)} but must be ${expected}.`);
  }

  static option(what: string, value: unknown, expected: string): StartError {
    // Of objects, which may hold secrets, no more than that they are some.
    const given =
      typeof value === "string" ? JSON.stringify(value) : isSimple(value) ? String(value) : `of type ${typeof value}`;
    return new StartError("OPTION", `${what} is ${given} but must be ${expected}.`);
  }

  static unknownOption(what: string, name: string, known: readonly string[]): StartError {
    return new StartError(
      "OPTION",
      `${what}: there is no option ${JSON.stringify(name)}: use one of ${known.join(", ")}.`,
    );
  }

  static listen(host: string, port: number, error: NodeJS.ErrnoException): StartError {
    const reason = error.code === "EADDRINUSE" ? "another process already listens there" : error.message;
    return new StartError("LISTEN", `The server cannot listen on ${host}:${port}: ${reason}.`);
  }
}

function isSimple(value: unknown): boolean {
  return value === null || !["object", "function", "symbol"].includes(typeof value);
}

/** A JSON-RPC error: `code`, `message` and `data` reach the client. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";

  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
    /** HTTP status and headers where the protocol or the reason demands some. */
    readonly http?: HttpMark,
  ) {
    super(message);
  }

  /** There is no room for what the call is likely to need. */
  static busy(): ProtocolError {
    const http = { status: 503, headers: { "Retry-After": "1" } };
    return new ProtocolError(-32000, "Busy: too much is in flight, try again in a second", undefined, http);
  }
}
