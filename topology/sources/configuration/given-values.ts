import { invalidConfiguration, undeclaredVariable } from "../../errors";
import { evaluate, ExpressionError, parseTemplate } from "../../language";
import type { Value } from "../../language/value";
import type { Node } from "../../modules/node";
import type { Source } from "./folder";
import { readVariableFile } from "./variable-file";

/** Environment variables, such as those of `process.env`: `TF_VAR_name` gives a variable its value. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

const PRIMITIVE_TYPE = /^(\$\{)?(string|number|bool)\}?$/;

/**
 * The values that are given to the variables of a root module, by name: those of the folder are stronger than the
 * environment's, and those that somebody names are stronger still, as for Terraform.
 * @throws TopologyError for a value of a variable that is not declared.
 */
export function givenValues(
  nodes: ReadonlyMap<string, Node>,
  source: Source,
  environment: EnvironmentVariables,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const node of nodes.values()) {
    const [name = ""] = node.labels;
    const text = node.keyword === "variable" ? environment[`TF_VAR_${name}`] : undefined;
    if (text !== undefined) values.set(name, valueOfText(node, `TF_VAR_${name}`, text));
  }
  for (const [name, value] of source.variables.flatMap((file) => Object.entries(file.values))) values.set(name, value);
  for (const assignment of source.assignments ?? []) {
    if (assignment.kind === "value") values.set(assignment.name, assignedValue(nodes, assignment));
    else for (const [name, value] of valuesIn(assignment.path, source)) values.set(name, value);
  }
  return values;
}

function assignedValue(nodes: ReadonlyMap<string, Node>, { name, text }: { name: string; text: string }): Value {
  const node = nodes.get(`var.${name}`);
  if (node === undefined) throw undeclaredVariable(name);
  return valueOfText(node, "-var", text);
}

function valuesIn(path: string, source: Source): [string, Value][] {
  return Object.entries(readVariableFile(path, source.reader).values);
}

/**
 * The text as it is for a variable of a primitive type or without one, else the value of an expression in Terraform's
 * language: https://developer.hashicorp.com/terraform/language/values/variables#complex-typed-values
 */
function valueOfText({ address, body }: Node, origin: string, text: string): Value {
  const type = body["type"];
  if (typeof type !== "string" || PRIMITIVE_TYPE.test(type)) return text;
  try {
    return evaluate(parseTemplate(`\${${text}}`), {
      resolve: () => {
        throw invalidConfiguration(address, `its value in ${origin} may not refer to anything`);
      },
    }) as Value;
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw invalidConfiguration(address, `its value in ${origin} is no expression: ${error.message}`);
    }
    throw error;
  }
}
