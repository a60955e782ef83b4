import { expressionFailed, type TopologyError } from "../errors";
import {
  type Budget,
  compileOnce,
  elementsOf,
  evaluateSymbolically,
  ExpressionError,
  isSymbolicList,
  type Scope,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "../language";
import { isList, isObject, member, primitiveText, type Value, without } from "../language/value";
import { type DynamicBlock, dynamicBlocks } from "./dynamic-blocks";

/** The block that an expression stands in, and the names that mean something there alone. */
export interface Place {
  readonly address: string;
  readonly bound: SymbolicObject;
}

/** Works out what the blocks of a module instance hold, as far as it is known. */
export class BlockEvaluation {
  constructor(
    private readonly context: Pick<Scope, "resolve" | "functions" | "prefix"> & { readonly budget: Budget },
    private readonly path: SymbolicObject,
  ) {}

  /** Text by text, so that one that cannot be read leaves the others as they are. */
  valueOf(json: Value, place: Place): Symbolic {
    if (typeof json === "string") return this.symbolicText(json, place);
    if (isList(json)) return json.map((item) => this.valueOf(item, place));
    if (!isObject(json)) return json;
    const made = dynamicBlocks(json);
    const written = made.length === 0 ? json : without(json, "dynamic");
    const entries = Object.entries(written).map(
      ([name, value]) => [this.symbolicText(name, place), this.valueOf(value, place)] as const,
    );
    if (entries.some(([name]) => name instanceof Unknown)) return Unknown.madeOf(entries.flat());
    return made.reduce<SymbolicObject>(
      (blocks, block) => withBlocks(blocks, block.type, this.made(block, place)),
      Object.fromEntries(entries.map(([name, value]) => [primitiveText(name as Value) ?? "", value])),
    );
  }

  /** The blocks that a `dynamic` block makes, as far as the number of them is known. */
  private made(block: DynamicBlock, place: Place): Symbolic {
    const collection = this.valueOf(block.forEach, place);
    if (!(collection instanceof Unknown)) return this.madeFor(collection, block, place);
    return Unknown.madeOf([collection], (settle) => settle(this.madeFor(settle(collection), block, place)));
  }

  private madeFor(collection: Symbolic, dynamic: DynamicBlock, { address, bound }: Place): readonly Symbolic[] {
    const { iterator, labels, content } = dynamic;
    return (elementsOf(collection) ?? []).map(([key, value]) => {
      const inner = { address, bound: { ...bound, [iterator]: { key, value } } };
      const block = this.valueOf(content, inner);
      const names = labels.map((label) => this.valueOf(label, inner));
      return names.reduceRight<Symbolic>((body, name) => (typeof name === "string" ? { [name]: body } : body), block);
    });
  }

  private symbolicText(text: string, { address, bound }: Place): Symbolic {
    const failure = ({ code, source, message }: ExpressionError): TopologyError =>
      expressionFailed(address, code, source, message);
    try {
      this.context.budget.step();
      if (!text.includes("${") && !text.includes("%{")) return text.normalize("NFC");
      const scope = { ...this.context, bound: { path: this.path, ...bound } };
      return evaluateSymbolically(compileOnce(text), scope, failure);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      if (error.code === "OVER_BUDGET") throw failure(error);
      return Unknown.failed(failure(error), []);
    }
  }
}

/** The blocks of a type that are written, and behind them those that are made. */
function withBlocks(blocks: SymbolicObject, type: string, made: Symbolic): SymbolicObject {
  const written = member(blocks, type) ?? null;
  if (isSymbolicList(made) && made.length === 0) return blocks;
  const isKnown = isSymbolicList(made) && !(written instanceof Unknown);
  const together = isKnown
    ? inOrder(written, made)
    : Unknown.madeOf([made, written], (settle) => inOrder(settle(written), settle(made)));
  return { ...blocks, [type]: together };
}

function inOrder(written: Symbolic, made: Symbolic): readonly Symbolic[] {
  return [written, made].flatMap((blocks) => (blocks === null ? [] : isSymbolicList(blocks) ? blocks : [blocks]));
}
