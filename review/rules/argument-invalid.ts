import { isName, lengthInWords, type NameRule } from "../../aws/name-rule";
import { isSymbolicList, type Block } from "../../topology";
import { ARGUMENT_RULES, type ArgumentRule } from "../argument-rules";
import { argumentTrees, type FoundArgument } from "../evidence/argument-tree";
import { textsOf } from "../evidence/arguments";
import { eachOf, instances, type Fault, type Rule } from "../rule";
import { isSecretArgument } from "../evidence/secrets";

const TREES = argumentTrees(
  ARGUMENT_RULES,
  ({ path }) => path,
  ({ number }) => number?.leftOut !== undefined,
);

export const argumentInvalid: Rule = {
  id: "argument-invalid",
  severity: "error",
  summary: "Arguments have the lengths, numbers and forms that the services take.",
  source: "botocore bedrock-agentcore-control 2023-06-05 and cognito-idp 2016-04-18",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    for (const found of TREES.get(type)?.in(block) ?? []) yield* faultsIn(found);
  }),
};

function* faultsIn({ entry: rule, block, name }: FoundArgument<ArgumentRule>): Generator<Fault> {
  for (const text of rule.text === undefined ? [] : textsOf(block, name)) {
    if (typeof text !== "string" || rule.text === undefined || isName(rule.text, text)) continue;
    const shown = isSecretArgument(name) ? "a text that the service refuses" : `"${text.slice(0, 80)}"`;
    yield { message: `${name} is ${shown}, ${whyNot(rule.text, text)}.`, fix: `Use ${rule.text.description}.` };
  }
  if (rule.number !== undefined) yield* numberFaults(block, name, rule.number);
  const count = rule.count === undefined ? 0 : lengthOf(block, name);
  if (rule.count !== undefined && count > rule.count) {
    yield { message: `There are ${count} of ${name}, and the service takes ${rule.count}.`, fix: "Use fewer." };
  }
}

function* numberFaults(
  block: Block,
  name: string,
  { shortest, longest, leftOut }: NonNullable<ArgumentRule["number"]>,
): Generator<Fault> {
  const given = block.isOpen(name) ? undefined : block.optionalNumber(name);
  const number = block.isOpen(name) ? undefined : (given ?? leftOut);
  if (typeof number !== "number" || (number >= shortest && number <= longest)) return;
  yield {
    message: `${name} is ${given === undefined ? `left out, which counts as ${number}` : number}, and the service takes ${shortest} to ${longest}.`,
    fix: `Use ${shortest} to ${longest}.`,
  };
}

function lengthOf(block: Block, name: string): number {
  const value = block.value(name);
  return value === undefined ? 0 : isSymbolicList(value) ? value.length : 1;
}

function whyNot({ minLength = 1, maxLength }: NameRule, text: string): string {
  return text.length < minLength || text.length > maxLength
    ? `of ${lengthInWords(text)}`
    : "which is not of the form that is taken";
}
