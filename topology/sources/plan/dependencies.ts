// topology/sources/plan/: plans and states as terraform show -json prints them.
import { Dependents } from "../../modules/dependents";
import { isList, isObject, type Value, type ValueObject } from "../../language/value";
import { objectAt, objectsAt, textsAt } from "../../language/members";
import { blockId } from "./planned-modules";

/**
 * What waits for what, by the addresses of blocks: through references, `depends_on`, variables and outputs of modules,
 * and modules that wait as a whole.
 */
export function planDependents(plan: ValueObject): Dependents {
  const dependents = new Dependents();
  const pending: [string, ValueObject][] = [["", objectAt(plan, "configuration", "root_module")]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [prefix, module] = next;
    addResources(dependents, prefix, module);
    addOutputs(dependents, prefix, module);
    for (const [name, call] of Object.entries(objectAt(module, "module_calls"))) {
      addCall(dependents, prefix, name, call);
      pending.push([`${prefix}module.${name}.`, objectAt(call, "module")]);
    }
  }
  return dependents;
}

function addResources(dependents: Dependents, prefix: string, module: ValueObject): void {
  for (const resource of objectsAt(module, "resources")) {
    const address = prefix + blockId(resource);
    // A module that waits as a whole, and one that is waited for as a whole, stands for its resources.
    if (prefix !== "") dependents.add(address, `${prefix}start`);
    if (prefix !== "") dependents.add(`${prefix}end`, address);
    for (const reference of [...textsAt(resource, "depends_on"), ...referencesIn(resource)]) {
      addReference(dependents, address, prefix, reference);
    }
  }
}

function addOutputs(dependents: Dependents, prefix: string, module: ValueObject): void {
  for (const [name, output] of Object.entries(objectAt(module, "outputs"))) {
    const address = `${prefix}output.${name}`;
    for (const reference of [...textsAt(output, "depends_on"), ...referencesIn(output)]) {
      addReference(dependents, address, prefix, reference);
    }
  }
}

function addCall(dependents: Dependents, prefix: string, name: string, call: Value): void {
  const inner = `${prefix}module.${name}.`;
  for (const [variable, expression] of Object.entries(objectAt(call, "expressions"))) {
    for (const reference of referencesIn(expression)) {
      addReference(dependents, `${inner}var.${variable}`, prefix, reference);
    }
  }
  for (const reference of textsAt(call, "depends_on")) addReference(dependents, `${inner}start`, prefix, reference);
  // A module inside another begins and ends with it.
  if (prefix !== "") dependents.add(`${inner}start`, `${prefix}start`);
  if (prefix !== "") dependents.add(`${prefix}end`, `${inner}end`);
}

const REFERENCE = /^(?:module\.([^.[\]]+)(?:\[[^\]]*\])?(?:\.([^.[\]]+))?|(data\.)?([^.[\]]+)\.([^.[\]]+))/;

function addReference(dependents: Dependents, dependent: string, prefix: string, reference: string): void {
  const match = REFERENCE.exec(reference);
  if (match === null) return;
  const [, module, output, data = "", type = "", name = ""] = match;
  if (module === undefined) dependents.add(dependent, `${prefix}${data}${type}.${name}`);
  else dependents.add(dependent, `${prefix}module.${module}.${output === undefined ? "end" : `output.${output}`}`);
}

/** All references anywhere in a block of the configuration. */
function referencesIn(value: Value): string[] {
  if (isList(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "references" ? textsAt(value, "references") : referencesIn(inner),
  );
}
