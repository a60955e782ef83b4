import type { Readable } from "node:stream";

import { createParser, type EventSourceMessage } from "eventsource-parser";

import { ManualClock } from "../../../../emulator";
import { callEvents } from "../../../../emulator/http/console/call-events";
import { Tracer } from "../../../../emulator/trace/tracer";

function parse(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

test("begins with the calls so far and goes on with what happens to them", async () => {
  const tracer = new Tracer(new ManualClock(0));
  await tracer.hop({ name: "gateway authorizer" }, async () => undefined);
  const answer = callEvents(tracer);
  const chunks = (answer.body as Readable).iterator() as AsyncIterator<string>;
  await tracer.hop({ name: "MCP method" }, async () => undefined);

  let text = "";
  for (let chunk = 0; chunk < 5; chunk += 1) text += (await chunks.next()).value as string;
  const [calls, ...rest] = parse(text);
  expect(calls).toMatchObject({ event: "calls", data: expect.stringContaining('"gateway authorizer"') as string });
  expect(rest.map(({ data }) => (JSON.parse(data) as { type: string }).type)).toEqual(["call", "hop", "hop", "call"]);
  answer.discard();
  await tracer.hop({ name: "token vault" }, async () => undefined);
});

test("ends a stream whose reader lags too far behind, and never holds up a call", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const answer = callEvents(tracer);
  for (let call = 0; call < 1_000; call += 1) await tracer.hop({ name: "token endpoint" }, async () => undefined);
  const events = parse(await answer.text());
  expect(events.length).toBeGreaterThan(1_000);
  expect(events.length).toBeLessThanOrEqual(2_000);
});
