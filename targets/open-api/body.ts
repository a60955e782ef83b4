import { texts } from "../http-values";
import { isObject } from "../json";
import { type JsonSchema, TargetDocumentError } from "../target-kind";
import type { References } from "./references";

/** What a request brings beside its parameters. */
export interface Body {
  /** The arguments that it is made of: the properties of an object, or one called `body`. */
  readonly properties: JsonSchema;
  readonly required: readonly string[];
  /** What other properties the object may have, as `additionalProperties` says it. */
  readonly others?: unknown;
  /**
   * @param others what the arguments have that no parameter is called
   * @returns undefined where no argument is given and none has to be
   */
  write(
    others: Members,
    valueOf: (name: string) => unknown,
  ): { readonly type: string; readonly text: string } | undefined;
}

type Members = readonly (readonly [name: string, value: unknown])[];

/** Those that a body can be written in, by preference. */
const WRITERS: Readonly<Record<string, (members: Members) => { type: string; text: string }>> = {
  "application/json": (members) => ({ type: "application/json", text: JSON.stringify(Object.fromEntries(members)) }),
  "application/x-www-form-urlencoded": (members) => ({
    type: "application/x-www-form-urlencoded",
    text: form(members),
  }),
  "multipart/form-data": multipart,
};

/** @throws TargetDocumentError */
export function readBody(given: unknown, place: string, references: References): Body | undefined {
  if (given === undefined) return undefined;
  const { content, required: isRequired } = references.follow(given, place);
  const types = isObject(content) ? content : {};
  const type = Object.keys(WRITERS).find((each) => mediaType(types, each) !== undefined);
  if (type === undefined) {
    const isXml = mediaType(types, "application/xml") !== undefined;
    throw new TargetDocumentError(
      `${place}: a request body of the type ${Object.keys(types).join(", ") || "none"} is not ${isXml ? "emulated" : "supported"}; give it one of ${Object.keys(WRITERS).join(", ")}.`,
      isXml,
    );
  }
  const media = references.follow(mediaType(types, type), place);
  const schema = references.schema(media["schema"], `${place}: the request body`);
  const { properties, required } = schema;
  if (!isObject(properties)) return wholeBody(schema, type, isRequired === true, place);
  const names = Object.keys(properties);
  const { additionalProperties: others } = schema;
  const takesOthers = others !== undefined && others !== false;
  return {
    properties,
    others,
    required: isRequired === true && Array.isArray(required) ? (required as string[]) : [],
    write(given, valueOf) {
      const further = takesOthers ? given.filter(([name]) => !names.includes(name)) : [];
      const own = names.map((name) => [name, valueOf(name)] as const).filter(([, value]) => value !== undefined);
      const members = [...own, ...further];
      return members.length > 0 || isRequired === true ? WRITERS[type]?.(members) : undefined;
    },
  };
}

/** With its parameters, such as a character set, or without. */
function mediaType(types: JsonSchema, type: string): unknown {
  const name = Object.keys(types).find((each) => each.split(";", 1)[0]?.trim().toLowerCase() === type);
  return name === undefined ? undefined : types[name];
}

/** One that is no object with properties, such as a list. */
function wholeBody(schema: JsonSchema, type: string, isRequired: boolean, place: string): Body {
  if (type !== "application/json") {
    throw new TargetDocumentError(`${place}: a request body of the type ${type} has to be an object with properties.`);
  }
  return {
    properties: { body: schema },
    required: isRequired ? ["body"] : [],
    write(_, valueOf) {
      const value = valueOf("body");
      return value === undefined ? undefined : { type, text: JSON.stringify(value) };
    },
  };
}

function form(members: Members): string {
  return new URLSearchParams(fieldsOf(members).map(({ name, text }): [string, string] => [name, text])).toString();
}

/** A form has no way to say null. */
function fieldsOf(members: Members): readonly { readonly name: string; readonly text: string }[] {
  return members
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => texts(value).map((text) => ({ name, text })));
}

/** RFC 7578. */
function multipart(members: Members): { type: string; text: string } {
  const parts = fieldsOf(members);
  let boundary = "agentcore-gateway";
  while (parts.some(({ text }) => text.includes(boundary))) boundary += "-";
  const written = parts.map(
    ({ name, text }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name.replace(/["\r\n]/g, encodeURIComponent)}"\r\n\r\n${text}\r\n`,
  );
  return { type: `multipart/form-data; boundary=${boundary}`, text: `${written.join("")}--${boundary}--\r\n` };
}
