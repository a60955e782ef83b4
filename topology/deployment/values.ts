import { type DeploymentEnvironment, readDataSource } from "../data-sources";
import { type DeploymentValues, type OutputValue, unlessNotCreated } from "./deployment";
import { notCreated, unsupportedAttribute } from "../errors";
import { callFunction } from "../language/functions";
import type { Instance } from "../modules/inventory";
import { Arguments } from "../resources";
import {
  isSymbolicList,
  isSymbolicObject,
  type Part,
  type Reference,
  referenceText,
  type Symbolic,
  Unknown,
} from "../language";
import { isList, isObject, member, primitiveText, type Value, type ValueObject } from "../language/value";
import type { PlanOutput } from "./outputs";
import type { PlanReading } from "./hidden/reading";
import type { PlannedSystem } from "./known-system";

/** The values of a plan, in which each reference to a created resource gets the value that its service assigned. */
export class PlanValues implements DeploymentValues {
  private readonly assigned = new Map<string, ValueObject>();

  constructor(
    private readonly system: PlannedSystem,
    private readonly reading: PlanReading,
    private readonly planOutputs: readonly PlanOutput[],
    private readonly environment: DeploymentEnvironment,
  ) {}

  argumentsOf(address: string): Arguments {
    const instance = this.system.instance(address);
    if (instance === undefined) throw notCreated(address, address);
    return this.instanceArguments(instance);
  }

  /** A plan shows the region of each resource among its arguments. */
  providerRegion(): undefined {
    return undefined;
  }

  assign(address: string, attributes: ValueObject): void {
    this.assigned.set(address, attributes);
  }

  outputs(): Record<string, OutputValue> {
    return Object.fromEntries(
      this.planOutputs.flatMap(({ address, value, sensitive }) => {
        if (value === undefined) return [];
        return [
          [address.slice("output.".length), { value: unlessNotCreated(() => this.valueOf(value, address)), sensitive }],
        ];
      }),
    );
  }

  private instanceArguments(instance: Instance): Arguments {
    return new Arguments(instance.address, instance.arguments.values, (shown, argument) => {
      const whole = this.reading.read(instance, argument, shown);
      return whole === undefined ? undefined : this.valueOf(whole, instance.address);
    });
  }

  private valueOf(whole: Symbolic, user: string): Value {
    if (whole instanceof Unknown) return this.joined(whole.parts ?? [], user);
    if (isSymbolicList(whole)) return whole.flatMap((item) => this.valueOf(item, user));
    if (!isSymbolicObject(whole)) return whole;
    return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, this.valueOf(value, user)]));
  }

  private joined(parts: readonly Part[], user: string): Value {
    const [only, ...others] = parts.map((part) => this.partValue(part, user));
    if (only !== undefined && others.length === 0) return only;
    return [only ?? "", ...others].map((part) => primitiveText(part) ?? "").join("");
  }

  private partValue(part: Part, user: string): Value {
    if (typeof part === "string") return part;
    const value = this.follow(part.reference, user);
    return part.encoded ? callFunction("urlencode", [value]) : value;
  }

  private follow(reference: Reference, user: string): Value {
    const { address, attribute } = reference;
    const instance = this.system.instance(address);
    if (instance === undefined) throw notCreated(user, address);
    const isData = instance.type.startsWith("data.");
    const attributes = isData ? this.dataAttributes(instance) : this.assigned.get(address);
    if (attributes === undefined) throw notCreated(user, address);
    const steps = attribute.split(/[.[\]]+/).filter((step) => step !== "");
    const found = valueAt(attributes, steps) ?? (isData ? undefined : this.argumentAt(instance, steps));
    if (found === undefined) throw unsupportedAttribute(user, referenceText(reference));
    return found;
  }

  private argumentAt(instance: Instance, [name = "", ...steps]: readonly string[]): Value | undefined {
    const value = this.instanceArguments(instance).value(name);
    return value === undefined ? undefined : valueAt(value, steps);
  }

  private dataAttributes(instance: Instance): ValueObject {
    return readDataSource(instance.type.slice("data.".length), this.instanceArguments(instance), this.environment);
  }
}

function valueAt(value: Value, steps: readonly string[]): Value | undefined {
  return steps.reduce<Value | undefined>((current, step) => {
    if (current === undefined) return undefined;
    if (isList(current)) return current[Number(step)];
    return isObject(current) ? member(current, step) : undefined;
  }, value);
}
