import { type Instance, type Inventory, sameText, Unknown, type Text, type TextList } from "../../topology";

/** The first candidate of a link, where something holds of whichever is meant. */
export function certainly<T>(candidates: readonly T[], holds: (candidate: T) => boolean): T | undefined {
  return candidates.every(holds) ? candidates[0] : undefined;
}

/** The only candidate of a link. */
export function sole<T>(candidates: readonly T[]): T | undefined {
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether a list holds a text; undefined where that cannot be told. */
export function holds(list: TextList, text: Text): boolean | undefined {
  if (list instanceof Unknown) return undefined;
  const answers = list.map((item) => sameText(item, text));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether a list is left out or has nothing in it. */
export function isEmptyList(list: TextList | undefined): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}

/** The texts of a list as far as they are shown. */
export function shown(list: TextList | undefined): readonly Text[] {
  return list === undefined || list instanceof Unknown ? [] : list;
}

/** Whether no `count` or `for_each` that is known only at apply decides on an instance, or on a module around it. */
export function isCertain({ hidden }: Inventory, { address }: Pick<Instance, "address">): boolean {
  return !hidden.some(
    ({ address: block, repetition }) =>
      repetition !== undefined && (address === block || address.startsWith(`${block}.`)),
  );
}
