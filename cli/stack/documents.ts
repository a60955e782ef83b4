// cli/stack/: the configurations and plans that a command is given.
import { readFileSync } from "node:fs";

import {
  type Assignment,
  type Document,
  type NamedDocument,
  parseDocument,
  readDocument,
  type ReadingOptions,
  readStacks,
} from "../../topology";
import { systemCode, UsageError } from "../errors";
import { readStandardInput, STANDARD_INPUT } from "./standard-input";

/**
 * Reads the configuration or plan that a command is given.
 * @param path - `-` is standard input
 * @throws TopologyError when it is neither.
 */
export async function readStack(path: string, options: ReadingOptions): Promise<Document> {
  return path === "-" ? parseDocument(STANDARD_INPUT, await readStandardInput(), options) : readDocument(path, options);
}

/**
 * Reads the configurations or the plan that are to be deployed together.
 * @param path - `-` is standard input
 * @throws TopologyError when it is neither.
 */
export async function readDeployedStacks(path: string, options: ReadingOptions): Promise<readonly NamedDocument[]> {
  return path === "-"
    ? [{ name: STANDARD_INPUT, document: await readStack(path, options) }]
    : readStacks(path, options);
}

/**
 * Takes Terraform's options `-var NAME=VALUE` and `-var-file FILE` from the parameters of a command, in Terraform's
 * spelling: with one dash or two, and with a blank or `=` before the value. Of two for one variable the later one counts.
 * @throws UsageError
 */
export function takeAssignments(parameters: readonly string[]): { assignments: Assignment[]; others: string[] } {
  const assignments: Assignment[] = [];
  const others: string[] = [];
  const remaining = [...parameters];
  for (let next = remaining.shift(); next !== undefined; next = remaining.shift()) {
    const [, option, attached] = /^--?(var|var-file)(?:=(.*))?$/s.exec(next) ?? [];
    if (option === undefined) others.push(next);
    else assignments.push(assignment(option, attached ?? remaining.shift()));
  }
  return { assignments, others };
}

/** What stands on a command line is seen by every user of the machine, so a secret's answer stands in a file. */
function readAnswer(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--data names the file ${path}, which cannot be read: ${systemCode(error)}.`);
  }
}

/**
 * `ADDRESS=JSON` or `ADDRESS=@FILE` for each data source whose answer is given; a key in an address may hold an equals sign.
 * @throws UsageError
 */
export function takeAnswers(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, address, json] = /^((?:[^="]|"[^"]*")+)=(.*)$/s.exec(text) ?? [];
      if (address === undefined || json === undefined) {
        throw new UsageError(
          `--data takes ADDRESS=JSON, for example 'data.aws_iam_role.mcp={"arn": "…"}', not '${text}'.`,
        );
      }
      return [address.trim(), json.startsWith("@") ? readAnswer(json.slice(1)) : json];
    }),
  );
}

function assignment(option: string, text: string | undefined): Assignment {
  if (option === "var-file") {
    if (text === undefined || text === "") throw new UsageError("-var-file takes a file of values of variables.");
    return { kind: "file", path: text };
  }
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text ?? "") ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`-var takes NAME=VALUE, not '${text ?? ""}'.`);
  return { kind: "value", name: name.trim(), text: value };
}
