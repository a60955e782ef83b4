import { member, type Value, type ValueObject } from "../../language/value";
import { objectAt, objectsAt, parseObject, textAt } from "../../language/members";
import type { InstanceKey } from "../../modules/keyed";

/** A resource instance of the plan. */
export interface PlannedInstance {
  readonly address: string;
  readonly key?: InstanceKey;
  readonly type: string;
  readonly isData: boolean;
  readonly values: ValueObject;
  /** The same members, with true in the place of what is sensitive. */
  readonly sensitive: ValueObject;
  /** What is unknown, of a block that the plan is not about. @default - what the plan says of its change */
  readonly unknown?: Value;
}

/** One instance of a module, with its configuration. */
export interface PlannedModule {
  /** Such as `module.auth["eu"].`; empty for the root module. */
  readonly prefix: string;
  /** The same without keys. */
  readonly blockPrefix: string;
  readonly configuration: ValueObject;
  readonly parent?: { readonly module: PlannedModule; readonly call: ValueObject; readonly key?: InstanceKey };
  /** Instances by `type.name`, or `data.type.name`, and then by their address. */
  readonly instances: Map<string, Map<string, PlannedInstance>>;
  /** Instances of child modules by their name, and then by their address. */
  readonly children: Map<string, Map<string, PlannedModule>>;
}

const MODULE_SEGMENT = /^module\.([^.[\]]+)(?:\[(.+)\])?$/;

/**
 * The modules of a plan: the values that are planned, those that data sources already gave, and the resources that the
 * plan is not about, as one with `-target` or `-refresh-only` is not about most, and that stay as they are.
 */
export function readModuleTree(plan: ValueObject): PlannedModule {
  const root: PlannedModule = {
    prefix: "",
    blockPrefix: "",
    configuration: objectAt(plan, "configuration", "root_module"),
    instances: new Map(),
    children: new Map(),
  };
  const changed = new Set(objectsAt(plan, "resource_changes").flatMap(changedAddresses));
  addValues(root, objectAt(plan, "planned_values", "root_module"), () => true);
  addValues(
    root,
    objectAt(plan, "prior_state", "values", "root_module"),
    (isData, address) => isData || !changed.has(address),
  );
  return root;
}

/** Of a resource that moves the old one, too. */
function changedAddresses(change: ValueObject): string[] {
  return [textAt(change, "address"), textAt(change, "previous_address")].filter((address) => address !== undefined);
}

type Wanted = (isData: boolean, address: string) => boolean;

/** All modules, parents first. */
export function allPlannedModules(root: PlannedModule): PlannedModule[] {
  const modules = [root];
  for (let index = 0; index < modules.length; index++) {
    for (const children of modules[index]?.children.values() ?? []) modules.push(...children.values());
  }
  return modules;
}

function addValues(module: PlannedModule, values: ValueObject, wanted: Wanted): void {
  const pending: [PlannedModule, ValueObject][] = [[module, values]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [parent, content] = next;
    for (const resource of objectsAt(content, "resources")) addInstance(parent, resource, wanted);
    for (const child of objectsAt(content, "child_modules")) {
      const found = childModule(parent, textAt(child, "address") ?? "");
      if (found !== undefined) pending.push([found, child]);
    }
  }
}

/** Of a resource, as plans call it anywhere: `type.name`, or `data.type.name`. */
export function blockId(resource: ValueObject): string {
  const prefix = textAt(resource, "mode") === "data" ? "data." : "";
  return `${prefix}${textAt(resource, "type") ?? ""}.${textAt(resource, "name") ?? ""}`;
}

function addInstance(module: PlannedModule, resource: ValueObject, wanted: Wanted): void {
  const [type, address] = [textAt(resource, "type"), textAt(resource, "address")];
  const isData = textAt(resource, "mode") === "data";
  if (type === undefined || address === undefined || !wanted(isData, address)) return;
  const index = member(resource, "index");
  const key = typeof index === "string" || typeof index === "number" ? index : undefined;
  const id = blockId(resource);
  const siblings = module.instances.get(id) ?? new Map<string, PlannedInstance>();
  if (!siblings.has(address)) {
    siblings.set(address, {
      address,
      key,
      type,
      isData,
      values: objectAt(resource, "values"),
      sensitive: objectAt(resource, "sensitive_values"),
    });
  }
  module.instances.set(id, siblings);
}

/** A child module by its address, which is made when it is first named. */
export function childModule(parent: PlannedModule, address: string): PlannedModule | undefined {
  const match = address.startsWith(parent.prefix) ? MODULE_SEGMENT.exec(address.slice(parent.prefix.length)) : null;
  const name = match?.[1];
  if (name === undefined) return undefined;
  const siblings = parent.children.get(name) ?? new Map<string, PlannedModule>();
  const existing = siblings.get(address);
  if (existing) return existing;
  const call = objectAt(parent.configuration, "module_calls", name);
  const child: PlannedModule = {
    prefix: `${address}.`,
    blockPrefix: `${parent.blockPrefix}module.${name}.`,
    configuration: objectAt(call, "module"),
    parent: { module: parent, call, key: instanceKey(match?.[2]) },
    instances: new Map(),
    children: new Map(),
  };
  siblings.set(address, child);
  parent.children.set(name, siblings);
  return child;
}

function instanceKey(text: string | undefined): InstanceKey | undefined {
  const { key } = text === undefined ? {} : (parseObject(`{"key": ${text}}`) ?? {});
  return typeof key === "string" || typeof key === "number" ? key : undefined;
}
