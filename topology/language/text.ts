import { Marks } from "./marks";
import {
  isSymbolicList,
  isSymbolicObject,
  isUntold,
  referenceText,
  type Placeholder,
  type Reference,
  type Symbolic,
  Unknown,
} from "./unknown";

/** A text of which some parts, or all, may be known only at apply. */
export type Text = string | Unknown;

/** A list of texts; unknown as a whole where not even its length is known. */
export type TextList = readonly Text[] | Unknown;

export function isText(value: Symbolic): value is Text {
  return typeof value === "string" || value instanceof Unknown;
}

/** How a text is told to people: `https://${aws_cognito_user_pool.outbound.endpoint}/…`. */
export function describeText(text: Text): string {
  if (typeof text === "string") return text;
  if (text.parts !== undefined) {
    return text.parts.map((part) => (typeof part === "string" ? part : describePlaceholder(part))).join("");
  }
  if (text.references.length === 0) return "(known after apply)";
  return `(known after apply, made of ${text.references.map(referenceText).join(", ")})`;
}

function describePlaceholder({ reference, encoded }: Placeholder): string {
  if (isUntold(reference)) return referenceText(reference);
  return encoded ? `\${urlencode(${referenceText(reference)})}` : `\${${referenceText(reference)}}`;
}

/** The reference that a text is, where it is nothing else, or made of alone. */
export function soleReference(text: Text): Reference | undefined {
  return typeof text !== "string" && text.references.length === 1 ? text.references[0] : undefined;
}

/**
 * Whether two texts are equal at apply; undefined where that cannot be told. The same attribute of two resources is
 * taken to differ, which holds for the identifiers that services assign.
 */
export function sameText(left: Text, right: Text): boolean | undefined {
  if (typeof left === "string" && typeof right === "string") return left === right;
  const [one, other] = [soleReference(left), soleReference(right)];
  if (one !== undefined && other !== undefined && sameAround(left, right)) return sameReference(one, other);
  return describeKnownForm(left) !== undefined && describeKnownForm(left) === describeKnownForm(right)
    ? true
    : undefined;
}

function sameReference(one: Reference, other: Reference): boolean | undefined {
  if (one.attribute === "" || other.attribute === "") return undefined;
  if (one.attribute !== other.attribute) return undefined;
  if (one.address === other.address) return true;
  return isResource(one.address) && isResource(other.address) ? false : undefined;
}

/** Whether both have the same known text around their only placeholder, or neither shows any. */
function sameAround(left: Text, right: Text): boolean {
  const around = (text: Text): string =>
    typeof text === "string"
      ? text
      : (text.parts ?? [""]).map((part) => (typeof part === "string" ? part : "\0")).join("");
  const [one, other] = [around(left), around(right)];
  const bare = (form: string): boolean => form === "" || form === "\0";
  return one === other || (bare(one) && bare(other));
}

function describeKnownForm(text: Text): string | undefined {
  return typeof text === "string" || text.parts === undefined ? undefined : describeText(text);
}

/** An address as its own module says it, without the stack and the modules that are before it. */
export function localAddress(address: string): string {
  return address.replace(/^([^/[]+\/)?(module\.[^.[]+(\["[^"]*"\]|\[\d+\])?\.)*/, "");
}

/** The stack that an address begins with, where several are read together; else nothing. */
export function stackOf(address: string): string {
  return /^([^/[]+)\//.exec(address)?.[1] ?? "";
}

/** A managed resource; locals, variables, data and module outputs are names for what may be the same value. */
export function isResource(address: string): boolean {
  return !/^(data|local|var|module|each|count|path|terraform)(\.|$)/.test(localAddress(address));
}

/** A variable of whichever module. */
export function isVariable(address: string): boolean {
  return /^var\.[^.]+$/.test(localAddress(address));
}

/** Terraform's name of the kind of a resource or, after `data.`, of a data source; undefined for other named values. */
export function typeOf(address: string): string | undefined {
  const block = localAddress(address).replace(/\[[^\]]*\]$/, "");
  return (isResource(address) ? /([^.[\]]+)\.[^.]+$/ : /^(data\.[^.]+)\.[^.]+$/).exec(block)?.[1];
}

/** Of an instance and the modules around it, the address of the block, which has no keys. */
export function blockAddressOf(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

/**
 * Matches the form of a text: each placeholder stands for one or more characters that no pattern names. The groups
 * come back as texts. Undefined where the text does not match, or does not show its form.
 */
export function matchText(text: Text, pattern: RegExp): readonly (Text | undefined)[] | undefined {
  const marks = new Marks();
  const form = formOf(text, marks);
  const match = form === undefined ? null : pattern.exec(form);
  return match?.map((group: string | undefined) => (group === undefined ? undefined : toText(marks.unmark(group))));
}

/** Whether the text shows its form, so that `matchText` can tell a text that does not match. */
export function showsForm(text: Text): boolean {
  return typeof text === "string" || text.parts !== undefined;
}

/** The text with marks in the place of what is unknown in it; undefined where it does not show its form. */
export function formOf(text: Text, marks: Marks): string | undefined {
  if (typeof text === "string") return text;
  return text.parts
    ?.map((part) =>
      typeof part === "string" ? part : marks.markUnknown(new Unknown({ references: [part.reference], parts: [part] })),
    )
    .join("");
}

function toText(value: Symbolic): Text {
  return isText(value) ? value : "";
}

/** The JSON document that a text holds, with its unknown parts in place; undefined where it cannot be read. */
export function parseJsonText(text: Text): Symbolic | undefined {
  const marks = new Marks();
  const form = formOf(text, marks);
  if (form === undefined) return undefined;
  try {
    const parsed = marks.unmark(JSON.parse(form) as never);
    return isSymbolicObject(parsed) || isSymbolicList(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
