import { Soak } from "../../bench/soak/soak";

test("answers 2,000 calls at 32 connections, each exactly once and rightly, while faults are injected", async () => {
  const { faults, wrong, leaks } = await new Soak({ calls: 2_000, connections: 32 }).run();
  expect(wrong).toEqual([]);
  expect(leaks).toEqual([]);
  expect(faults).toBeGreaterThan(100);
}, 120_000);
