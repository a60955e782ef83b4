import { ARGUMENT_RULES } from "../argument-rules";
import { argumentOf, textsAt } from "../arguments";
import type { Rule } from "../rule";

export const valueUnknown: Rule = {
  id: "value-unknown",
  severity: "error",
  summary: "Arguments with a list of values have one of it.",
  source: "botocore bedrock-agentcore-control 2023-06-05 and cognito-idp 2016-04-18",
  *check({ inventory }) {
    for (const { address, type, arguments: block } of inventory.instances) {
      for (const { path, values } of Object.hasOwn(ARGUMENT_RULES, type) ? (ARGUMENT_RULES[type] ?? []) : []) {
        const unknown =
          values && textsAt(block, path).find((text) => typeof text === "string" && !values.includes(text));
        if (values === undefined || typeof unknown !== "string") continue;
        const message = `${argumentOf(path)} is "${unknown.slice(0, 80)}", which the service does not know.`;
        yield { address, message, fix: `Use ${values.length === 1 ? "" : "one of "}${values.join(", ")}.` };
      }
    }
  },
};
