import { ARGUMENT_RULES } from "../argument-rules";
import { argumentTrees } from "../evidence/argument-tree";
import { textsOf } from "../evidence/arguments";
import { eachOf, instances, type Rule } from "../rule";

const TREES = argumentTrees(
  Object.fromEntries(
    Object.entries(ARGUMENT_RULES).map(([type, rules]) => [
      type,
      rules.flatMap(({ path, values }) => (values === undefined ? [] : [{ path, values }])),
    ]),
  ),
  ({ path }) => path,
);

export const valueUnknown: Rule = {
  id: "value-unknown",
  severity: "error",
  summary: "Arguments with a list of values have one of it.",
  source: "botocore bedrock-agentcore-control 2023-06-05 and cognito-idp 2016-04-18",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    for (const { entry, block: inner, name } of TREES.get(type)?.in(block) ?? []) {
      const unknown = textsOf(inner, name).find((text) => typeof text === "string" && !entry.values.includes(text));
      if (typeof unknown !== "string") continue;
      const message = `${name} is "${unknown.slice(0, 80)}", which the service does not know.`;
      yield { message, fix: `Use ${entry.values.length === 1 ? "" : "one of "}${entry.values.join(", ")}.` };
    }
  }),
};
