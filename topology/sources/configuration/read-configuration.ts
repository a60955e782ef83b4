import { type Configuration, type Node, readConfiguration } from "./nodes";
import { Dependents } from "../../modules/dependents";
import { dynamicBlocks } from "./dynamic-blocks";
import { compile, ExpressionError } from "../../language";
import type { Acknowledgement, Instance, Inventory, OutputInstance } from "../../modules/inventory";
import { objectAt, textAt } from "../../language/members";
import type { Source } from "./folder";
import { Block } from "../../arguments/block";
import {
  evaluateSymbolically,
  isSymbolicList,
  isSymbolicObject,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "../../language";
import { instanceSymbol } from "../../resources/instance-symbol";
import { isList, isObject, member, type Value, type ValueObject } from "../../language/value";
import type { Environment } from "./given-values";
import { METADATA_KEY, readAcknowledgements } from "./acknowledgements";

/**
 * What a configuration in Terraform's JSON syntax declares, without deploying it.
 * @throws TopologyError when it is no valid configuration.
 */
export function configurationInventory(source: Source, environment: Environment): Inventory {
  const configuration = readConfiguration(source, environment);
  const reading = new ConfigurationReading(configuration);
  const dependents = new Dependents();
  for (const node of configuration.nodes.values()) {
    for (const dependency of node.dependencies) dependents.add(node.address, dependency);
  }
  return {
    instances: reading.instances(),
    outputs: reading.outputs(),
    region: reading.region,
    hidden: reading.hidden(),
    acknowledgements: [
      ...source.files.flatMap((file) => readAcknowledgements(objectAt(file.content, "//", METADATA_KEY))),
      ...reading.ignores(),
    ],
    dependents: (blockAddress) => dependents.of(blockAddress),
  };
}

interface KeyedInstance {
  readonly suffix: string;
  readonly key?: string | number;
  readonly bound: SymbolicObject;
}

/** The values of a configuration's blocks, each worked out when it is first asked for. */
class ConfigurationReading {
  readonly region?: string;
  private readonly values = new Map<string, Symbolic>();
  private readonly arguments = new Map<string, SymbolicObject>();

  constructor(private readonly configuration: Configuration) {
    const provider = configuration.nodes.get("provider.aws");
    const region = provider === undefined ? undefined : this.symbolic(provider.body["region"] ?? null, {});
    this.region = typeof region === "string" ? region : undefined;
    this.prepare();
  }

  /** Works out dependencies first, so that a long chain of references does not exhaust the call stack. */
  private prepare(): void {
    for (const address of this.configuration.order) {
      const node = this.configuration.nodes.get(address);
      if (node?.keyword === "locals") this.resolve(address);
      else if (node?.keyword === "resource" || node?.keyword === "data")
        this.keyed(node).forEach((keyed) => this.argumentsOf(node, keyed));
    }
  }

  instances(): Instance[] {
    return this.nodes(["resource", "data"]).flatMap((node) =>
      this.keyed(node).map((keyed) => ({
        address: node.address + keyed.suffix,
        blockAddress: node.address,
        type: node.keyword === "data" ? `data.${node.labels[0] ?? ""}` : (node.labels[0] ?? ""),
        arguments: new Block(this.argumentsOf(node, keyed)),
        written: new Block(isObject(node.value) ? node.value : {}),
        provisioners: this.provisioners(node, keyed.bound),
        hasOwnProvider: textAt(node.body, "provider")?.includes(".") === true,
        constructPath: textAt(node.body, "//", "metadata", "path"),
        position: node.position,
      })),
    );
  }

  outputs(): OutputInstance[] {
    return this.nodes(["output"]).map((node) => ({
      address: node.address,
      value: this.symbolic(node.value, {}),
      sensitive: node.body["sensitive"] === true,
      position: node.position,
    }));
  }

  /** What comments beside the blocks accept, for each instance. */
  ignores(): Acknowledgement[] {
    return this.nodes(["resource", "data", "output", "module"]).flatMap((node) =>
      (node.ignores ?? []).flatMap((ignore) =>
        this.keyed(node).map(({ suffix }) => ({ ...ignore, address: node.address + suffix })),
      ),
    );
  }

  /** A module's inside is not part of the configuration. */
  hidden(): { address: string; reason: string }[] {
    return this.nodes(["module"]).map(({ address }) => ({
      address,
      reason: "a configuration does not show what is inside a module; give a plan of it, from terraform show -json",
    }));
  }

  private nodes(keywords: readonly string[]): Node[] {
    return [...this.configuration.nodes.values()].filter(({ keyword }) => keywords.includes(keyword));
  }

  private provisioners({ body }: Node, bound: SymbolicObject): Block[] {
    const given = member(body, "provisioner");
    const list = given === undefined ? [] : isList(given) ? given : [given];
    return list.filter(isObject).flatMap((provisioner) =>
      Object.values(provisioner)
        .flatMap((settings) => (isList(settings) ? settings : [settings]))
        .filter(isObject)
        .map((settings) => this.symbolic(settings, bound))
        .filter(isSymbolicObject)
        .map((settings) => new Block(settings)),
    );
  }

  private resolve(address: string): Symbolic {
    const known = this.values.get(address);
    if (known !== undefined) return known;
    const node = this.configuration.nodes.get(address);
    const value = node === undefined ? Unknown.of({ address, attribute: "" }) : this.valueOf(node);
    this.values.set(address, value);
    return value;
  }

  private valueOf(node: Node): Symbolic {
    const [type = ""] = node.labels;
    switch (node.keyword) {
      case "variable":
        // What it stands for is not for people to see.
        if (node.body["sensitive"] === true) return Unknown.of({ address: node.address, attribute: "" });
        return (
          this.configuration.variableValues.get(type) ??
          member(node.body, "default") ??
          Unknown.of({ address: node.address, attribute: "" })
        );
      case "locals":
        return this.symbolic(node.value, {});
      case "resource":
      case "data":
        return this.instancesOf(node, type);
      default:
        return Unknown.of({ address: node.address, attribute: "" });
    }
  }

  private instancesOf(node: Node, type: string): Symbolic {
    const keyed = this.keyed(node);
    const symbols = keyed.map((each) => {
      const symbol = instanceSymbol(node.address + each.suffix, type, () => this.argumentsOf(node, each), this.region);
      return node.keyword === "data" ? this.dataSymbol(type, symbol) : symbol;
    });
    if (keyed.every(({ key }) => typeof key === "string"))
      return Object.fromEntries(keyed.map(({ key }, index) => [String(key), symbols[index] ?? null]));
    return keyed.every(({ key }) => key === undefined) ? (symbols[0] ?? null) : symbols;
  }

  /** `name` is the spelling of provider 5, `region` of provider 6. */
  private dataSymbol(type: string, symbol: Unknown): Symbolic {
    if (type !== "aws_region" || this.region === undefined) return symbol;
    return { id: this.region, name: this.region, region: this.region };
  }

  private argumentsOf(node: Node, { suffix, bound }: KeyedInstance): SymbolicObject {
    const address = node.address + suffix;
    const known = this.arguments.get(address);
    if (known) return known;
    const value = this.symbolic(node.value, bound);
    const values = isSymbolicObject(value) ? value : {};
    this.arguments.set(address, values);
    return values;
  }

  /** The instances of a block; one without a known number or keys stands for all of its instances. */
  private keyed({ body }: Node): KeyedInstance[] {
    const forEach = this.repetition(body, "for_each");
    if (forEach !== undefined && isSymbolicObject(forEach)) {
      return Object.entries(forEach).map(([key, value]) => ({
        suffix: `[${JSON.stringify(key)}]`,
        key,
        bound: { each: { key, value } },
      }));
    }
    if (forEach !== undefined && isSymbolicList(forEach)) {
      return forEach
        .filter((key) => typeof key === "string")
        .map((key) => ({ suffix: `[${JSON.stringify(key)}]`, key, bound: { each: { key, value: key } } }));
    }
    const count = this.repetition(body, "count");
    if (count === undefined || count instanceof Unknown || forEach instanceof Unknown)
      return [{ suffix: "", bound: {} }];
    const length = Math.min(Number(count) || 0, MAX_INSTANCES);
    return Array.from({ length }, (_, index) => ({ suffix: `[${index}]`, key: index, bound: { count: { index } } }));
  }

  private repetition(body: ValueObject, name: string): Symbolic | undefined {
    const value = member(body, name) ?? undefined;
    return value === undefined ? undefined : this.symbolic(value, {});
  }

  /** Text by text, so that one that cannot be read leaves the others as they are. */
  private symbolic(json: Value, bound: SymbolicObject): Symbolic {
    if (typeof json === "string") return this.symbolicText(json, bound);
    if (isList(json)) return json.map((item) => this.symbolic(item, bound));
    if (!isObject(json)) return json;
    const made = dynamicBlocks(json).map(([type]) => [type, new Unknown({ references: [] })] as const);
    return Object.fromEntries([
      ...Object.entries(json).map(([name, value]) => [name, this.symbolic(value, bound)] as const),
      ...made,
    ]);
  }

  private symbolicText(text: string, bound: SymbolicObject): Symbolic {
    if (!text.includes("${") && !text.includes("%{")) return text;
    const scope = { resolve: (address: string) => this.resolve(address), bound };
    try {
      return evaluateSymbolically(compile(text), scope, (error) => error);
    } catch (error) {
      if (error instanceof ExpressionError && error.code !== "OVER_BUDGET") return new Unknown({ references: [] });
      throw error;
    }
  }
}

/** Beyond this, a `count` is a mistake, and its instances are alike. */
const MAX_INSTANCES = 10_000;
