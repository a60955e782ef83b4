import { PassThrough } from "node:stream";

import { HttpResponse } from "../../cloud/http-message";

type Answer = (notify: (notification: object) => void) => Promise<HttpResponse>;

/**
 * An answer as an event stream, with what is told before it: developer guide, "gateway-mcp-streaming". A refusal of the
 * request itself, and an answer without a body, stay what they are.
 */
export async function streamed(answer: Answer): Promise<HttpResponse> {
  const events = new PassThrough();
  // The caller may go away at any time.
  events.on("error", () => undefined);
  let isBegun = false;
  const stream = new HttpResponse(events, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
  });
  let begin: (response: HttpResponse) => void = () => undefined;
  const begun = new Promise<HttpResponse>((resolve) => (begin = resolve));
  const ended = answer((notification) => {
    isBegun = true;
    if (events.writable) events.write(event(JSON.stringify(notification)));
    begin(stream);
  }).then(async (response) => {
    // What has begun ends with the answer, whatever its status.
    if (response.status !== 200 && !isBegun) return response;
    events.end(event(await response.text()));
    return stream;
  });
  ended.catch((error: Error) => events.destroy(error));
  return Promise.race([begun, ended]);
}

function event(message: string): string {
  return `event: message\ndata: ${message}\n\n`;
}
