import { Block } from "../arguments/block";
import { hasDataSource, isStandIn } from "../data-sources";
import { invalidConfiguration } from "../errors";
import {
  type Budget,
  entriesOf,
  ExpressionError,
  isSymbolicList,
  isSymbolicObject,
  isVariable,
  type Reference,
  referencesIn,
  referenceText,
  type ScopeFunction,
  type Symbolic,
  type SymbolicObject,
  Unknown,
  uniqueReferences,
} from "../language";
import { entryOf } from "../language/maps";
import { textAt } from "../language/members";
import { isObject, member, oneOrMany, type Value } from "../language/value";
import { resourceReaders } from "../resources";
import { CONTENT } from "../resources/bucket-object";
import { instanceSymbol } from "../resources/instance-symbol";
import { BlockEvaluation, type Place } from "./block-evaluation";
import { fileFunctions } from "./file-functions";
import type { Acknowledgement, Hidden, Instance, OutputInstance, Repetition } from "./inventory";
import type { Module } from "./module";
import { enabledOf, type Node } from "./node";
import { byKey, type InstanceKey, MAX_INSTANCES } from "./keyed";
import { hidden, type Untold } from "./untold";
import { variableValue } from "./variable";

/** What all instances of modules of one configuration share. */
export interface Shared {
  /** What all addresses begin with, such as `network/` for those of one of several stacks. */
  readonly start: string;
  /** The values that are given to the variables of the root module. */
  readonly given: ReadonlyMap<string, Value>;
  /** What the configuration does not show, by address. */
  readonly hidden: Map<string, Omit<Hidden, "address">>;
  /** What all of it may cost. */
  readonly budget: Budget;
  /** What stands for sensitive values; undefined where they stand for themselves, which is not for people to see. */
  readonly untold?: Untold;
  /** What a data source gave, where that is known before the deployment. */
  readonly data: (address: string) => SymbolicObject | undefined;
}

/** Of a variable or an output that is not told; ephemeral ones are in no plan either. */
function isSensitive({ body }: Node): boolean {
  return body["sensitive"] === true || body["ephemeral"] === true;
}

/** Those that read files, and `sensitive` where it counts. */
function functionsIn(folder: Module["folder"], untold: Untold | undefined): ReadonlyMap<string, ScopeFunction> {
  const ofFiles = fileFunctions(folder);
  return untold === undefined
    ? ofFiles
    : new Map([...ofFiles, ["sensitive", ([value = null]: readonly Symbolic[]) => untold.of(value)]]);
}

/** What schemas stand in; archives are nobody's to read. */
const TEXT_FILE = /\.(json|ya?ml|smithy)$/i;

interface Caller {
  readonly instance: ModuleInstance;
  readonly node: Node;
  /** `each` or `count` of this instance of the module. */
  readonly bound: SymbolicObject;
}

/** One of the instances that a block stands for. */
interface KeyedInstance {
  /** Such as `["eu"]`; empty without a key. */
  readonly suffix: string;
  readonly key?: InstanceKey;
  readonly bound: SymbolicObject;
}

/** The configuration of a provider, and its region where that is known. */
interface Provider {
  readonly address: string;
  readonly region?: string;
}

/** One instance of a module: the values of its blocks, each worked out when it is first asked for. */
export class ModuleInstance {
  private readonly values = new Map<string, Symbolic>();
  private readonly arguments = new Map<string, SymbolicObject>();
  private readonly keyedNodes = new Map<string, readonly KeyedInstance[]>();
  private readonly childInstances = new Map<string, readonly ModuleInstance[]>();
  private readonly functions: ReadonlyMap<string, ScopeFunction>;
  private readonly evaluation: BlockEvaluation;

  constructor(
    readonly module: Module,
    /** Such as `module.auth["eu"].`; empty for the root module. */
    readonly prefix: string,
    private readonly shared: Shared,
    private readonly caller?: Caller,
  ) {
    const { folder, path } = module;
    this.functions = functionsIn(folder, shared.untold);
    this.evaluation = new BlockEvaluation(
      { resolve: (address) => this.resolve(address), functions: this.functions, budget: shared.budget, prefix },
      { module: path, root: ".", cwd: folder?.absolutePath ?? "." },
    );
  }

  /** Works a block out; whatever it names has been worked out before, so that no chain exhausts the call stack. */
  prepare(node: Node): void {
    if (isInstantiated(node)) {
      this.keyed(node).forEach((keyed) => this.argumentsOf(node, keyed));
    } else if (node.keyword === "module") this.children(node);
    else if (node.keyword === "action") this.hideCommand(node);
    else if (node.keyword !== "provider") this.resolve(node.address);
  }

