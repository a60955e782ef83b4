import { block, type Json, type Stack } from "./clean-stack";

/** One thing that is done to a stack. */
export type Change = (stack: Stack) => void;

/** Several, one after the other. */
export const together =
  (...changes: readonly Change[]): Change =>
  (stack) =>
    changes.forEach((change) => change(stack));

/** Changes of the arguments of a resource, or of a block in it. A path such as `mcp.search_type` may make blocks. */
export function argumentsAt(address: string, blocks = "") {
  const place = (stack: Stack, path: string): [own: Json, name: string] => {
    const [name = "", ...outer] = `${blocks}.${path}`.split(".").filter(Boolean).reverse();
    return [outer.reverse().reduce((own, each) => (own[each] ??= {}) as Json, block(stack, address)), name];
  };
  return {
    set(path: string, value: unknown): Change {
      return (stack) => {
        const [own, name] = place(stack, path);
        own[name] = structuredClone(value);
      };
    },
    unset(path: string): Change {
      return (stack) => {
        const [own, name] = place(stack, path);
        delete own[name];
      };
    },
    /** Of a text, which has to hold what is searched. */
    replace(path: string, search: string | RegExp, replacement: string): Change {
      return (stack) => {
        const [own, name] = place(stack, path);
        const text = String(own[name]);
        const changed = text.replace(search, replacement);
        if (changed === text) throw new Error(`${address} ${path} does not hold ${String(search)}.`);
        own[name] = changed;
      };
    },
  };
}

/** Adds a resource. */
export function add(address: string, body: Json): Change {
  return ({ resource }) => {
    const [type = "", name = ""] = address.split(".");
    (resource[type] ??= {})[name] = structuredClone(body);
  };
}

/** Adds another resource like one that is there. */
export function addLike(address: string, name: string, changes: Json = {}): Change {
  return (stack) => add(`${address.split(".")[0]}.${name}`, { ...block(stack, address), ...changes })(stack);
}
