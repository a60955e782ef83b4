import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, topologyOf, type Topology, TopologyError } from "../../../topology";

export type Values = Record<string, unknown>;

interface Module {
  readonly resources?: readonly { readonly address: string; readonly mode: string; readonly values: Values }[];
  readonly child_modules?: readonly Module[];
}

/** Terraform's JSON of a plan, loose enough to be bent by a test. */
export interface PlanDocument extends Values {
  planned_values: { outputs?: Record<string, { value: unknown }>; root_module: Module };
  resource_changes: { address: string; change: { actions: string[]; after_unknown: Values } }[];
  configuration: {
    provider_config: Record<string, unknown>;
    root_module: { resources: { address: string; expressions: Values }[] };
  };
}

export const ARTICLE = join(__dirname, "../../review/article");
export const TOOLS = join(__dirname, "tools");

/** A plan that terraform made earlier of the configuration beside it: `plan` before the apply, `deployed` after it. */
export function keptPlan(folder: string, name: "plan" | "deployed"): PlanDocument {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as PlanDocument;
}

export function planTopology(plan: object): Topology {
  return topologyOf(parseDocument("plan.json", Buffer.from(JSON.stringify(plan))));
}

/** What reading or deploying something throws. */
export function failureOf(act: () => unknown): TopologyError {
  try {
    act();
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

/** The values of all managed resources of a plan, in all modules, by address. */
export function plannedValues({ planned_values: { root_module } }: PlanDocument): ReadonlyMap<string, Values> {
  const found = new Map<string, Values>();
  const pending: Module[] = [root_module];
  for (const { resources = [], child_modules = [] } of pending) {
    for (const { address, mode, values } of resources) if (mode === "managed") found.set(address, values);
    pending.push(...child_modules);
  }
  return found;
}

/** The arguments of a resource in the configuration of a plan's root module. */
export function expressionsOf({ configuration }: PlanDocument, address: string): Values {
  return existing(configuration.root_module.resources.find((each) => each.address === address)?.expressions, address);
}

/** What is unknown of a resource before the apply. */
export function unknownOf({ resource_changes }: PlanDocument, address: string): Values {
  return existing(resource_changes.find((each) => each.address === address)?.change.after_unknown, address);
}

/** A member at a path such as `scope.0.scope_name`, as an object to be changed in place. */
export function within(values: Values, path: string): Values {
  return path.split(".").reduce((current, name) => existing(current[name] as Values | undefined, path), values);
}

function existing<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`The plan has no ${name}.`);
  return found;
}
