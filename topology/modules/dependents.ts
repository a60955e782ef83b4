// topology/modules/: the tree of modules, and the instances of their blocks.
import { addTo, entryOf } from "../language/maps";

/** Finds what comes after a block, from what each block names as coming before it. */
export class Dependents {
  private readonly direct = new Map<string, string[]>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** Says that one block waits for another. */
  add(dependent: string, dependency: string): void {
    addTo(this.direct, dependency, dependent);
  }

  /** Everything that waits for a block, directly or not. */
  of(address: string): ReadonlySet<string> {
    return entryOf(this.known, address, () => this.worked(address));
  }

  private worked(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const pending = [address];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const dependent of this.direct.get(next) ?? []) {
        if (found.has(dependent)) continue;
        found.add(dependent);
        pending.push(dependent);
      }
    }
    return found;
  }
}
