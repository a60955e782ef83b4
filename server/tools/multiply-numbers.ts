import * as z from "zod";
import { defineTool, ToolError } from "../tool";

export const tool = defineTool({
  name: "multiply_numbers",
  title: "Multiply numbers",
  description: "Multiply two numbers together",
  input: z.object({ a: z.int(), b: z.int() }),
  output: z.int(),
  handler({ a, b }) {
    const product = a * b;
    if (!Number.isSafeInteger(product)) {
      throw new ToolError("The product is beyond ±(2^53 - 1) and cannot be given exactly.");
    }
    return product;
  },
});
