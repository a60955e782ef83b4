import { TAGS } from "../../aws/agentcore/limits";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { Problem } from "./errors";
import { lengthProblems } from "./names";
import type { NewerField } from "./provider-version";
import { countProblems } from "./ranges";

export function tagProblems(tags: Readonly<Record<string, string>> = {}): Problem[] {
  const entries = Object.entries(tags);
  return [
    ...countProblems("tags", entries.length, TAGS.count),
    ...entries.flatMap(([key, value]) => [
      ...lengthProblems(`key of the tag ${JSON.stringify(key)}`, key, 1, TAGS.keyLength),
      ...lengthProblems(`value of the tag ${key}`, value, 0, TAGS.valueLength),
    ]),
  ];
}

/** An empty map is left out: the provider answers it with "inconsistent result". */
export function nonEmptyTags(tags: Readonly<Record<string, string>> = {}): Record<string, string> | undefined {
  return Object.keys(tags).length > 0 ? { ...tags } : undefined;
}

/** Tags of resources whose oldest bindings have none. */
export function tagFields(tags?: Readonly<Record<string, string>>): NewerField[] {
  const value = nonEmptyTags(tags);
  return value
    ? [{ feature: "Tags of a credential provider", path: "tags", value, since: PROVIDER_RELEASES.grantTypes }]
    : [];
}
