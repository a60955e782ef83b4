import { isDeepStrictEqual } from "node:util";

import { isObject } from "../../../../targets/json";

/** How many changed members are named. */
const MOST_NAMED = 5;

/** A request or an answer, as interceptors have it. */
export interface Message {
  /** Of an answer. */
  readonly statusCode?: number;
  readonly body?: unknown;
}

/** What an interceptor has made of a message, for the trace: names of members, no values. */
export function describeChange(before: Message, after: Message): string {
  const status =
    before.statusCode === after.statusCode ? [] : [`HTTP ${before.statusCode} into ${after.statusCode ?? "nothing"}`];
  const changed = [...status, ...changedMembers(before.body, after.body)];
  if (changed.length === 0) return "passed on as it came";
  const more = changed.length - MOST_NAMED;
  return `changed ${changed.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function changedMembers(before: unknown, after: unknown, path = ""): string[] {
  if (!isObject(before) || !isObject(after)) return isDeepStrictEqual(before, after) ? [] : [path || "the body"];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    changedMembers(before[name], after[name], path === "" ? name : `${path}.${name}`),
  );
}
