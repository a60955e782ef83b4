import { HttpResponse } from "../../../../emulator/cloud/network/http-message";
import { streamed } from "../../../../emulator/http/gateway/streamed-answer";

const event = (message: string) => `event: message\ndata: ${message}\n\n`;

test.each([200, 404])("ends a stream that has begun with the answer, at the status %d", async (status) => {
  const answer = await streamed(async ({ tell }) => {
    tell({ step: 1 });
    return HttpResponse.json({ done: true }, { status });
  });
  expect([answer.status, await answer.text()]).toEqual([200, event('{"step":1}') + event('{"done":true}')]);
});

test.each([
  ["its status says so", 400],
  ["it is said", 200],
])("leaves a refusal what it is, where nothing was told before and %s", async (_, status) => {
  const refusal = HttpResponse.json({}, { status });
  const answer = await streamed(async ({ refuse }) => {
    if (status === 200) refuse();
    return refusal;
  });
  expect(answer).toBe(refusal);
});

test("shows the fields that are known when it begins", async () => {
  const fields: Record<string, string> = {};
  const answer = await streamed(async ({ begin }) => {
    fields["x-known"] = "yes";
    begin();
    return HttpResponse.json({});
  }, fields);
  expect(answer.headers.get("x-known")).toBe("yes");
});

test("tells whoever makes the answer that its caller has gone", async () => {
  const answer = await streamed(async ({ begin, signal }) => {
    begin();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return HttpResponse.json({});
  });
  answer.discard();
  expect(await answer.bytes().catch(() => "gone")).toBe("gone");
});
