import type { Tracer } from "../trace/tracer";

/** How many events a reader may lag behind before it is cut off; it comes back by itself and is given the calls anew. */
const MOST_WAITING = 2_000;

/**
 * The calls so far and then what happens to them, as server-sent events: one `calls` with all that are kept, then a
 * `message` for each `CallEvent`.
 */
export function callEvents(tracer: Tracer): Response {
  const encoder = new TextEncoder();
  let unsubscribe = () => undefined as void;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        send(`retry: 1000\nevent: calls\ndata: ${JSON.stringify(tracer.calls())}\n\n`);
        unsubscribe = tracer.subscribe((event) => {
          if ((controller.desiredSize ?? 0) > 0) return send(`data: ${JSON.stringify(event)}\n\n`);
          unsubscribe();
          controller.close();
        });
      },
      cancel() {
        unsubscribe();
      },
    },
    new CountQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}
