import { sameText, Unknown, type Text, type TextList } from "../topology";

/** Whether something holds of whichever candidate a link means; never of none. */
export function certainly<T>(candidates: readonly T[], holds: (candidate: T) => boolean): boolean {
  return candidates.length > 0 && candidates.every(holds);
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

/** The texts of a list as far as they are shown. */
export function shown(list: TextList | undefined): readonly Text[] {
  return list === undefined || list instanceof Unknown ? [] : list;
}