  /** https://registry.terraform.io/providers/hashicorp/local/latest/docs/actions/command */
  private hideCommand({ address, labels: [type] }: Node): void {
    if (type === "local_command") this.hide(address, "its command runs at the apply, and is not looked at");
  }

  /** The instances of a module that this one calls; none where it is not there. */
  children(node: Node): readonly ModuleInstance[] {
    return entryOf(this.childInstances, node.address, () => this.instancesOf(node));
  }

  private instancesOf(node: Node): readonly ModuleInstance[] {
    const [name = ""] = node.labels;
    const child = this.module.children.get(name);
    const missing = this.module.missing.get(name);
    if (missing !== undefined) this.hide(node.address, missing);
    if (child === undefined) return [];
    return this.keyed(node).map(({ suffix, bound }) => {
      const caller = { instance: this, node, bound };
      return new ModuleInstance(child, `${this.prefix}${node.address}${suffix}.`, this.shared, caller);
    });
  }

  instances(): Instance[] {
    return [...this.module.nodes.values()].filter(isInstantiated).flatMap((node) => {
      const provider = this.provider(providerKey(node));
      const hasOwnProvider = provider.address !== `${this.shared.start}provider.${providerName(node)}`;
      return this.keyed(node).map((keyed) => ({
        address: this.prefix + node.address + keyed.suffix,
        blockAddress: this.module.blockPrefix + node.address,
        type: typeInInventory(node),
        arguments: new Block(this.argumentsOf(node, keyed)),
        written: new Block(isObject(node.value) ? node.value : {}),
        provisioners: this.provisioners(node, keyed.bound),
        hasOwnProvider,
        providerRegion: hasOwnProvider ? provider.region : undefined,
        constructPath: textAt(node.body, "//", "metadata", "path"),
        position: node.position,
      }));
    });
  }

  outputs(): OutputInstance[] {
    return this.nodes(["output"]).map((node) => ({
      address: this.prefix + node.address,
      value: this.resolve(node.address),
      sensitive: node.body["sensitive"] === true,
      position: node.position,
    }));
  }

  /** What comments beside the blocks accept, for each instance. */
  ignores(): Acknowledgement[] {
    return this.nodes(["resource", "data", "output", "module"]).flatMap((node) =>
      (node.ignores ?? []).flatMap((ignore) =>
        this.keyed(node).map(({ suffix }) => ({ ...ignore, address: this.prefix + node.address + suffix })),
      ),
    );
  }

  /** The configuration of a provider under its name here, such as `aws` or `aws.us`. */
  provider(key: string): Provider {
    const address = `provider.${key}`;
    const own = this.module.nodes.get(address);
    if (own !== undefined) {
      const region = this.evaluation.valueOf(member(own.body, "region") ?? null, this.placeOf(own));
      return { address: this.prefix + address, region: typeof region === "string" ? region : undefined };
    }
    if (this.caller === undefined) return { address };
    const { instance, node } = this.caller;
    const passed = textAt(node.body, "providers", key)?.replace(/^\$\{|\}$/g, "");
    if (passed !== undefined) return instance.provider(passed);
    return key.includes(".") ? { address: this.prefix + address } : instance.provider(key);
  }

  private nodes(keywords: readonly string[]): Node[] {
    return [...this.module.nodes.values()].filter(({ keyword }) => keywords.includes(keyword));
  }

  private hide(address: string, reason: string, repetition?: Repetition): void {
    this.shared.hidden.set(this.prefix + address, { reason, repetition });
  }

  private placeOf({ address }: Node, bound: SymbolicObject = {}): Place {
    return { address: this.prefix + address, bound };
  }

  private provisioners(node: Node, bound: SymbolicObject): Block[] {
    const given = oneOrMany(member(node.body, "provisioner"));
    return given.filter(isObject).flatMap((provisioner) =>
      Object.values(provisioner)
        .flatMap(oneOrMany)
        .filter(isObject)
        .map((settings) => this.evaluation.valueOf(settings, this.placeOf(node, bound)))
        .filter(isSymbolicObject)
        .map((settings) => new Block(settings)),
    );
  }

  private resolve(address: string): Symbolic {
    return entryOf(this.values, address, () => {
      const node = this.module.nodes.get(address);
      return node === undefined ? this.unknown(address) : this.valueOf(node);
    });
  }

