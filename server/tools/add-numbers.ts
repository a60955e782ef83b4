// server/tools/: one file for each tool; the server finds them here.
import * as z from "zod";
import { defineTool, ToolError } from "../tool";

export const tool = defineTool({
  name: "add_numbers",
  title: "Add numbers",
  description: "Add two numbers together",
  input: z.object({ a: z.int(), b: z.int() }),
  output: z.int(),
  handler({ a, b }) {
    const sum = a + b;
    if (!Number.isSafeInteger(sum)) throw new ToolError("The sum is beyond ±(2^53 - 1) and cannot be given exactly.");
    return sum;
  },
});
