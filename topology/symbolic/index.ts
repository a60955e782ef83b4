export { Block, type TextList } from "./block";
export { evaluateSymbolically, type ResolveSymbol } from "./evaluate";
export { Marks } from "./marks";
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
  type Part,
  type Placeholder,
  type Reference,
  referencesIn,
  referenceText,
  type Symbolic,
  type SymbolicObject,
  uniqueReferences,
  Unknown,
} from "./value";
