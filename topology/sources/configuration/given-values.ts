import { invalidConfiguration } from "../../errors";
import { evaluate, ExpressionError, parseTemplate } from "../../language";
import type { Value } from "../../language/value";
import type { Source } from "./folder";
import type { Block } from "../../modules/node";

/** Environment variables, such as those of `process.env`: `TF_VAR_name` gives a variable its value. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PRIMITIVE_TYPE = /^(\$\{)?(string|number|bool)\}?$/;

/** The values that are given to variables by name. Those of the folder are stronger, as for Terraform. */
export function givenValues(
  nodes: Iterable<Block>,
  source: Source,
  environment: Environment,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const node of nodes) {
    const [name = ""] = node.labels;
    const text = node.keyword === "variable" ? environment[`TF_VAR_${name}`] : undefined;
    if (text !== undefined) values.set(name, environmentValue(node, `TF_VAR_${name}`, text));
  }
  for (const [name, value] of source.variables.flatMap((file) => Object.entries(file.values))) values.set(name, value);
  return values;
}

/**
 * The text as it is for a variable of a primitive type or without one, else the value of an expression in Terraform's
 * language: https://developer.hashicorp.com/terraform/language/values/variables#complex-typed-values
 */
function environmentValue({ address, body }: Block, name: string, text: string): Value {
  const type = body["type"];
  if (typeof type !== "string" || PRIMITIVE_TYPE.test(type)) return text;
  try {
    return evaluate(parseTemplate(`\${${text}}`), {
      resolve: () => {
        throw invalidConfiguration(address, `its value in ${name} may not refer to anything`);
      },
    }) as Value;
  } catch (error) {
    if (error instanceof ExpressionError)
      throw invalidConfiguration(address, `its value in ${name} is no expression: ${error.message}`);
    throw error;
  }
}
