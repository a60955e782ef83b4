import { malformed } from "../../cloud/s3/errors";

/** An element of a request's document; attributes and namespaces say nothing here. */
export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

const TOKEN = /<\?[^>]*\?>|<(\/?)([A-Za-z][\w.:-]*)((?:\s[^<>]*)?)>|([^<]+)/y;
const MOST_DEPTH = 10;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Reads the XML that S3's requests have: elements and text, without types of documents, comments and CDATA.
 *
 * @param root the name of its one element
 * @throws AwsError MalformedXML
 */
export function readDocument(body: string, root: string): Element {
  const xml = Buffer.from(body, "base64").toString().trim();
  const top = { name: "", children: [] as Element[], text: "" };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const token = TOKEN.exec(xml);
    const within = open.at(-1);
    if (!token || !within || open.length > MOST_DEPTH) throw malformed();
    const [, slash, name, rest = "", text] = token;
    if (text !== undefined) within.text += unescapeXml(text);
    else if (slash === "/") {
      if (within.name !== name || open.length === 1) throw malformed();
      open.pop();
    } else if (name !== undefined) {
      const element = { name, children: [] as Element[], text: "" };
      within.children.push(element);
      if (!rest.endsWith("/")) open.push(element);
    }
  }
  const [document] = top.children;
  if (open.length > 1 || top.children.length !== 1 || document?.name !== root) throw malformed();
  return document;
}

/** The text of the one child of a name, undefined where there is none. @throws AwsError MalformedXML */
export function textOf(element: Element, name: string): string | undefined {
  const found = element.children.filter((child) => child.name === name);
  if (found.length > 1) throw malformed();
  return found[0]?.text;
}

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (all, decimal?: string, hex?: string, name = "") => {
      if (decimal === undefined && hex === undefined) return ENTITIES.get(String(name)) ?? all;
      const point = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
      if (point > 0x10ffff) throw malformed();
      return String.fromCodePoint(point);
    },
  );
}
