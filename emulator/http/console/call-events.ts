import { Readable } from "node:stream";

import { HttpResponse } from "../../cloud/network/http-message";
import type { Tracer } from "../../trace/tracer";

/** How many events a reader may lag behind before it is cut off; it comes back by itself and is given the calls anew. */
const MOST_WAITING = 2_000;

/**
 * The calls so far and then what happens to them, as server-sent events: one `calls` with all that are kept, then a
 * `message` for each `CallEvent`.
 */
export function callEvents(tracer: Tracer): HttpResponse {
  const stream = new Readable({
    objectMode: true,
    highWaterMark: MOST_WAITING,
    read: () => undefined,
    destroy(error, done) {
      unsubscribe();
      done(error);
    },
  });
  stream.push(`retry: 1000\nevent: calls\ndata: ${JSON.stringify(tracer.calls())}\n\n`);
  const unsubscribe = tracer.subscribe((event) => {
    if (stream.push(`data: ${JSON.stringify(event)}\n\n`)) return;
    unsubscribe();
    stream.push(null);
  });
  return new HttpResponse(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}
