import * as z from "zod";
import { defineTool } from "../tool";

export const tool = defineTool({
  name: "greet_user",
  title: "Greet user",
  description: "Greet a user by name",
  input: z.object({ name: z.string() }),
  output: z.string(),
  handler: ({ name }) => `Hello, ${name}! Nice to meet you.`,
});
