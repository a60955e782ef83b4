import { formats, type ReportContext, type Review, review, type ReviewOptions } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { cleanStack, type Stack } from "./clean-stack";

const plain = { bold: (text: string) => text, dim: (text: string) => text, red: (text: string) => text };

const CONTEXT: ReportContext = {
  artifact: "plan.json",
  version: "1.2.3",
  policy: { failOn: "error", strict: false },
  style: plain,
};

/** What the command prints of a review. */
export function print(format: string, reviewed: Review, context: Partial<ReportContext> = {}): string {
  const report = formats[format];
  if (report === undefined) throw new Error(`There is no format ${format}.`);
  return report(reviewed, { ...CONTEXT, ...context });
}

/** The review of a stack that is the clean one but for a change. */
export function reviewOf(change: (stack: Stack) => void, options: ReviewOptions = {}): Review {
  const stack = cleanStack();
  change(stack);
  return review(inventoryOf(parseDocument("my stack.tf.json", Buffer.from(JSON.stringify(stack)))), options);
}
