import { PassThrough } from "node:stream";

import type { Listener } from "../../cloud/gateway/target-caller";
import { HttpResponse } from "../../cloud/http-message";

/** The answer of a request while it is made. */
export interface AnswerStream extends Listener {
  /** What comes is a refusal: one that nothing came before is no event. */
  readonly refuse: () => void;
  /** Nobody waits for what comes: a stream ends without it. */
  readonly drop: () => void;
}

/**
 * An answer as an event stream, with what is told before it: developer guide, "gateway-mcp-streaming". A refusal of the
 * request itself, and an answer without a body, stay what they are.
 *
 * @param headers of the answer, when it begins
 */
export async function streamed(
  answer: (stream: AnswerStream) => Promise<HttpResponse>,
  headers: Readonly<Record<string, string>> = {},
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
  const begin = (): HttpResponse => {
    stream ??= new HttpResponse(events, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache", ...headers },
    });
    begun(stream);
    return stream;
  };
  const tell = (message: object): void => {
    if (events.writable) events.write(event(JSON.stringify(message)));
    begin();
  };
  const refuse = () => void (isRefusal = true);
  const drop = () => void (isDropped = true);
  const ended = answer({ begin, tell, signal: gone.signal, refuse, drop }).then(async (response) => {
    // What has begun ends with the answer, whatever its status.
    if (!stream && (response.status !== 200 || isRefusal)) return response;
    if (isDropped) events.end();
    else events.end(event(await response.text()));
    return begin();
  });
  ended.catch((error: Error) => events.destroy(error));
  return Promise.race([beginning, ended]);
}

function event(message: string): string {
  return `event: message\ndata: ${message}\n\n`;
}
