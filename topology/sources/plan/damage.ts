import { at, objectsAt, textAt, textsAt } from "../../language/members";
import { isList, isObject, member, type Value, type ValueObject } from "../../language/value";

/**
 * What is wrong with the values of a plan or of a state, such as one that somebody cut; undefined for what Terraform prints.
 * What is left out silently would look as if it were not there.
 */
export function damageIn(values: ValueObject): string | undefined {
  const root = member(values, "root_module");
  if (root === undefined) return undefined;
  const pending: [Value, string][] = [[root, ""]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [module, prefix] = next;
    if (!isObject(module)) return "a module in it is no object";
    const [resources, children] = [member(module, "resources") ?? [], member(module, "child_modules") ?? []];
    if (!isList(resources) || !resources.every(isWhole)) return "a resource in it has no type, name or address";
    if (!isList(children)) return "its child_modules are no list";
    for (const child of children) {
      const address = textAt(child, "address");
      if (address?.startsWith(`${prefix}module.`) !== true) return "a module in it has no address of its parent's";
      pending.push([child, `${address}.`]);
    }
  }
  return undefined;
}

function isWhole(resource: Value): boolean {
  return ["type", "name", "address"].every((name) => textAt(resource, name) !== undefined);
}

/** The address of a resource that a plan changes or keeps, and of which it plans no values. */
export function unplannedChange(plan: ValueObject): string | undefined {
  const planned = new Set<string>();
  const pending = [at(plan, "planned_values", "root_module")];
  for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
    for (const resource of objectsAt(module, "resources")) planned.add(textAt(resource, "address") ?? "");
    pending.push(...objectsAt(module, "child_modules"));
  }
  const kept = objectsAt(plan, "resource_changes").filter(
    (change) => textAt(change, "mode") === "managed" && textsAt(change, "change", "actions").some(isKeeping),
  );
  return kept.map((change) => textAt(change, "address") ?? "").find((address) => !planned.has(address));
}

function isKeeping(action: string): boolean {
  return action === "create" || action === "update" || action === "no-op";
}
