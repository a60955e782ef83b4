import type { Configuration, Node } from "../sources/configuration/nodes";
import { danglingReference, expressionFailed, notCreated } from "../errors";
import { evaluate, ExpressionError, type Expression } from "../language";
import { dependencyOrder } from "../modules/order";
import { isObject, type Value, type ValueObject } from "../language/value";
import { variableValue } from "../modules/variable";

/** Answers a data source: its type and evaluated arguments in, its attributes out. */
export type ReadData = (node: Node, args: ValueObject) => ValueObject;

/** The values of a configuration's blocks, as far as they are known. */
export class Evaluation {
  private readonly values = new Map<string, Value>();

  constructor(
    private readonly configuration: Configuration,
    private readonly program: ReadonlyMap<string, Expression>,
    private readonly readData: ReadData,
  ) {}

  /** Evaluates what a block refers to, dependencies first, and then the block. */
  evaluate(address: string): Value {
    const isOpen = (target: string): boolean => !this.values.has(target) && this.node(target).keyword !== "resource";
    const order = dependencyOrder([address], (each) => [...this.node(each).references].filter(isOpen));
    for (const dependency of order.slice(0, -1)) this.remember(dependency, this.blockValue(this.node(dependency)));
    return this.expressionValue(this.node(address));
  }

  /** The arguments of a resource, a data source or a provider configuration. */
  evaluateArguments(address: string): ValueObject {
    const value = this.evaluate(address);
    return isObject(value) ? value : {};
  }

  /** Others see a block with `count` as a list of its instances. */
  remember(address: string, value: Value): void {
    const { count } = this.node(address).body;
    this.values.set(address, count === undefined || count === null ? value : [value]);
  }

  node(address: string): Node {
    const node = this.configuration.nodes.get(address);
    if (node === undefined) throw danglingReference(address, address);
    return node;
  }

  private blockValue(node: Node): Value {
    const value = this.expressionValue(node);
    if (node.keyword === "variable")
      return variableValue(node, this.configuration.variableValues.get(node.labels[0] ?? ""), value) as Value;
    return node.keyword === "data" && isObject(value) ? { ...value, ...this.readData(node, value) } : value;
  }

  private expressionValue(node: Node): Value {
    const expression = this.program.get(node.address);
    if (expression === undefined) throw notCreated(node.address, node.address);
    try {
      return evaluate(expression, {
        resolve: (address) => this.known(node.address, address),
        bound: { count: { index: 0 } },
      }) as Value;
    } catch (error) {
      throw error instanceof ExpressionError
        ? expressionFailed(node.address, error.code, error.source, error.message)
        : error;
    }
  }

  private known(user: string, address: string): Value {
    const value = this.values.get(address);
    if (value === undefined) throw notCreated(user, address);
    return value;
  }
}
