import { review } from "../../review";
import { discard, sampleProgram, synthesize } from "../support/synthesize";
import { readInventory } from "../topology/reading";

test("the sample stack has no finding", async () => {
  const stack = await synthesize(sampleProgram);
  try {
    expect(review(readInventory(stack)).findings).toEqual([]);
  } finally {
    await discard(stack);
  }
});