  private unknown(address: string): Unknown {
    return Unknown.of({ address: this.prefix + address, attribute: "" });
  }

  private valueOf(node: Node): Symbolic {
    switch (node.keyword) {
      case "variable":
        return this.variable(node);
      case "locals":
      case "output":
        return this.evaluation.valueOf(node.value, this.placeOf(node));
      case "module":
        return this.moduleValue(node);
      case "resource":
      case "data":
      case "ephemeral":
        return this.blockValue(node, node.labels[0] ?? "");
      default:
        return this.unknown(node.address);
    }
  }

  private variable(node: Node): Symbolic {
    const given = this.givenValue(node.labels[0] ?? "");
    if (given === undefined && !Object.hasOwn(node.body, "default")) return this.missingVariable(node);
    const value = variableValue(node, given, node.body["default"] ?? null);
    if (!isSensitive(node) || this.shared.untold === undefined) return value;
    return hidden(value, () => this.unknown(node.address));
  }

  private missingVariable(node: Node): Unknown {
    if (this.caller !== undefined) {
      const { instance, node: call } = this.caller;
      throw invalidConfiguration(instance.prefix + call.address, `it gives no value to ${node.address}`);
    }
    this.hide(node.address, "nothing gives it a value");
    return this.unknown(node.address);
  }

  private givenValue(name: string): Symbolic | undefined {
    if (this.caller === undefined) return this.shared.given.get(name);
    const { instance, node, bound } = this.caller;
    const argument = isObject(node.value) ? member(node.value, name) : undefined;
    return argument === undefined ? undefined : instance.evaluation.valueOf(argument, instance.placeOf(node, bound));
  }

  private moduleValue(node: Node): Symbolic {
    const keyed = this.keyed(node);
    const children = this.children(node);
    if (children.length === 0 && this.module.missing.has(node.labels[0] ?? "")) return this.unknown(node.address);
    return ofInstances(
      node,
      keyed.map(({ key }, index) => [key, children[index]?.outputValues() ?? null]),
    );
  }

  /** A module as a whole, whose outputs are looked up one by one: one may be the argument of another module of this one. */
  private outputValues(): Unknown {
    const outputs = this.nodes(["output"]).map(({ labels: [name = ""] }) => name);
    return new Unknown({
      references: () => uniqueReferences(outputs.flatMap((name) => referencesIn(this.resolve(`output.${name}`)))),
      member: (name) => (outputs.includes(name) ? this.outputValue(name) : undefined),
      again: (settle) => settle(Object.fromEntries(outputs.map((name) => [name, this.outputValue(name)]))),
    });
  }

  private outputValue(name: string): Symbolic {
    const value = this.resolve(`output.${name}`);
    const node = this.module.nodes.get(`output.${name}`);
    return node !== undefined && isSensitive(node) ? (this.shared.untold?.of(value) ?? value) : value;
  }

  private blockValue(node: Node, type: string): Symbolic {
    const { region } = this.provider(providerKey(node));
    return ofInstances(
      node,
      this.keyed(node).map((each) => {
        const address = this.prefix + node.address + each.suffix;
        const given = node.keyword === "data" || isStandIn(type) ? this.shared.data(address) : undefined;
        const values = (): SymbolicObject =>
          node.keyword === "data" && given !== undefined ? given : { ...this.argumentsOf(node, each), ...given };
        const symbol = instanceSymbol(address, type, values, region);
        const isRegion = given === undefined && node.keyword === "data" && type === "aws_region";
        return [each.key, isRegion ? regionValue(region, symbol) : symbol];
      }),
    );
  }

  private argumentsOf(node: Node, { suffix, bound }: KeyedInstance): SymbolicObject {
    return entryOf(this.arguments, node.address + suffix, () => {
      const value = this.evaluation.valueOf(node.value, this.placeOf(node, bound));
      return isSymbolicObject(value) ? this.withContent(node, value) : {};
    });
  }

  /** An object in S3 has the text of the file that is its source. */
  private withContent({ labels: [type] }: Node, values: SymbolicObject): SymbolicObject {
    const { source } = values;
    if (type !== resourceReaders.bucketObject.type || typeof source !== "string" || !TEXT_FILE.test(source)) {
      return values;
    }
    try {
      return { ...values, [CONTENT]: this.functions.get("file")?.([source], () => null) ?? null };
    } catch (error) {
      if (error instanceof ExpressionError) return values;
      throw error;
    }
  }

