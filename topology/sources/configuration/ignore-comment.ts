import type { IgnoreComment } from "../../modules/node";

const IGNORE = /^(?:#|\/\/)\s*cdktf-agentcore:ignore\s+([\w-]+)[ \t]*(.*?)\s*$/;

/** @param comment - with its sign, to the end of its line */
export function parseIgnoreComment(comment: string): IgnoreComment | undefined {
  const [, rule, reason = ""] = IGNORE.exec(comment) ?? [];
  return rule === undefined ? undefined : { rule, reason };
}
