export { asTemplate, compile, type Json, type JsonObject } from "./compile";
export { ExpressionError } from "./error";
export { evaluateSymbolically, type ResolveSymbol } from "./evaluate";
export { evaluate } from "./evaluator";
export { toSet, unifyAll } from "./functions/conversions";
export { Marks } from "./marks";
export { parseTemplate } from "./parser";
export { references } from "./references";
export type { Expression } from "./syntax";
export {
  describeText,
  formOf,
  isResource,
  isText,
  matchText,
  parseJsonText,
  sameText,
  showsForm,
  soleReference,
  type Text,
} from "./text";
export {
  isSymbolicList,
  isSymbolicObject,
  isUntold,
  type Part,
  type Placeholder,
  type Reference,
  referencesIn,
  referenceText,
  type Symbolic,
  type SymbolicObject,
  uniqueReferences,
  Unknown,
} from "./unknown";
