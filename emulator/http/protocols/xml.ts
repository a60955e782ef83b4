/** What a document of XML is made of. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/**
 * The elements of a structure, each by its name, behind which its attributes may stand.
 *
 * @param lists whether a list's entries are `member` elements of one, or repeat it
 */
export function toXml(value: XmlValue, lists: "member" | "flattened" = "member"): string {
  if (value === undefined) return "";
  if (typeof value !== "object") return escapeXml(String(value));
  return childrenOf(value, lists)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) => `<${name}>${toXml(child, lists)}</${name.split(" ")[0]}>`)
    .join("");
}

function childrenOf(
  value: readonly XmlValue[] | { readonly [name: string]: XmlValue },
  lists: "member" | "flattened",
): (readonly [name: string, child: XmlValue])[] {
  if (isList(value)) return value.map((entry) => ["member", entry]);
  if (lists === "member") return Object.entries(value);
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "object" && isList(member) ? member.map((entry) => [name, entry] as const) : [[name, member]],
  );
}

function isList(value: object): value is readonly XmlValue[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
