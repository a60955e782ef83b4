// topology/language/: Terraform's expressions: parsed, and evaluated as far as their values are known.
export { asTemplate, compile, compileOnce } from "./compile";
export { ExpressionError } from "./error";
export { Budget } from "./budget";
export { evaluate, evaluateSymbolically, type EvaluateTemplate, type Scope, type ScopeFunction } from "./evaluate";
export { toList, toSet, unifyAll } from "./functions/conversions";
export { Marks } from "./marks";
export { parseTemplate } from "./parser";
export { references } from "./references";
export type { Expression } from "./syntax";
export {
  describeText,
  formOf,
  isResource,
  isText,
  isVariable,
  localAddress,
  matchText,
  parseJsonText,
  sameText,
  showsForm,
  soleReference,
  stackOf,
  typeOf,
  blockAddressOf,
  type Text,
  type TextList,
} from "./text";
export {
  elementsOf,
  entriesOf,
  isKnown,
  isSymbolicList,
  isSymbolicObject,
  isUntold,
  type Part,
  type Placeholder,
  type Reference,
  referencesIn,
  referenceText,
  type Settle,
  type Symbolic,
  type SymbolicObject,
  uniqueReferences,
  failureIn,
  Unknown,
  withItems,
} from "./unknown";