  /** The instances of a block; one without a known number or keys stands for all of its instances. */
  private keyed(node: Node): readonly KeyedInstance[] {
    return entryOf(this.keyedNodes, node.address, () => this.repeated(node));
  }

  private repeated(node: Node): readonly KeyedInstance[] {
    const forEach = this.repetition(node, member(node.body, "for_each"));
    const count = this.repetition(node, member(node.body, "count"));
    const enabled = this.repetition(node, enabledOf(node));
    if (enabled === false) return [];
    if (forEach === undefined && count === undefined && !(enabled instanceof Unknown)) {
      return [{ suffix: "", bound: {} }];
    }
    const elements = forEach === undefined ? undefined : setOrMap(forEach);
    if (elements !== undefined) {
      return elements.map(([key, value]) => ({
        suffix: `[${JSON.stringify(key)}]`,
        key,
        bound: { each: { key, value } },
      }));
    }
    if (forEach === undefined && count !== undefined && !(count instanceof Unknown)) {
      const length = Number(count) || 0;
      if (length > MAX_INSTANCES) {
        throw invalidConfiguration(this.prefix + node.address, `its count is more than ${MAX_INSTANCES}`);
      }
      return Array.from({ length }, (_, index) => ({ suffix: `[${index}]`, key: index, bound: { count: { index } } }));
    }
    const argument = forEach !== undefined ? "for_each" : count !== undefined ? "count" : "enabled";
    const repeated = forEach ?? count ?? enabled ?? null;
    const madeOf = referencesIn(repeated);
    const failure = repeated instanceof Unknown ? repeated.failure : undefined;
    const reason = `its ${argument} ${whyOpen(madeOf, failure)}, so it stands for all of its instances`;
    this.hide(node.address, reason, { argument, madeOf, failure });
    return [{ suffix: "", bound: {} }];
  }

  private repetition(node: Node, value: Value | undefined): Symbolic | undefined {
    return value === undefined || value === null ? undefined : this.evaluation.valueOf(value, this.placeOf(node));
  }
}

function isInstantiated({ keyword }: Node): boolean {
  return keyword === "resource" || keyword === "data" || keyword === "ephemeral";
}

/** What is ephemeral answers as the data source of its type does, where there is one, or else as the resource. */
function typeInInventory({ keyword, labels: [type = ""] }: Node): string {
  const dataSource = `data.${type}`;
  return keyword === "data" || (keyword === "ephemeral" && hasDataSource(dataSource)) ? dataSource : type;
}

/** The name that a resource's type begins with, which is its provider's. */
function providerName({ labels }: Node): string {
  return (labels[0] ?? "").split("_", 1)[0] ?? "";
}

function providerKey(node: Node): string {
  return textAt(node.body, "provider")?.replace(/^\$\{|\}$/g, "") ?? providerName(node);
}

/** `name` is the spelling of provider 5, `region` of provider 6. */
function regionValue(region: string | undefined, symbol: Unknown): Symbolic {
  return region === undefined ? symbol : { id: region, name: region, region };
}

/** The keys and values of a map, or the texts of a set; undefined where the keys are not known. */
function setOrMap(value: Symbolic): (readonly [string, Symbolic])[] | undefined {
  if (isSymbolicObject(value)) return entriesOf(value);
  if (!isSymbolicList(value)) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  return texts.length === value.length ? texts.map((text) => [text, text]) : undefined;
}

function whyOpen(madeOf: readonly Reference[], failure: Error | undefined): string {
  if (failure !== undefined) return `has no value (${failure.message.replace(/\.$/, "")})`;
  if (madeOf.length === 0) return "is known only at apply";
  const areVariables = madeOf.every(({ address }) => isVariable(address));
  const fact = areVariables ? "has no value that is shown" : "is known only at apply";
  return `is made of ${madeOf.map(referenceText).join(", ")}, which ${fact}`;
}

function ofInstances({ body }: Node, values: Parameters<typeof byKey>[0]): Symbolic {
  const forEach = member(body, "for_each") ?? null;
  const isRepeated = forEach !== null || (member(body, "count") ?? null) !== null;
  const all = byKey(values) ?? (forEach !== null ? {} : isRepeated ? [] : null);
  return isRepeated && all instanceof Unknown ? anyInstance(all) : all;
}

/** Whatever the key, an instance is the one that stands for all. */
function anyInstance(all: Unknown): Unknown {
  const { parts, again } = all;
  return new Unknown({ references: () => all.references, parts, member: () => all, again });
}
