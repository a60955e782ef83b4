import type { Instance, Inventory } from "../modules/inventory";
import { isSymbolicList, isSymbolicObject, type Symbolic, Unknown } from "../language";
import { member } from "../language/value";

/** Finds the resource that a value names, by reference or by an identifier that is known already. */
export class Links {
  private readonly byAddress = new Map<string, Instance>();
  private readonly byType = new Map<string, Instance[]>();
  private readonly indexes = new Map<string, Map<string, Instance[]>>();

  constructor(inventory: Inventory) {
    for (const instance of inventory.instances) {
      this.byAddress.set(instance.address, instance);
      const siblings = this.byType.get(instance.type);
      if (siblings === undefined) this.byType.set(instance.type, [instance]);
      else siblings.push(instance);
    }
  }

  ofType(type: string): readonly Instance[] {
    return this.byType.get(type) ?? [];
  }

  /** Each instance of a type as the entity that is read from it, by address. */
  read<T>(type: string, readEntity: (instance: Instance) => T): Map<string, T> {
    return new Map(this.ofType(type).map((instance) => [instance.address, readEntity(instance)]));
  }

  /**
   * The instances of a type that a value can mean: one, or several where it cannot be told which, or none where it
   * names something that is not shown.
   * @param attributes - the attributes by which others name the type
   */
  find(value: Symbolic | undefined, type: string, attributes: readonly string[]): readonly Instance[] {
    if (typeof value === "string") {
      return attributes.flatMap((attribute) => this.index(type, attribute).get(value) ?? []).slice(0, 1);
    }
    if (!(value instanceof Unknown)) return [];
    const named = value.references.flatMap(({ address }) => {
      const instance = this.byAddress.get(address);
      return instance?.type === type ? [instance] : [];
    });
    return [...new Set(named)];
  }

  /** The same for entities that were read from instances. */
  entities<T>(
    value: Symbolic | undefined,
    type: string,
    attributes: readonly string[],
    entities: ReadonlyMap<string, T>,
  ): readonly T[] {
    return this.find(value, type, attributes).flatMap(({ address }) => {
      const entity = entities.get(address);
      return entity === undefined ? [] : [entity];
    });
  }

  private index(type: string, attribute: string): Map<string, Instance[]> {
    const key = `${type}.${attribute}`;
    const known = this.indexes.get(key);
    if (known) return known;
    const index = new Map<string, Instance[]>();
    for (const instance of this.ofType(type)) {
      const value = knownText(instance.arguments.values, attribute.split("."));
      if (value !== undefined) index.set(value, [...(index.get(value) ?? []), instance]);
    }
    this.indexes.set(key, index);
    return index;
  }
}

function knownText(value: Symbolic, path: readonly string[]): string | undefined {
  const found = path.reduce<Symbolic | undefined>((current, name) => {
    if (current === undefined) return undefined;
    if (isSymbolicList(current)) return current[Number(name)];
    return isSymbolicObject(current) ? member(current, name) : undefined;
  }, value);
  return typeof found === "string" ? found : undefined;
}
