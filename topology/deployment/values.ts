import { Arguments, type SettleArgument } from "../arguments/arguments";
import { referenceInAws } from "../cloud-control";
import { type DeploymentEnvironment, hasDataSource, isStandIn, readDataSource } from "../data-sources";
import {
  expressionFailed,
  madeUpFailure,
  notCreated,
  TopologyError,
  unanswered,
  unsupportedAttribute,
} from "../errors";
import {
  ExpressionError,
  isKnown,
  type Part,
  type Reference,
  referencesIn,
  referenceText,
  type Symbolic,
  Unknown,
  withItems,
} from "../language";
import { callFunction } from "../language/functions";
import { isList, isObject, member, primitiveText, type Value, type ValueObject } from "../language/value";
import type { Instance, OutputInstance } from "../modules/inventory";
import { type DeploymentValues, type OutputValue, availableValue } from "./deployment";
import type { KnownSystem } from "./known-system";
import type { Reading } from "./reading";

/** An output as it was read; undefined where it is left out. */
export interface ReadOutput extends Omit<OutputInstance, "value"> {
  readonly value: Symbolic | undefined;
}

/** Values in which each reference to a created resource gets the value that its service assigned. */
export class AssignedValues implements DeploymentValues {
  private readonly assigned = new Map<string, ValueObject>();
  private readonly settled = new Map<Unknown, Value>();

  constructor(
    private readonly system: KnownSystem,
    private readonly reading: Reading,
    private readonly readOutputs: readonly ReadOutput[],
    private readonly environment: DeploymentEnvironment,
    /** Whether arguments that are not supported count as left out. */
    private readonly skipsUnsupported: boolean,
  ) {}

  argumentsOf(address: string): Arguments {
    const instance = this.system.instance(address);
    if (instance === undefined) throw notCreated(address, address);
    return this.instanceArguments(instance);
  }

  providerRegion(address: string): string | undefined {
    return this.system.instance(address)?.providerRegion;
  }

  assign(address: string, attributes: ValueObject): void {
    this.assigned.set(address, attributes);
  }

  outputs(): Record<string, OutputValue> {
    return Object.fromEntries(
      this.readOutputs.flatMap(({ address, value, sensitive }) => {
        if (value === undefined) return [];
        return [
          [address.slice("output.".length), { ...availableValue(() => this.valueOf(value, address)), sensitive }],
        ];
      }),
    );
  }

  private instanceArguments(instance: Instance): Arguments {
    const settle: SettleArgument = (shown, argument) => {
      const whole = this.reading.read(instance, argument, shown);
      return whole === undefined ? undefined : this.valueOf(whole, instance.address);
    };
    // It was said when the source was read.
    const leaveOut = this.skipsUnsupported ? () => undefined : undefined;
    return new Arguments(instance.address, instance.arguments.values, settle, "", leaveOut);
  }

  private valueOf(whole: Symbolic, user: string): Value {
    try {
      const value = this.settle(whole instanceof Unknown && whole.isWhole ? this.everyAttribute(whole) : whole, user);
      if (isKnown(value)) return value;
    } catch (error) {
      const failure =
        error instanceof ExpressionError ? expressionFailed(user, error.code, error.source, error.message) : error;
      throw failure instanceof TopologyError && failure.code === "EXPRESSION_FAILED"
        ? this.advise(failure, whole)
        : failure;
    }
    throw expressionFailed(
      user,
      "EXPRESSION_FAILED",
      undefined,
      "needs a block as a whole, of which one attribute at a time is known",
    );
  }

  /** A made-up text may be none that an expression takes, as for `jsondecode`. */
  private advise(failure: TopologyError, whole: Symbolic): TopologyError {
    const standIn = referencesIn(whole).find(({ address }) => isStandIn(this.system.instance(address)?.type ?? ""));
    return standIn === undefined ? failure : madeUpFailure(failure, standIn.address, standIn.attribute);
  }

  /** What is known by now in the place of what was unknown; a whole block stays, since each of its attributes is asked for. */
  private settle(value: Symbolic, user: string): Symbolic {
    if (isKnown(value)) return value;
    if (value instanceof Unknown) return value.isWhole ? value : this.settleUnknown(value, user);
    return withItems(value, (item) => this.settle(item, user));
  }

  private settleUnknown(unknown: Unknown, user: string): Symbolic {
    const known = this.settled.get(unknown);
    if (known !== undefined) return known;
    if (unknown.failure !== undefined) throw unknown.failure;
    const value = unknown.again?.((part) => this.settle(part, user)) ?? this.joined(unknown.parts, user);
    if (isKnown(value)) this.settled.set(unknown, value);
    return value;
  }

  private everyAttribute({ references }: Unknown): Symbolic {
    const [reference = { address: "", attribute: "" }] = references;
    const { address } = reference;
    const names = Object.keys(this.system.instance(address)?.arguments.values ?? {});
    const attributes = [...names, ...Object.keys(this.attributesOf(address, address) ?? {})];
    return Object.fromEntries([...new Set(attributes)].map((name) => [name, Unknown.of({ address, attribute: name })]));
  }

  private joined(parts: readonly Part[] | undefined, user: string): Value {
    if (parts === undefined) {
      throw expressionFailed(user, "EXPRESSION_FAILED", undefined, "needs a value that is not shown");
    }
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
    const { address, attribute } = referenceInAws(reference);
    const instance = this.system.instance(address);
    const attributes = this.attributesOf(address, user);
    if (instance === undefined || attributes === undefined) throw notCreated(user, address);
    const steps = attribute.split(/[.[\]]+/).filter((step) => step !== "");
    const isData = instance.type.startsWith("data.");
    const assigned = valueAt(attributes, steps);
    const isGiven = !isData && (assigned === undefined || hasDataSource(instance.type));
    const found = (isGiven ? this.argumentAt(instance, steps) : undefined) ?? assigned;
    if (found !== undefined) return found;
    throw isData || isStandIn(instance.type)
      ? unanswered(user, address, attribute)
      : unsupportedAttribute(user, referenceText(reference));
  }

  private attributesOf(address: string, user: string): ValueObject | undefined {
    const instance = this.system.instance(address);
    if (instance === undefined) throw notCreated(user, address);
    if (!hasDataSource(instance.type)) return this.assigned.get(address);
    return readDataSource(instance.type, this.instanceArguments(instance), this.environment);
  }

  private argumentAt(instance: Instance, [name = "", ...steps]: readonly string[]): Value | undefined {
    const value = this.instanceArguments(instance).value(name);
    return value === undefined ? undefined : valueAt(value, steps);
  }
}

function valueAt(value: Value, steps: readonly string[]): Value | undefined {
  return steps.reduce<Value | undefined>((current, step) => {
    if (current === undefined) return undefined;
    if (isList(current)) return current[Number(step)];
    return isObject(current) ? member(current, step) : undefined;
  }, value);
}
