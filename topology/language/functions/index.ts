// topology/language/functions/: Terraform's functions.
import { failed, unknownFunction } from "../error";
import type { Value } from "../value";
import { addressFunctions } from "./addresses";
import { awsProviderFunctions } from "./aws-provider";
import { collectionFunctions } from "./collections";
import { conversionFunctions } from "./conversions";
import { dateFunctions } from "./dates";
import { documentFunctions } from "./documents";
import { encodingFunctions } from "./encodings";
import type { TerraformFunction } from "./function";
import { numberFunctions } from "./numbers";
import { patternFunctions } from "./patterns";
import { pathFunctions } from "./paths";
import { REFUSED_FUNCTIONS } from "./refused";
import { setFunctions } from "./sets";
import { stringFunctions } from "./strings";

const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.entries({
    ...stringFunctions,
    ...patternFunctions,
    ...numberFunctions,
    ...collectionFunctions,
    ...setFunctions,
    ...conversionFunctions,
    ...encodingFunctions,
    ...documentFunctions,
    ...dateFunctions,
    ...addressFunctions,
    ...pathFunctions,
    ...awsProviderFunctions,
  }),
);

/** @throws ExpressionError UNKNOWN_FUNCTION */
export function refuseUnknownFunction(name: string): void {
  functionOf(name);
}

/** Calls one of Terraform's functions, https://developer.hashicorp.com/terraform/language/functions. */
export function callFunction(name: string, values: readonly Value[]): Value {
  const found = functionOf(name);
  const { minimum, maximum } = found;
  if (values.length < minimum || values.length > maximum) {
    const wanted = minimum === maximum ? String(minimum) : `${minimum} or more`;
    throw failed(`${name} takes ${wanted} arguments, not ${values.length}`);
  }
  return found.call(values);
}

function functionOf(name: string): TerraformFunction {
  const own = name.replace(/^core::/, "");
  const found = FUNCTIONS.get(own);
  if (found === undefined) throw unknownFunction(name, REFUSED_FUNCTIONS.get(own));
  return found;
}
