import { referenceCycle } from "../errors";

interface Visit {
  readonly address: string;
  readonly remaining: Iterator<string>;
}

/**
 * All addresses that the given ones lead to, dependencies first.
 *
 * Terraform creates whatever has its dependencies at the same time, so what needs little stands before what needs much,
 * whether or not they refer to each other: the order is by depth, and among equals the given one.
 */
export function dependencyOrder(
  addresses: Iterable<string>,
  dependencies: (address: string) => Iterable<string>,
): string[] {
  const ordered = new Set<string>();
  for (const address of addresses) visitFrom(address, dependencies, ordered);
  const depths = new Map<string, number>();
  for (const address of ordered) {
    const below = Array.from(dependencies(address), (dependency) => depths.get(dependency) ?? 0);
    depths.set(
      address,
      below.reduce((most, depth) => Math.max(most, depth + 1), 0),
    );
  }
  return [...ordered].sort((one, other) => (depths.get(one) ?? 0) - (depths.get(other) ?? 0));
}

/** Depth first with a stack of its own, since a chain of references may be longer than the call stack. */
function visitFrom(start: string, dependencies: (address: string) => Iterable<string>, ordered: Set<string>): void {
  const enter = (address: string): Visit => ({ address, remaining: dependencies(address)[Symbol.iterator]() });
  const stack: Visit[] = ordered.has(start) ? [] : [enter(start)];
  const entered = new Set(stack.map((visit) => visit.address));
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const next = visit.remaining.next();
    if (next.done === true) {
      ordered.add(visit.address);
      entered.delete(visit.address);
      stack.pop();
    } else if (entered.has(next.value)) {
      const path = stack.map((ancestor) => ancestor.address);
      throw referenceCycle(path.slice(path.indexOf(next.value)));
    } else if (!ordered.has(next.value)) {
      entered.add(next.value);
      stack.push(enter(next.value));
    }
  }
}
