import { factsOf } from "../resources/facts-by-type";
import type { Attribute, Block, ValueType } from "../schema/model";
import { isList, isObject, isUnknown, type ObjectValue, type Value } from "../wire/value";
import type { Account } from "../resources/account";
import { mapAttributes } from "../planning/walk-block";

/** The state after the service has answered: every unknown gets its value, write-only arguments are forgotten. */
export function applyChange(
  type: string,
  block: Block,
  prior: ObjectValue | null,
  planned: ObjectValue,
  account: Account,
): ObjectValue {
  const assigned = factsOf(type).assigned(planned, account, prior);
  return mapAttributes(block, planned, (attribute, value, depth) => {
    if (attribute.writeOnly) return null;
    if (isUnknown(value)) return (depth === 0 ? assigned[attribute.name] : undefined) ?? emptyValue(attribute.type);
    if (isForgottenMap(type, attribute, value)) return null;
    return depth === 0 ? filledIn(value, assigned[attribute.name]) : value;
  });
}

// The service answers with its defaults for what a list of objects leaves out, so terraform finds the answer
// inconsistent with the plan (hashicorp/terraform-provider-aws#45290).
function filledIn(value: Value, assigned: Value | undefined): Value {
  const defaults = isList(assigned) ? assigned[0] : undefined;
  if (!isList(value) || !isObject(defaults)) return value;
  return value.map((element) => (isObject(element) ? { ...element, ...nullsOf(element, defaults) } : element));
}

function nullsOf(element: ObjectValue, defaults: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => element[name] === null));
}

// AgentCore's resources read an empty map back as null, so terraform finds the provider's answer inconsistent
// (hashicorp/terraform-provider-aws#45885).
function isForgottenMap(type: string, { computed }: Attribute, value: Value): boolean {
  return type.startsWith("aws_bedrockagentcore_") && !computed && isObject(value) && Object.keys(value).length === 0;
}

function emptyValue(type: ValueType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  const [kind, element] = type;
  if (kind === "object") {
    return Object.fromEntries(Object.entries(element).map(([name, field]) => [name, emptyValue(field)]));
  }
  // Configurations index computed lists of objects with [0].
  if (kind === "list" && typeof element !== "string" && element[0] === "object") return [emptyValue(element)];
  return kind === "map" ? {} : [];
}
