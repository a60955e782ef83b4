import { MOST_LEVELS } from "../bounds";
import { texts } from "../http-values";
import { isObject } from "../json";
import { TargetDocumentError } from "../target-kind";
import { type Member, type Model, trait } from "./model";

/** How a time is written where no trait says it: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
const TIME_FORMATS = { body: "epoch-seconds", header: "http-date", uri: "date-time" } as const;

/** @throws TargetDocumentError for what is no value of the shape, though it fits the schema */
export function jsonOf(model: Model, member: Member, value: unknown, level = 0): unknown {
  const { target } = member;
  if (level > MOST_LEVELS) throw new TargetDocumentError("The arguments nest too deep.");
  const within = (inner: Member, each: unknown) => jsonOf(model, inner, each, level + 1);
  if (target.type === "timestamp") return timeOf(member, value, "body");
  if (Array.isArray(value) && (target.type === "list" || target.type === "set")) {
    const part = model.part(target, "member");
    return value.map((each) => (each === null ? null : within(part, each)));
  }
  if (!isObject(value)) return value;
  if (target.type === "map") {
    const part = model.part(target, "value");
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, each === null ? null : within(part, each)]),
    );
  }
  if (target.type !== "structure" && target.type !== "union") return value;
  return Object.fromEntries(
    model
      .members(target)
      .filter(({ name }) => Object.hasOwn(value, name))
      .map((inner) => [jsonName(inner), within(inner, value[inner.name])]),
  );
}

/** What a member is called in JSON. */
export function jsonName(member: Member): string {
  const name = member.traits["smithy.api#jsonName"];
  return typeof name === "string" ? name : member.name;
}

/** Of a list, all in one field: https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait. @throws TargetDocumentError */
export function headerOf(model: Model, member: Member, value: unknown): string {
  const { target } = member;
  const isList = target.type === "list" || target.type === "set";
  const part = isList ? model.part(target, "member") : member;
  return textsOf(model, member, value, "header")
    .map((text) => written(part, text, isList))
    .join(", ");
}

function written(part: Member, text: string, isInList: boolean): string {
  if (!TEXTS.includes(part.target.type)) return text;
  if (trait(part, "mediaType") !== undefined) return Buffer.from(text).toString("base64");
  return isInList ? quoted(text) : text;
}

const TEXTS = ["string", "enum"];

/** Where it could be taken for several, or for one that is quoted. */
function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : text;
}

/** Of a list, each. @throws TargetDocumentError */
export function textsOf(model: Model, member: Member, value: unknown, place: "header" | "uri"): string[] {
  const { target } = member;
  if (Array.isArray(value) && (target.type === "list" || target.type === "set")) {
    const part = model.part(target, "member");
    return value.flatMap((each) => textsOf(model, part, each, place));
  }
  return texts(target.type === "timestamp" ? timeOf(member, value, place) : value);
}

function timeOf(member: Member, value: unknown, place: keyof typeof TIME_FORMATS): string | number {
  const time = new Date(String(value));
  if (Number.isNaN(time.getTime())) {
    throw new TargetDocumentError(`${member.name} is no time as ISO 8601 has it: ${JSON.stringify(value)}.`);
  }
  switch (trait(member, "timestampFormat") ?? TIME_FORMATS[place]) {
    case "epoch-seconds":
      return time.getTime() / 1000;
    case "http-date":
      return time.toUTCString();
    default:
      return time.toISOString().replace(".000Z", "Z");
  }
}
