import { text } from "../resources/facts";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";
import type { DataSourceAnswer } from "./data-source-answer";

type Json = string | readonly Json[] | { readonly [name: string]: Json };

/**
 * `aws_iam_policy_document`, as internal/service/iam/policy_document_data_source.go of hashicorp/terraform-provider-aws
 * renders it: a single element stands without its list, several are sorted in reverse.
 */
export function policyDocument(config: ObjectValue): DataSourceAnswer {
  for (const merged of ["source_policy_documents", "override_policy_documents"]) {
    if (elements(config[merged]).length > 0) return { refused: cannotMerge(merged) };
  }
  const version = config.version ?? "2012-10-17";
  const statements = elements(config.statement).filter(isObject);
  const document = {
    Version: version,
    ...(typeof config.policy_id === "string" && { Id: config.policy_id }),
    ...(statements.length > 0 && { Statement: statements.map(statement) }),
  };
  const minified = JSON.stringify(document);
  return {
    state: { ...config, version, id: "stand-in", json: JSON.stringify(document, null, 2), minified_json: minified },
  };
}

function cannotMerge(attribute: string): Extract<DataSourceAnswer, { readonly refused: unknown }>["refused"] {
  return {
    path: [attribute],
    summary: "Not supported by the stand-in provider",
    detail: `The stand-in provider does not merge policy documents (${attribute}). Write all statements into one.`,
  };
}

function statement(block: ObjectValue): Json {
  const sid = block.sid;
  const conditions = elements(block.condition).filter(isObject);
  return {
    ...(typeof sid === "string" && sid !== "" && { Sid: sid }),
    Effect: typeof block.effect === "string" ? block.effect : "Allow",
    ...listed("Action", block.actions),
    ...listed("NotAction", block.not_actions),
    ...listed("Resource", block.resources),
    ...listed("NotResource", block.not_resources),
    ...principals("Principal", block.principals),
    ...principals("NotPrincipal", block.not_principals),
    ...(conditions.length > 0 && { Condition: conditionMap(conditions) }),
  };
}

function principals(name: string, value: Value | undefined): Readonly<Record<string, Json>> {
  const identifiers: Record<string, string[]> = {};
  for (const block of elements(value).filter(isObject)) {
    (identifiers[text(block, "type")] ??= []).push(...descending(block.identifiers));
  }
  if (Object.keys(identifiers).length === 0) return {};
  const everyone = Object.keys(identifiers).join() === "*" && identifiers["*"]?.join() === "*";
  return {
    [name]: everyone ? "*" : byName(Object.entries(identifiers).map(([type, texts]) => [type, collapsed(texts)])),
  };
}

function conditionMap(conditions: readonly ObjectValue[]): Json {
  const tests: Record<string, [string, Json][]> = {};
  for (const condition of conditions) {
    const values = collapsed(descending(condition.values));
    (tests[text(condition, "test")] ??= []).push([text(condition, "variable"), values]);
  }
  return byName(Object.entries(tests).map(([test, variables]) => [test, byName(variables)]));
}

// Go writes the keys of a map in order.
function byName(entries: readonly (readonly [name: string, value: Json])[]): { readonly [name: string]: Json } {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function listed(name: string, value: Value | undefined): Readonly<Record<string, Json>> {
  return elements(value).length > 0 ? { [name]: collapsed(descending(value)) } : {};
}

function collapsed(texts: readonly string[]): Json {
  return texts.length === 1 && texts[0] !== undefined ? texts[0] : texts;
}

function descending(value: Value | undefined): readonly string[] {
  return elements(value).map(String).sort().reverse();
}

function elements(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}
