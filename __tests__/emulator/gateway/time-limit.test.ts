import os from "node:os";

import { programsAProcessor, withinTime } from "../../../emulator/cloud/gateway/time-limit";

test.each([
  ["an idle machine", 0, 1],
  ["one with three programs a processor", 3 * os.availableParallelism(), 3],
  ["one whose load has no end", 1e6, 10],
])("counts the programs that share a processor of %s", (_, load, programs) => {
  const loads = jest.spyOn(os, "loadavg").mockReturnValue([load, 0, 0]);
  const counted = programsAProcessor();
  loads.mockRestore();
  expect(counted).toBe(programs);
});

test("breaks work off after as many times its time as it is given patience", () => {
  const busy = (): void => {
    const until = performance.now() + 200;
    while (performance.now() < until);
  };
  expect(() => withinTime(10, busy)).toThrow("it takes more than 0.01 s");
  expect(withinTime(10, busy, 1000)).toBeUndefined();
});
