import { ManualClock, setClock, type Emulator } from "../../../../emulator";
import { articleStack, emulate, outputOf } from "../../../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../../../support/callers";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

async function move(
  body: string,
  contentType = "application/json",
): Promise<{ status: number; body: { now?: string; message?: string } }> {
  const response = await fetch(`${emulator.url}/_emulator/clock`, {
    method: "POST",
    headers: { "content-type": contentType },
    body,
  });
  return { status: response.status, body: (await response.json()) as { now?: string; message?: string } };
}

async function tell(): Promise<number> {
  const response = await fetch(`${emulator.url}/_emulator/clock`);
  return Date.parse(((await response.json()) as { now: string }).now);
}

describe("the clock's resource", () => {
  test("moves tokens past their expiry, and back", async () => {
    const token = await signIn(emulator);
    const list = async () => (await postMcp(outputOf(emulator, "gateway_url"), toolsList, bearer(token))).status;
    expect(await list()).toBe(200);
    expect((await move('{"to": "+61m"}')).status).toBe(200);
    expect(await list()).toBe(401);
    await move('{"to": "-61m"}');
    expect(await list()).toBe(200);
  });

  test("moves to a moment and runs on from there", async () => {
    expect((await move('{"to": "2031-05-01T12:00:00Z"}')).body.now).toMatch(/^2031-05-01T12:00:0/);
    const before = await tell();
    while ((await tell()) === before);
    expect(await tell()).toBeGreaterThan(before);
  });

  test.each([
    ["a body of another shape", '{"now": "+1h"}', 'Moving the clock takes {"to":'],
    ["a body that is no JSON", "+1h", 'Moving the clock takes {"to":'],
    ["no clock setting", '{"to": "tomorrow"}', "The clock setting 'tomorrow' is neither a moment"],
  ])("fails for %s", async (_, body, message) => {
    expect(await move(body)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(message) as string },
    });
  });

  test("fails for what a web page may send to another origin, and for other methods", async () => {
    expect(await move('{"to": "+1h"}', "text/plain")).toMatchObject({ status: 415 });
    expect((await fetch(`${emulator.url}/_emulator/clock`, { method: "DELETE" })).status).toBe(405);
  });
});

describe("a clock setting", () => {
  const START = Date.parse("2026-01-01T00:00:00Z");

  test.each([
    ["+1h30m", "2026-01-01T01:30:00.000Z"],
    ["-2d", "2025-12-30T00:00:00.000Z"],
    ["+1.5s", "2026-01-01T00:00:01.500Z"],
    ["+250ms", "2026-01-01T00:00:00.250Z"],
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2027-01-31T12:00+01:00", "2027-01-31T11:00:00.000Z"],
  ])("%s moves to %s", (setting, expected) => {
    const clock = new ManualClock(START);
    setClock(clock, setting);
    expect(new Date(clock.now()).toISOString()).toBe(expected);
  });

  test.each(["", "1h", "+", "+1", "+1y", "tomorrow", "2027-13-01", "2027-01-31T12:00:00", "+99999999999d"])(
    "fails for '%s'",
    (setting) => {
      const clock = new ManualClock(START);
      expect(() => setClock(clock, setting)).toThrow(RangeError);
      expect(clock.now()).toBe(START);
    },
  );
});
