import { listOf, structure, text } from "../../cloud/constraints";
import type { TagMap } from "../../cloud/tags";

/** Tags as most services have them: a list of keys with their values, at most 50 on a resource. */

const MOST_TAGS = 50;

export function tagList() {
  return listOf(structure({ Key: text(128, undefined, 1), Value: text(256).optional() }), MOST_TAGS);
}

export function tagKeys() {
  return listOf(text(128, undefined, 1), MOST_TAGS);
}

export function readTagList(tags: readonly { Key: string; Value?: string }[] = []): TagMap {
  return Object.fromEntries(tags.map(({ Key, Value = "" }) => [Key, Value]));
}

export function tagShapes(tags: TagMap): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function withoutTags(tags: TagMap, keys: readonly string[]): TagMap {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
