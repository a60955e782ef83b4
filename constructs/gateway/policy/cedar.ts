import { Token } from "cdktf";
import { escaped } from "../../private/escaped";

/**
 * A text as a string of Cedar, which has no other escapes for what cannot be seen than `\u{…}`.
 * @see https://docs.cedarpolicy.com/policies/syntax-datatypes.html
 */
export function cedarString(text: string): string {
  return `"${escapedInCedar(text)}"`;
}

/** A pattern of Cedar's `like`, in which `*` is any text; `\*` is an asterisk. */
export function cedarPattern(pattern: string): string {
  return `"${escapedInCedar(pattern).replaceAll("\\\\*", "\\*")}"`;
}

/** An entity of AgentCore's schema. */
export const entity = (type: string, id: string): string => `AgentCore::${type}::${cedarString(id)}`;

function escapedInCedar(text: string): string {
  if (Token.isUnresolved(text)) return text;
  const visible = text
    .replace(/[\\"]/g, "\\$&")
    .replace(/\p{Cc}/gu, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  return escaped(visible);
}
