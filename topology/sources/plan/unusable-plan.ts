import { unusablePlan } from "../../errors";
import { isList, member, type ValueObject } from "../../language/value";
import { allPlannedModules, readModuleTree } from "./planned-modules";
import { at, objectsAt } from "../../language/members";

/** Refuses a plan after which no system stands, or of which nobody can tell. @throws TopologyError */
export function refuseUnusable(name: string, plan: ValueObject): void {
  if (member(plan, "errored") === true) {
    throw unusablePlan(
      name,
      "terraform ended with an error, so resources may be missing",
      "mend what terraform said and plan again",
    );
  }
  if (destroysSomething(plan) && !keepsSomething(plan)) {
    throw unusablePlan(name, "destroys everything", "give a plan that creates or keeps the system");
  }
}

function destroysSomething(plan: ValueObject): boolean {
  return objectsAt(plan, "resource_changes").some((change) => {
    const actions = at(change, "change", "actions");
    return actions !== undefined && isList(actions) && actions.includes("delete");
  });
}

function keepsSomething(plan: ValueObject): boolean {
  return allPlannedModules(readModuleTree(plan)).some(({ instances }) =>
    [...instances.values()].some((siblings) => [...siblings.values()].some(({ isData }) => !isData)),
  );
}
