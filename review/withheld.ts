import {
  Block,
  entryOf,
  type Instance,
  type Inventory,
  isSymbolicList,
  isSymbolicObject,
  isUntold,
  type Symbolic,
  Unknown,
  type Value,
  withoutText,
} from "../topology";

/**
 * An inventory without the values that its source marks as sensitive: each is a reference to what is not told, the same
 * where the values are. So rules compare them, and nothing that is said of them tells them. Ids stay: Terraform prints
 * them with every resource, also where a provider takes one, such as a client's, for a secret elsewhere.
 */
export function withheld(inventory: Inventory): Inventory {
  const names = new Names(inventory.instances);
  const instances = inventory.instances.map((instance) => withoutSensitive(instance, names));
  return { ...inventory, instances };
}

/** What stands for values that are not told. */
class Names {
  private readonly names = new Map<string, string>();
  private told?: ReadonlySet<Value>;

  constructor(private readonly instances: readonly Instance[]) {}

  /** Looked for once something is withheld, which is seldom. */
  private get ids(): ReadonlySet<Value> {
    return (this.told ??= new Set(
      this.instances.flatMap(({ arguments: { values }, sensitive = [] }) => {
        const id = isSymbolicObject(values) ? values["id"] : undefined;
        return typeof id === "string" && !sensitive.some(marksId) ? [id] : [];
      }),
    ));
  }

  /** @returns undefined for what is told */
  for(value: Exclude<Symbolic, Unknown>): string | undefined {
    if (typeof value === "string" && this.ids.has(value)) return undefined;
    return entryOf(this.names, JSON.stringify(value), () => `(sensitive value ${this.names.size + 1})`);
  }
}

function marksId(sensitive: Value): boolean {
  return (
    sensitive === true ||
    (typeof sensitive === "object" && sensitive !== null && !Array.isArray(sensitive) && "id" in sensitive)
  );
}

/** Whether a value is one that is withheld. */
export function isWithheld(value: Symbolic): boolean {
  return value instanceof Unknown && value.references.some(isUntold);
}

function withoutSensitive(instance: Instance, names: Names): Instance {
  const values = (instance.sensitive ?? [])
    .filter(marksAny)
    .reduce<Symbolic>((masked, sensitive) => mask(masked, sensitive, names), instance.arguments.values);
  return values !== instance.arguments.values && isSymbolicObject(values)
    ? { ...instance, arguments: new Block(values) }
    : instance;
}

/** Plans show objects and lists without marks for most members. */
function marksAny(sensitive: Value): boolean {
  if (typeof sensitive !== "object" || sensitive === null) return sensitive === true;
  return Object.values(sensitive).some(marksAny);
}

/** What is masked stays the same object where nothing in it is. */
function mask(value: Symbolic, sensitive: Value, names: Names): Symbolic {
  if (sensitive === true) return value === null ? null : placeholder(value, names);
  if (typeof sensitive !== "object" || sensitive === null || value instanceof Unknown) return value;
  if (isSymbolicList(value)) {
    return maskItems(value, Array.isArray(sensitive) ? (sensitive as readonly Value[]) : [], names);
  }
  if (!isSymbolicObject(value) || Array.isArray(sensitive)) return value;
  let masked: Record<string, Symbolic> | undefined;
  for (const [name, mark] of Object.entries(sensitive)) {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    const outer = inner === undefined ? undefined : mask(inner, mark as Value, names);
    if (outer !== undefined && outer !== inner) (masked ??= { ...value })[name] = outer;
  }
  return masked ?? value;
}

function maskItems(items: readonly Symbolic[], marks: readonly Value[], names: Names): Symbolic {
  const masked = items.map((item, index) => mask(item, marks[index] ?? false, names));
  return masked.some((item, index) => item !== items[index]) ? masked : items;
}

function placeholder(value: Symbolic, names: Names): Symbolic {
  if (value instanceof Unknown) return withoutText(value);
  const name = names.for(value);
  return name === undefined ? value : Unknown.of({ address: name, attribute: "value" });
}
