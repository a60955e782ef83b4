/** How a request ended, for the log. */
export type Outcome = "ok" | "tool error" | "protocol error" | "input required";

/** HTTP status and headers of an answer that shares its response with no other. */
export interface HttpMark {
  readonly status: number;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A finished JSON-RPC request. It is text already, so that nothing can fail once its first byte is sent. */
export interface Answer {
  readonly member: "result" | "error";
  readonly json: string;
  readonly outcome: Outcome;
  /** JSON-RPC error code. */
  readonly code?: number;
  /** @default - status 200 */
  readonly http?: HttpMark;
}

/** An error of the JSON-RPC layer, as opposed to a tool error, which is a result. */
export interface ErrorMember {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export function resultAnswer(json: string, outcome: Outcome = "ok"): Answer {
  return { member: "result", json, outcome };
}

export function errorAnswer(error: ErrorMember, http?: HttpMark): Answer {
  const { code, message, data } = error;
  return {
    member: "error",
    json: JSON.stringify({ code, message, ...(data !== undefined && { data }) }),
    outcome: "protocol error",
    code,
    ...(http && { http }),
  };
}
