import type { Instance, Inventory } from "../modules/inventory";
import { entryOf, grouped } from "../language/maps";
import { stackOf, type Symbolic, Unknown } from "../language";
import { member } from "../language/value";

/** Finds the resource that a value names, by reference or by an identifier that is known already. */
export class Links {
  private readonly byAddress: ReadonlyMap<string, Instance>;
  private readonly byType: ReadonlyMap<string, readonly Instance[]>;
  private readonly indexes = new Map<string, ReadonlyMap<string | undefined, readonly Instance[]>>();

  constructor(private readonly inventory: Inventory) {
    const { instances } = inventory;
    this.byAddress = new Map(instances.map((instance) => [instance.address, instance]));
    this.byType = grouped(instances, ({ type }) => type);
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
   * @param naming - what names it, where several may have the same name, as in stacks and accounts of their own
   */
  find(
    value: Symbolic | undefined,
    type: string,
    attributes: readonly string[],
    naming?: Instance,
  ): readonly Instance[] {
    if (typeof value === "string") {
      const named = attributes.flatMap((attribute) => this.index(type, attribute).get(value) ?? []);
      return (naming === undefined ? named : this.nearestFirst(named, naming)).slice(0, 1);
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
    naming?: Instance,
  ): readonly T[] {
    return this.find(value, type, attributes, naming).flatMap(({ address }) => {
      const entity = entities.get(address);
      return entity === undefined ? [] : [entity];
    });
  }

  /** Those first that the naming block refers to, and then those of its stack. */
  private nearestFirst(named: readonly Instance[], { blockAddress }: Instance): readonly Instance[] {
    if (named.length < 2) return named;
    const nearness = (each: Instance): number =>
      (this.inventory.dependents(each.blockAddress).has(blockAddress) ? 2 : 0) +
      (stackOf(each.blockAddress) === stackOf(blockAddress) ? 1 : 0);
    return [...named].sort((left, right) => nearness(right) - nearness(left));
  }

  private index(type: string, attribute: string): ReadonlyMap<string | undefined, readonly Instance[]> {
    const textOf = ({ arguments: { values } }: Instance): string | undefined => {
      const value = member(values, attribute);
      return typeof value === "string" ? value : undefined;
    };
    return entryOf(this.indexes, `${type}.${attribute}`, () => grouped(this.ofType(type), textOf));
  }
}
