import { describeText, type PolicyDocument } from "../../topology";
import { sole } from "../evidence/certainty";
import { policiesNotAwaited, waitingFor } from "../evidence/waiting";
import { eachBlockOf, runtimes, type Rule } from "../rule";

export const runtimeBeforePolicy: Rule = {
  id: "runtime-before-policy",
  severity: "warning",
  summary: "A runtime waits for the policies by which its role pulls the image.",
  source: "https://github.com/awslabs/agentcore-samples/issues/154",
  check: eachBlockOf(runtimes, ({ instance, role: candidates }, { inventory }) => {
    const role = sole(candidates);
    const early = role === undefined ? [] : policiesNotAwaited(role, instance, inventory, isForImage);
    if (early.length === 0) return undefined;
    return {
      message: `Nothing makes the runtime wait for ${early.join(" and ")}: AWS looks at the image as the role when it creates the runtime, and refuses it while the role may not.`,
      fix: `Add ${waitingFor(early, instance)}.`,
    };
  }),
};

function isForImage({ statements = [] }: PolicyDocument): boolean {
  return statements
    .flatMap(({ actions }) => actions.map(describeText))
    .some((action) => /^(ecr:(\*|Get|Batch)|\*)/.test(action));
}
