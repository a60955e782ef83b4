import { z } from "zod";

import { listOf, mapOf, structure, text } from "../../cloud/constraints";
import type { TagMap } from "../../cloud/tags";

const MOST_TAGS = 50;

/** Tags as some services have them: a map. */
export const TAG_MAP = mapOf(text(128, undefined, 1), text(256), MOST_TAGS);

/** Tags as most have them: a list of keys with their values. */
export function tagList() {
  return listOf(structure({ Key: text(128, undefined, 1), Value: text(256).optional() }), MOST_TAGS);
}

export function tagKeys() {
  return listOf(text(128, undefined, 1), MOST_TAGS);
}

/** In a query one key comes as text, several as a list. */
export function tagKeysOfQuery() {
  return z.preprocess((keys) => (typeof keys === "string" ? [keys] : keys), tagKeys());
}

export function readTagList(tags: readonly { Key: string; Value?: string }[] = []): TagMap {
  return Object.fromEntries(tags.map(({ Key, Value = "" }) => [Key, Value]));
}

export function tagShapes(tags: TagMap): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

interface Tagged {
  tags: TagMap;
}

export function addTags(resource: Tagged, tags: TagMap): void {
  resource.tags = { ...resource.tags, ...tags };
}

export function removeTags(resource: Tagged, keys: readonly string[]): void {
  resource.tags = withoutTags(resource.tags, keys);
}

export function withoutTags(tags: TagMap, keys: readonly string[]): TagMap {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
