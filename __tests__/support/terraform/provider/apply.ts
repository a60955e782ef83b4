import { factsOf } from "../resources/facts-by-type";
import type { Attribute, Block, ValueType } from "../schema/model";
import { isObject, isUnknown, type ObjectValue, type Value } from "../wire/value";
import type { Account } from "./account";
import { mapAttributes } from "./walk-block";

/** The state after the service has answered: every unknown gets its value, write-only arguments are forgotten. */
export function applyChange(type: string, block: Block, prior: ObjectValue | null, planned: ObjectValue, account: Account): ObjectValue {
  const assigned = factsOf(type).assigned(planned, account, prior);
  return mapAttributes(block, planned, (attribute, value, depth) => {
    if (attribute.writeOnly) return null;
    if (isUnknown(value)) return (depth === 0 ? assigned[attribute.name] : undefined) ?? emptyValue(attribute.type);
    return isForgottenMap(type, attribute, value) ? null : value;
  });
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
  if (kind === "object") return Object.fromEntries(Object.entries(element).map(([name, field]) => [name, emptyValue(field)]));
  // Configurations index computed lists of objects with [0].
  if (kind === "list" && typeof element !== "string" && element[0] === "object") return [emptyValue(element)];
  return kind === "map" ? {} : [];
}
