// provider/planning/: what a provider plans.
import { isDeepStrictEqual } from "node:util";

import { factsOf } from "../resources/facts-by-type";
import type { Block } from "../schema/model";
import type { Path } from "../wire/violation";
import { isList, isObject, isUnknown, isWhollyKnown, type ObjectValue, unknown, type Value } from "../wire/value";
import type { Account } from "../resources/account";
import { mapAttributes } from "./walk-block";

export interface Plan {
  readonly planned: ObjectValue;
  /** What cannot be changed in place. */
  readonly requiresReplace: readonly Path[];
}

/** What terraform will show: the proposal, with everything that only the service can know marked as unknown. */
export function planChange(
  type: string,
  block: Block,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  account: Account,
): Plan {
  const facts = factsOf(type);
  const names = new Set(block.attributes.map(({ name }) => name));
  const completed: ObjectValue = {
    ...proposed,
    ...(names.has("region") && { region: proposed.region ?? account.region }),
    ...(names.has("tags_all") && { tags_all: allTags(proposed.tags ?? null, account) }),
  };
  const wanted = mapAttributes(block, completed, ({ writeOnly }, value) => (writeOnly ? null : value));
  // What is computed and was answered with nothing is asked for again with another change alone.
  if (prior && isDeepStrictEqual(wanted, prior)) return { planned: wanted, requiresReplace: [] };
  const planned = mapAttributes(block, wanted, ({ computed }, value) =>
    computed && value === null ? unknown() : value,
  );
  if (!prior) return { planned, requiresReplace: [] };
  const changing = (facts.changedByUpdate ?? []).map((name) => [name, unknown()] as const);
  return {
    planned: { ...planned, ...Object.fromEntries(changing) },
    requiresReplace: [...facts.replacedBy, "region"].flatMap((dotted) => changedAt(prior, planned, dotted)),
  };
}

function allTags(tags: Value, { defaultTags }: Account): Value {
  if (isUnknown(tags) || !isWhollyKnown(tags)) return unknown();
  return { ...defaultTags, ...(isObject(tags) ? tags : {}) };
}

/** The path where the prior and the planned value differ, or none. A block differs when it appears or disappears. */
function changedAt(prior: ObjectValue, planned: ObjectValue, dotted: string): readonly Path[] {
  const path = dotted.split(".").flatMap((name, index) => (index === 0 ? [name] : [0, name]));
  const before = valueAt(prior, path);
  const after = valueAt(planned, path);
  const bothBlocks = isBlockList(before) && isBlockList(after);
  const changed = bothBlocks ? before.length !== after.length : !isDeepStrictEqual(before, after);
  // Terraform looks the path up in both states, so it names the outermost block, which both have.
  return changed ? [path.slice(0, 1)] : [];
}

function valueAt(value: Value, path: Path): Value {
  return path.reduce<Value>((current, step) => {
    if (isList(current) && typeof step === "number") return current[step] ?? null;
    return isObject(current) && typeof step === "string" ? (current[step] ?? null) : null;
  }, value);
}

function isBlockList(value: Value): value is readonly Value[] {
  return isList(value) && value.every(isObject);
}
