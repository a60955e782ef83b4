import { blockAddressOf } from "../../language";
import { objectAt, objectsAt, textAt, textsAt } from "../../language/members";
import type { ValueObject } from "../../language/value";
import { Dependents } from "../../modules/dependents";
import type { Inventory } from "../../modules/inventory";
import { readPlan } from "./read-plan";

/** Reads what `terraform show -json` prints of a state: as a plan that changes nothing, whose configuration is not shown. */
export function readState(state: ValueObject): Inventory {
  const values = objectAt(state, "values");
  const dependents = stateDependents(objectAt(values, "root_module"));
  return {
    ...readPlan({ planned_values: values }),
    dependents: (blockAddress) => dependents.of(blockAddress),
  };
}

function stateDependents(root: ValueObject): Dependents {
  const dependents = new Dependents();
  const pending = [root];
  for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
    for (const resource of objectsAt(module, "resources")) {
      for (const dependency of textsAt(resource, "depends_on")) {
        dependents.add(blockAddressOf(textAt(resource, "address") ?? ""), dependency);
      }
    }
    pending.push(...objectsAt(module, "child_modules"));
  }
  return dependents;
}
