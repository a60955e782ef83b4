import { Arguments } from "../arguments/arguments";
import { TopologyError } from "../errors";
import { formOf, isSymbolicList, isText, Marks, type Symbolic, type SymbolicObject } from "../language";
import { isObject, member } from "../language/value";
import { policyDocument } from "./iam-policy-document";

/** The document with its unknown parts in place, as the provider writes it. */
export function policyJson(
  address: string,
  values: SymbolicObject,
  name: "json" | "minified_json" = "json",
): Symbolic | undefined {
  const marks = new Marks();
  try {
    const marked = marks.mark({ ...values, ...shownDocuments(values, marks) });
    return isObject(marked)
      ? marks.unmark(policyDocument(Arguments.evaluated(address, marked))[name] ?? null)
      : undefined;
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}

const DOCUMENTS = ["source_policy_documents", "override_policy_documents"];

/** The documents that are merged, each as a text that can be parsed though parts of it are unknown. */
function shownDocuments(values: SymbolicObject, marks: Marks): SymbolicObject {
  const shown = DOCUMENTS.flatMap((name): [string, Symbolic][] => {
    const documents = member(values, name) ?? null;
    if (!isSymbolicList(documents)) return [];
    return [[name, documents.map((each) => (isText(each) ? (formOf(each, marks) ?? each) : each))]];
  });
  return Object.fromEntries(shown);
}
