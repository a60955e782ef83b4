import { review } from "../../review";
import { readInventory } from "../../topology";
import { examples, programOf } from "../examples/examples";
import { discard, sampleProgram, synthesize } from "../support/synthesize";

test.each([...examples.map((example) => [example, programOf(example)]), ["the sample stack", sampleProgram]])(
  "%s has no finding",
  async (_, program) => {
    const stack = await synthesize(program);
    try {
      expect(review(readInventory(stack)).findings).toEqual([]);
    } finally {
      await discard(stack);
    }
  },
);
