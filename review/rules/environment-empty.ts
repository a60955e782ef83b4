import { isSymbolicObject } from "../../topology";
import { eachOf, runtimes, type Rule } from "../rule";

export const environmentEmpty: Rule = {
  id: "environment-empty",
  severity: "error",
  summary: "environment_variables is left out rather than empty.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/45885",
  check: eachOf(runtimes, ({ instance }) => {
    const variables = instance.arguments.optionalTextMap("environment_variables");
    if (variables === undefined || !isSymbolicObject(variables) || Object.keys(variables).length > 0) return undefined;
    return {
      message: 'environment_variables is an empty map: the apply fails with "Provider produced inconsistent result".',
      fix: "Leave environment_variables out.",
    };
  }),
};
