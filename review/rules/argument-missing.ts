import { REQUIRED_ARGUMENTS } from "../required-arguments";
import { eachOf, instances, type Rule } from "../rule";

export const argumentMissing: Rule = {
  id: "argument-missing",
  severity: "error",
  summary: "Resources have the arguments that the provider requires.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    for (const name of REQUIRED_ARGUMENTS.get(type) ?? []) {
      if (block.isOpen(name) || block.value(name) !== undefined) continue;
      yield { message: `${name} is left out, and Terraform refuses the resource without it.`, fix: `Set ${name}.` };
    }
  }),
};
