/**
 * An IAM pattern, in which `*` stands for any text and `?` for any character, as an expression for whole texts.
 *
 * The text between two stars is looked for once, at its first place, and never again: what follows fits behind it if it
 * fits anywhere. Plain `.*` would try every place of every part, so that one policy could keep its reader busy for ever.
 */
export function policyPattern(pattern: string, flags = "su"): RegExp {
  const [beginning = "", ...parts] = pattern.split(/\*+/).map(literal);
  const end = parts.pop();
  const middle = parts.map((part, index) => `(?=(.*?${part}))\\${index + 1}`).join("");
  return new RegExp(`^${beginning}${middle}${end === undefined ? "" : `.*${end}`}$`, flags);
}

function literal(part: string): string {
  return part.replace(/[.+^${}()|[\]\\/]/g, "\\$&").replace(/\?/g, ".");
}
