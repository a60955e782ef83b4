import { review } from "../../review";
import { readInventory } from "../../topology";
import { discard, sampleProgram, synthesize } from "../support/synthesize";

test("the sample stack has no finding", async () => {
  const stack = await synthesize(sampleProgram);
  try {
    expect(review(readInventory(stack)).findings).toEqual([]);
  } finally {
    await discard(stack);
  }
});
