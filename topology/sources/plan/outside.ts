import { blockAddressOf } from "../../language";
import { isList, isObject, member, type Value, type ValueObject } from "../../language/value";
import { at, objectAt, objectsAt, textAt, textsAt } from "../../language/members";
import { isExpression } from "./expressions";
import { blockId, childModule, type PlannedModule } from "./planned-modules";

/** A block that the configuration has, and of which a plan that is not about everything has no instance. */
export interface OutsideBlock {
  readonly address: string;
  readonly reason: string;
}

interface PlacedBlock {
  readonly module: PlannedModule;
  readonly resource: ValueObject;
  /** Whether it has one instance whatever the values of the configuration are. */
  readonly isCertain: boolean;
}

/**
 * Adds to a plan's modules what it leaves out, as one with `-target` does: blocks without an instance, planned or in the
 * state, each as one instance of which the plan shows the expressions alone. They are not absent: another plan may make them.
 */
export function addOutsideBlocks(plan: ValueObject, root: PlannedModule): OutsideBlock[] {
  if (isDestruction(plan)) return [];
  const changes = objectsAt(plan, "resource_changes");
  const changed = new Set(changes.map((change) => blockAddressOf(textAt(change, "address") ?? "")));
  const missing = blocksIn(root).filter(
    ({ module, resource }) =>
      !changed.has(module.blockPrefix + blockId(resource)) && !module.instances.has(blockId(resource)),
  );
  const isPartial = member(plan, "complete") === false || missing.some(({ isCertain }) => isCertain);
  const outside = isPartial ? missing.filter(({ isCertain, resource }) => isCertain || !hasNone(resource)) : [];
  for (const { module, resource } of outside) addInstance(module, resource);
  forgetEmpty(root);
  return outside.map(({ module, resource }) => ({
    address: module.prefix + blockId(resource),
    reason: "the plan is not about everything, and has no instance of it",
  }));
}

/** Whether a plan only takes away, so that what it does not show does not come. */
export function isDestruction(plan: ValueObject): boolean {
  const changes = objectsAt(plan, "resource_changes");
  return changes.some(isDeletion) && changes.every((change) => isDeletion(change) || isNoChange(change));
}

/** The addresses of the resources that a plan takes away. */
export function deletions(plan: ValueObject): ReadonlySet<string> {
  const deleted = objectsAt(plan, "resource_changes").filter(isDeletion);
  return new Set(deleted.map((change) => textAt(change, "address") ?? ""));
}

/** The blocks of managed resources, in modules that the plan does not show, too. */
function blocksIn(root: PlannedModule): PlacedBlock[] {
  const pending: [PlannedModule, boolean][] = [[root, true]];
  const found: PlacedBlock[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [module, isCertain] = next;
    for (const resource of objectsAt(module.configuration, "resources")) {
      if (textAt(resource, "mode") === "managed") {
        found.push({ module, resource, isCertain: isCertain && !isRepeated(resource) });
      }
    }
    for (const [name, call] of Object.entries(objectAt(module.configuration, "module_calls"))) {
      const known = [...(module.children.get(name)?.values() ?? [])];
      const child =
        known.length > 0 || isRepeated(call) ? undefined : childModule(module, `${module.prefix}module.${name}`);
      for (const each of child === undefined ? known : [child]) pending.push([each, isCertain && !isRepeated(call)]);
    }
  }
  return found;
}

/** Takes modules away of which neither the plan nor what is outside of it has anything. */
function forgetEmpty(module: PlannedModule): boolean {
  for (const [name, children] of module.children) {
    const isEmpty = [...children.values()].map(forgetEmpty).every(Boolean);
    if (isEmpty) module.children.delete(name);
  }
  return module.instances.size === 0 && module.children.size === 0;
}

function addInstance(module: PlannedModule, resource: ValueObject): void {
  const [type = "", id] = [textAt(resource, "type"), blockId(resource)];
  const address = module.prefix + id;
  const unknown = unknownIn(objectAt(resource, "expressions"));
  module.instances.set(id, new Map([[address, { address, type, isData: false, values: {}, sensitive: {}, unknown }]]));
}

/** `after_unknown` of something of which nothing is known. */
function unknownIn(expression: Value): Value {
  if (isExpression(expression)) return true;
  if (isList(expression)) return expression.map(unknownIn);
  if (!isObject(expression)) return true;
  return Object.fromEntries(Object.entries(expression).map(([name, inner]) => [name, unknownIn(inner)]));
}

function isRepeated(block: Value): boolean {
  return (
    isObject(block) && ["count_expression", "for_each_expression"].some((name) => member(block, name) !== undefined)
  );
}

/** Whether a block is written to have no instance. */
function hasNone(resource: ValueObject): boolean {
  const count = at(resource, "count_expression", "constant_value");
  return count === 0 || count === "0";
}

function isDeletion(change: ValueObject): boolean {
  const actions = textsAt(change, "change", "actions");
  return actions.length === 1 && actions[0] === "delete";
}

function isNoChange(change: ValueObject): boolean {
  return textsAt(change, "change", "actions").every((action) => action === "no-op" || action === "read");
}
