import { HttpResponse } from "../../../../emulator/cloud/http-message";
import { streamed } from "../../../../emulator/http/gateway/streamed-answer";

it.each([200, 404])("ends a stream that has begun with the answer, at the status %d", async (status) => {
  const answer = await streamed(async (notify) => {
    notify({ step: 1 });
    return HttpResponse.json({ done: true }, { status });
  });
  const event = (message: string) => `event: message\ndata: ${message}\n\n`;
  expect([answer.status, await answer.text()]).toEqual([200, event('{"step":1}') + event('{"done":true}')]);
});

it("leaves a refusal what it is, where nothing was told before", async () => {
  const refusal = HttpResponse.json({}, { status: 400 });
  expect(await streamed(async () => refusal)).toBe(refusal);
});
