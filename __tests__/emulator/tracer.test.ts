import { ManualClock } from "../../emulator/cloud/clock";
import { Tracer } from "../../emulator/trace/tracer";

it("keeps the hops of calls that run at the same time apart", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const call = (label: string) =>
    tracer.call(label, async () => {
      await tracer.hop(`${label} 1`, async (hop) => void hop.check("a", true));
      await tracer.hop(`${label} 2`, async (hop) => void hop.check("b", false, { expected: "x", actual: "y" }));
    });
  await Promise.all([call("one"), call("two")]);
  expect(tracer.calls().map(({ label, hops }) => [label, hops.map(({ name }) => name)])).toEqual([
    ["one", ["one 1", "one 2"]],
    ["two", ["two 1", "two 2"]],
  ]);
  expect(tracer.calls()[0]?.hops[1]?.checks).toEqual([{ name: "b", passed: false, expected: "x", actual: "y" }]);
});

it("records why a hop failed and passes the error on", async () => {
  const tracer = new Tracer(new ManualClock(0));
  const failing = tracer.hop("vault", async () => {
    throw new Error("no secret");
  });
  await expect(failing).rejects.toThrow("no secret");
  expect(tracer.calls()[0]?.hops).toMatchObject([{ name: "vault", checks: [], failure: "no secret" }]);
});

it("keeps only the latest calls", async () => {
  const tracer = new Tracer(new ManualClock(0));
  for (let i = 0; i < 600; i += 1) await tracer.call(String(i), async () => undefined);
  expect(tracer.calls()).toHaveLength(500);
  expect(tracer.calls()[0]?.label).toBe("100");
});
