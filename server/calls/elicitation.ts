import * as z from "zod";
import { describeIssues } from "../issues";
import { advertisedSchema } from "./json-schema";
import { ToolError, type ClientRequest, type Elicitation } from "../tool";

/** What a client must have declared to be asked this. */
export function capabilityFor({ method }: ClientRequest): "elicitation" | "sampling" | "roots" {
  switch (method) {
    case "elicitation/create":
      return "elicitation";
    case "sampling/createMessage":
      return "sampling";
    case "roots/list":
      return "roots";
  }
}

/** A question's form as the protocol sends it: an object of texts, numbers, booleans and enums. */
export function formSchema(answer: z.ZodObject): unknown {
  return advertisedSchema(answer, "input");
}

const ELICITATION = z.object({
  action: z.enum(["accept", "decline", "cancel"]),
  content: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * What a client says that a person said.
 *
 * @throws ToolError when it does not fit the question's form.
 */
export function readAnswer<Answer extends z.ZodObject>(
  answer: Answer,
  response: unknown,
): Elicitation<z.output<Answer>> {
  const result = ELICITATION.safeParse(response);
  if (!result.success) throw new ToolError(`The client's answer is malformed: ${describeIssues(result.error)}`);
  const { action, content } = result.data;
  if (action !== "accept") return { action };
  const form = answer.safeParse(content ?? {});
  if (!form.success) throw new ToolError(`The answer does not fit the question: ${describeIssues(form.error)}`);
  return { action, content: form.data };
}
