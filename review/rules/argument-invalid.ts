import { isName, type NameRule } from "../../aws/name-rule";
import { isSymbolicList, type Block } from "../../topology";
import { ARGUMENT_RULES, type ArgumentRule } from "../argument-rules";
import { argumentOf, blocksAt, textsAt } from "../arguments";
import type { Report, Rule } from "../rule";
import { isSecretArgument } from "../secrets";

export const argumentInvalid: Rule = {
  id: "argument-invalid",
  severity: "error",
  summary: "Arguments have the lengths, numbers and forms that the services take.",
  source: "botocore bedrock-agentcore-control 2023-06-05 and cognito-idp 2016-04-18",
  *check({ inventory }) {
    for (const { address, type, arguments: block } of inventory.instances) {
      for (const rule of Object.hasOwn(ARGUMENT_RULES, type) ? (ARGUMENT_RULES[type] ?? []) : []) {
        for (const fault of faultsIn(block, rule)) yield { address, ...fault };
      }
    }
  },
};

function* faultsIn(block: Block, rule: ArgumentRule): Generator<Omit<Report, "address">> {
  const name = argumentOf(rule.path);
  for (const text of textsAt(block, rule.path)) {
    if (typeof text !== "string") continue;
    const shown = isSecretArgument(name) ? "a text that the service refuses" : `"${text.slice(0, 80)}"`;
    if (rule.text !== undefined && !isName(rule.text, text))
      yield { message: `${name} is ${shown}, ${whyNot(rule.text, text)}.`, fix: `Use ${rule.text.description}.` };
  }
  if (rule.number !== undefined) yield* numberFaults(block, rule.path, rule.number);
  const count = blocksAt(block, rule.path).reduce((sum, { block: inner, name }) => sum + lengthOf(inner, name), 0);
  if (rule.count !== undefined && count > rule.count)
    yield { message: `There are ${count} of ${name}, and the service takes ${rule.count}.`, fix: "Use fewer." };
}

function* numberFaults(
  block: Block,
  path: string,
  { shortest, longest, leftOut }: NonNullable<ArgumentRule["number"]>,
): Generator<Omit<Report, "address">> {
  for (const { block: inner, name } of blocksAt(block, path)) {
    const number = inner.isOpen(name) ? undefined : (inner.number(name) ?? leftOut);
    if (typeof number !== "number" || (number >= shortest && number <= longest)) continue;
    const isLeftOut = inner.number(name) === undefined;
    yield {
      message: `${name} is ${isLeftOut ? `left out, which counts as ${number}` : number}, and the service takes ${shortest} to ${longest}.`,
      fix: `Use ${shortest} to ${longest}.`,
    };
  }
}

function lengthOf(block: Block, name: string): number {
  const value = block.value(name);
  return value !== undefined && isSymbolicList(value) ? value.length : 1;
}

function whyNot({ minLength, maxLength }: NameRule, { length }: string): string {
  return length < minLength || length > maxLength
    ? `of ${length} characters`
    : "which is not of the form that is taken";
}
