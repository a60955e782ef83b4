import type { Value } from "../value";
import { failed, unknownFunction } from "../error";
import { collectionFunctions } from "./collections";
import { conversionFunctions } from "./conversions";
import { encodingFunctions } from "./encodings";
import type { TerraformFunction } from "./function";
import { numberFunctions } from "./numbers";
import { stringFunctions } from "./strings";

const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.entries({
    ...stringFunctions,
    ...numberFunctions,
    ...collectionFunctions,
    ...conversionFunctions,
    ...encodingFunctions,
  }),
);

/** Calls one of Terraform's functions, https://developer.hashicorp.com/terraform/language/functions. */
export function callFunction(name: string, values: readonly Value[]): Value {
  const found = FUNCTIONS.get(name);
  if (found === undefined) throw unknownFunction(name);
  const { minimum, maximum } = found;
  if (values.length < minimum || values.length > maximum) {
    const wanted = minimum === maximum ? String(minimum) : `${minimum} or more`;
    throw failed(`${name} takes ${wanted} arguments, not ${values.length}`);
  }
  return found.call(values);
}
