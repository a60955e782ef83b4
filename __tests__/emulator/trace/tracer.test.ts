import { ManualClock } from "../../../emulator/clock";
import { Tracer } from "../../../emulator/trace/tracer";

test("keeps the hops of calls that run at the same time apart", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const call = (label: string) =>
    tracer.call({ label }, async (trace) => {
      await trace.hop({ name: "gateway authorizer" }, async (hop) => void hop.check("exp", true));
      await trace.hop(
        { name: "token endpoint" },
        async (hop) => void hop.check("scope", false, { expected: "x", actual: "y" }),
      );
    });
  await Promise.all([call("one"), call("two")]);
  expect(tracer.calls().map(({ label, hops }) => [label, hops.map(({ name }) => name)])).toEqual([
    ["one", ["gateway authorizer", "token endpoint"]],
    ["two", ["gateway authorizer", "token endpoint"]],
  ]);
  expect(tracer.calls()[0]?.hops[1]?.checks).toEqual([{ name: "scope", passed: false, expected: "x", actual: "y" }]);
});

test("records why a hop failed and passes the error on", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const failing = tracer.hop({ name: "token vault" }, async () => {
    throw new Error("no secret");
  });
  await expect(failing).rejects.toThrow("no secret");
  expect(tracer.calls()[0]?.hops).toMatchObject([{ name: "token vault", checks: [], failure: "no secret" }]);
});

test("keeps only the latest calls", async () => {
  const tracer = new Tracer(new ManualClock(0));
  for (let i = 0; i < 600; i += 1) await tracer.call({ label: String(i) }, async () => undefined);
  expect(tracer.calls()).toHaveLength(80);
  expect(tracer.calls()[0]?.label).toBe("520");
});

test("measures when hops begin, how long they take and what they are part of", async () => {
  let now = 100;
  const tracer = new Tracer(new ManualClock(0), () => now);
  await tracer.call({ label: "call" }, async (call) => {
    now += 5;
    await call.hop({ name: "token vault" }, async (vault) => {
      now += 1;
      await vault.hop({ name: "token endpoint" }, async () => void (now += 2));
    });
    call.hop({ name: "MCP server" }, () => void (now += 4));
  });
  const [call] = tracer.calls();
  expect(call?.hops.map(({ name, depth, offset, duration }) => [name, depth, offset, duration])).toEqual([
    ["token vault", 0, 5, 3],
    ["token endpoint", 1, 6, 2],
    ["MCP server", 0, 8, 4],
  ]);
  expect(call?.duration).toBe(12);
});

test("names the innermost of nested failures as the one that refused", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const failing = tracer.hop({ name: "token vault" }, (vault) =>
    vault.hop({ name: "token endpoint" }, async (hop) => {
      hop.check("scope", false, { expected: "a", actual: "b" });
      throw new Error("invalid_scope");
    }),
  );
  await expect(failing).rejects.toThrow("invalid_scope");
  const [call] = tracer.calls();
  expect(call?.hops[call.refusedAt ?? -1]).toMatchObject({
    name: "token endpoint",
    fix: expect.stringContaining("asked for were b, allowed are a") as string,
  });
});

test("takes secrets out of checks and failures", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
  await tracer.hop({ name: "gateway authorizer" }, async (hop) => {
    hop.check("bearer token", false, { expected: token, actual: `{"client_secret":"s3cret"}` });
    hop.fail(`no good: ${token}`);
  });
  const text = JSON.stringify(tracer.calls());
  expect(text).not.toContain("s3cret");
  expect(text).not.toContain(token);
});

test("tells listeners of calls and hops as they begin and end, until they leave", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const told: string[] = [];
  const leave = tracer.subscribe((event) => {
    const { duration } = event.type === "call" ? event.call : event.hop;
    told.push(`${event.type} ${duration === undefined ? "begins" : "ends"}`);
  });
  await tracer.hop({ name: "token vault" }, async () => undefined);
  leave();
  await tracer.hop({ name: "token vault" }, async () => undefined);
  expect(told).toEqual(["call begins", "hop begins", "hop ends", "call ends"]);
});
