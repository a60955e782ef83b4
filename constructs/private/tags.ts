import { Token } from "cdktf";
import type { Problem } from "./errors";
import { lengthProblems } from "./names";
import { tooManyEntries } from "./problems/values";

/** TagResource of AgentCore. */
const MAX_TAGS = 50;

export function tagProblems(tags: Readonly<Record<string, string>> = {}): Problem[] {
  const entries = Object.entries(tags);
  return [
    ...(entries.length > MAX_TAGS ? [tooManyEntries("tags", entries.length, MAX_TAGS)] : []),
    ...entries.flatMap(([key, value]) => [
      ...lengthProblems(`key of the tag ${JSON.stringify(key)}`, key, 1, 128),
      ...(Token.isUnresolved(value) ? [] : lengthProblems(`value of the tag ${key}`, value, 0, 256)),
    ]),
  ];
}

/** An empty map is left out: the provider answers it with "inconsistent result". */
export function nonEmptyTags(tags: Readonly<Record<string, string>> = {}): Record<string, string> | undefined {
  return Object.keys(tags).length > 0 ? { ...tags } : undefined;
}
