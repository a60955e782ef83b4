import { PassThrough } from "node:stream";

import type { StreamedEvent } from "../../cloud/gateway/interceptors/interceptors";
import { JsonRpcError, type JsonRpcId } from "../../cloud/gateway/protocol/json-rpc-errors";
import type { Listener } from "../../cloud/gateway/target-caller";
import { HttpResponse } from "../../cloud/network/http-message";

/** The answer of a request while it is made. */
export interface AnswerStream extends Listener {
  /** What comes is a refusal: one that nothing came before is no event. */
  readonly refuse: () => void;
  /** Nobody waits for what comes: a stream ends without it. */
  readonly drop: () => void;
}

/** Who sees each event with an id before the caller, and may change it. */
export interface Interception {
  readonly requestId: JsonRpcId | null;
  /** @throws JsonRpcError, with which the answer ends */
  readonly show: (event: StreamedEvent) => Promise<StreamedEvent>;
}

/**
 * An answer as an event stream, with what is told before it: developer guide, "gateway-mcp-streaming". A refusal of the
 * request itself, and an answer without a body, stay what they are, and no interception sees them.
 *
 * @param headers of the answer, when it begins
 * @throws JsonRpcError of an interception, before anything was told
 */
export async function streamed(
  answer: (stream: AnswerStream) => Promise<HttpResponse>,
  headers: Readonly<Record<string, string>> = {},
  interception?: Interception,
): Promise<HttpResponse> {
  const events = new PassThrough();
  const gone = new AbortController();
  // The caller may go away at any time.
  events.on("error", () => undefined);
  events.once("close", () => gone.abort());
  let stream: HttpResponse | undefined;
  let isRefusal = false;
  let isDropped = false;
  let begun: (response: HttpResponse) => void = () => undefined;
  const beginning = new Promise<HttpResponse>((resolve) => (begun = resolve));
  const begin = (head: StreamedEvent["head"] = { status: 200, headers }): HttpResponse => {
    stream ??= new HttpResponse(events, {
      status: head.status,
      headers: { "cache-control": "no-cache", ...headers, ...head.headers, "content-type": "text/event-stream" },
    });
    begun(stream);
    return stream;
  };
  const write = (message: unknown, head?: StreamedEvent["head"]): void => {
    if (events.writable) events.write(event(message));
    begin(head);
  };
  const intercept = async (message: object, { show }: Interception): Promise<void> => {
    if (!("id" in message)) return write(message);
    const { body, head } = await show({ body: message, head: stream ? undefined : { status: 200, headers } });
    write(body, head);
  };
  /** One after the other, as they came; nothing comes after one that failed. */
  let told = Promise.resolve();
  const tell = (message: object): void => {
    if (!interception) return write(message);
    told = told.then(() => intercept(message, interception));
    told.catch(() => gone.abort());
  };
  const refuse = () => void (isRefusal = true);
  const drop = () => void (isDropped = true);
  // What an interceptor may change begins with the first event.
  const listener = { begin: interception ? () => undefined : () => void begin(), tell, signal: gone.signal };
  const ended = answer({ ...listener, refuse, drop })
    .then(async (response) => {
      await told;
      // What has begun ends with the answer, whatever its status.
      if (!stream && (response.status !== 200 || isRefusal)) return response;
      if (!isDropped) tell(JSON.parse(await response.text()) as object);
      await told;
      return begin();
    })
    .catch((error: unknown) => {
      if (!stream || !(error instanceof JsonRpcError)) throw error;
      const { code, message } = error;
      write({ jsonrpc: "2.0", id: interception?.requestId, error: { code, message } });
      return stream;
    });
  ended.then(
    () => events.end(),
    (error: Error) => events.destroy(error),
  );
  return Promise.race([beginning, ended]);
}

function event(message: unknown): string {
  return `event: message\ndata: ${JSON.stringify(message)}\n\n`;
}
