import { instanceSymbol } from "../../resources/instance-symbol";
import {
  isSymbolicObject,
  referencesIn,
  type Symbolic,
  type SymbolicObject,
  uniqueReferences,
  Unknown,
} from "../../language";
import { entryOf } from "../../language/maps";
import { member, type Value, type ValueObject } from "../../language/value";
import { expressionValue, repeatedOver, type Surroundings } from "./expressions";
import { mergeBlock } from "./merge";
import { objectAt, objectsAt, textAt } from "../../language/members";
import { byKey, type InstanceKey } from "../../modules/keyed";
import { blockId, type PlannedInstance, type PlannedModule } from "./planned-modules";

/** What a plan knows beside its modules. */
export interface PlanFacts {
  /** `after_unknown` of each changed instance by its address. */
  readonly unknown: ReadonlyMap<string, Value>;
  /** `after_sensitive` of each changed instance by its address. */
  readonly sensitive: ReadonlyMap<string, Value>;
  readonly variables: ValueObject;
  /** What data sources answer in the place of what the plan says. */
  readonly answers: ReadonlyMap<string, ValueObject>;
  readonly region?: string;
  /** How many instances are being worked out, each for the one before it. */
  readonly chain: { length: number };
}

/** A longer chain of references is not followed; it would exhaust the call stack. */
const MAX_CHAIN = 100;

/** The values that the expressions of one module instance may refer to. */
export class ModuleScope {
  private readonly values = new Map<string, Symbolic>();
  private readonly outputs = new Map<string, Symbolic>();
  private readonly arguments = new Map<string, SymbolicObject>();
  /** What blocks are repeated over, by their configuration. */
  private readonly collections = new Map<ValueObject, Symbolic>();
  private readonly resources: ReadonlyMap<string, ValueObject>;
  /** Outside of instances. */
  private readonly ownSurroundings: Surroundings = { resolve: (address) => this.resolve(address), bound: {} };

  constructor(
    readonly module: PlannedModule,
    private readonly facts: PlanFacts,
    private readonly scopeOf: (module: PlannedModule) => ModuleScope,
  ) {
    const resources = objectsAt(module.configuration, "resources");
    this.resources = new Map(resources.map((resource) => [blockId(resource), resource]));
  }

  /** The configuration of a resource block, by `type.name`. */
  configurationOf(id: string): ValueObject {
    return this.resources.get(id) ?? {};
  }

  /** The arguments of an instance with what is unknown in place. */
  argumentsOf(id: string, instance: PlannedInstance): SymbolicObject {
    const answer = this.facts.answers.get(instance.address);
    const known = id.startsWith("data.")
      ? (answer ?? this.arguments.get(instance.address))
      : this.arguments.get(instance.address);
    if (known) return known;
    if (this.facts.chain.length >= MAX_CHAIN) return {};
    this.facts.chain.length++;
    const expressions = objectAt(this.configurationOf(id), "expressions");
    const unknown = instance.unknown ?? this.facts.unknown.get(instance.address);
    const merged = mergeBlock(instance.values, unknown, expressions, this.surroundings(id, instance.key));
    const values = { ...merged, ...answer };
    this.facts.chain.length--;
    this.arguments.set(instance.address, values);
    return values;
  }

  /** What is sensitive in an instance, known or not. */
  sensitiveAfter(address: string): Value {
    return this.facts.sensitive.get(address) ?? {};
  }

  surroundings(id: string, key: InstanceKey | undefined): Surroundings {
    return this.surroundingsOf(this.configurationOf(id), key);
  }

  private surroundingsOf(configuration: ValueObject, key: InstanceKey | undefined): Surroundings {
    const { resolve } = this.ownSurroundings;
    return key === undefined ? this.ownSurroundings : { resolve, bound: this.bound(configuration, key) };
  }

  resolve(address: string): Symbolic {
    const known = this.values.get(address);
    if (known !== undefined) return known;
    // A circle, which Terraform has not: whoever asks meanwhile learns nothing.
    this.values.set(address, this.unfollowed(address));
    const value = this.find(address);
    this.values.set(address, value);
    return value;
  }

  /** The value of an output of this module. */
  output(name: string): Symbolic {
    return entryOf(this.outputs, name, () =>
      expressionValue(objectAt(this.module.configuration, "outputs", name, "expression"), this.ownSurroundings),
    );
  }

  private find(address: string): Symbolic {
    const [root = "", name = ""] = address.split(".");
    if (root === "var") return this.variable(name);
    if (root === "module") return this.childModules(name) ?? this.unfollowed(address);
    if (root === "local") return this.unfollowed(address);
    return this.instances(address) ?? this.unfollowed(address);
  }

  private unfollowed(address: string): Unknown {
    return Unknown.of({ address: this.module.prefix + address, attribute: "" });
  }

  private variable(name: string): Symbolic {
    const { parent, configuration } = this.module;
    const fallback = member(objectAt(configuration, "variables", name), "default");
    if (parent === undefined) {
      return member(objectAt(this.facts.variables, name), "value") ?? fallback ?? this.unfollowed(`var.${name}`);
    }
    const expression = objectAt(parent.call, "expressions", name);
    const isGiven = member(objectAt(parent.call, "expressions"), name) !== undefined;
    if (!isGiven) return fallback ?? this.unfollowed(`var.${name}`);
    return expressionValue(expression, this.scopeOf(parent.module).surroundingsOf(parent.call, parent.key));
  }

  private childModules(name: string): Symbolic | undefined {
    const children = [...(this.module.children.get(name)?.values() ?? [])];
    return byKey(children.map((child) => [child.parent?.key, this.moduleSymbol(child)]));
  }

  /** A module as a whole, which a plan names where it does not tell the output, is made of all of its outputs. */
  private moduleSymbol(child: PlannedModule): Unknown {
    const scope = this.scopeOf(child);
    const outputs = Object.keys(objectAt(child.configuration, "outputs"));
    return new Unknown({
      references: () => uniqueReferences(outputs.flatMap((output) => referencesIn(scope.output(output)))),
      mentioned: () => [{ address: child.prefix.slice(0, -1), attribute: "" }],
      member: (output) => scope.output(output),
    });
  }

  private instances(id: string): Symbolic | undefined {
    const instances = [...(this.module.instances.get(id)?.values() ?? [])];
    return byKey(
      instances.map((instance) => {
        const values = (): SymbolicObject => this.argumentsOf(id, instance);
        const region = textAt(instance.values, "region") ?? this.facts.region;
        return [instance.key, instanceSymbol(instance.address, instance.type, values, region)];
      }),
    );
  }

  /** `each` or `count` inside an instance with this key. */
  private bound(configuration: ValueObject, key: InstanceKey): SymbolicObject {
    if (typeof key === "number") return { count: { index: key } };
    const all = entryOf(this.collections, configuration, () =>
      repeatedOver(objectAt(configuration, "for_each_expression"), this.ownSurroundings),
    );
    const value = isSymbolicObject(all) && Object.hasOwn(all, key) ? all[key] : undefined;
    return { each: { key, value: value ?? new Unknown({ references: [] }) } };
  }
}
