import { encode, headerText, refuseDots } from "../http-values";
import { isObject } from "../json";
import { type HttpCall, type HttpTool, TargetDocumentError, type ToolArguments } from "../target-kind";
import { isStreaming, type Member, type Model, type Shape, trait } from "./model";
import type { Schemas } from "./schemas";
import { headerOf, jsonName, jsonOf, textsOf } from "./values";

type Place = "label" | "query" | "queryParams" | "header" | "prefixHeaders" | "payload" | "body";

/** A member of an input, and where its value stands in the request. */
interface Binding {
  readonly member: Member;
  readonly place: Place;
  /** There; of headers with a common beginning, that. */
  readonly name: string;
}

/** With these names, Smithy's traits of HTTP bindings: https://smithy.io/2.0/spec/http-bindings.html */
const PLACES: Readonly<Record<string, Place>> = {
  httpLabel: "label",
  httpQuery: "query",
  httpQueryParams: "queryParams",
  httpHeader: "header",
  httpPrefixHeaders: "prefixHeaders",
  httpPayload: "payload",
};

/** As a tool, but for where the service is. */
export interface Operation extends Omit<HttpTool, "request"> {
  readonly request: (endpoint: string, toolArguments: ToolArguments) => HttpCall;
}

/** @returns undefined for one that streams, which targets do not support. @throws TargetDocumentError */
export function readOperation(model: Model, shape: Shape, schemas: Schemas): Operation | undefined {
  const input = model.structureOf(shape, "input");
  const members = model.members(input);
  if ([...members, ...model.members(model.structureOf(shape, "output"))].some(isStreaming)) return undefined;
  const http = trait(shape, "http");
  const { method, uri } = isObject(http) ? http : {};
  if (typeof method !== "string" || !/^[A-Z]+$/.test(method) || typeof uri !== "string" || !uri.startsWith("/")) {
    throw new TargetDocumentError(`The operation ${shape.id} has no smithy.api#http trait with a method and a uri.`);
  }
  const prefix = hostPrefix(shape, members);
  const bindings = members.map(bindingOf);
  const description = trait(shape, "documentation");
  return {
    name: shape.name,
    ...(typeof description === "string" && { description }),
    inputSchema: schemas.input(input),
    request: (endpoint, toolArguments) => {
      const server = endpoint.replace("https://", `https://${prefix}`);
      const { path, query, ...rest } = new RequestParts(model, bindings, toolArguments).of(uri);
      refuseDots(path);
      return { method, url: `${server}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`, ...rest };
    },
  };
}

function bindingOf(member: Member): Binding {
  for (const [name, place] of Object.entries(PLACES)) {
    const value = member.traits[`smithy.api#${name}`];
    if (value !== undefined) return { member, place, name: typeof value === "string" ? value : member.name };
  }
  return { member, place: "body", name: jsonName(member) };
}

/** What an operation puts before the host. @throws TargetDocumentError for what its arguments would decide */
function hostPrefix(shape: Shape, members: readonly Member[]): string {
  const decided = members.find(({ traits }) => traits["smithy.rules#contextParam"] !== undefined);
  const ruled = Object.keys(shape.traits).find((name) => /^smithy\.rules#\w*ContextParams$/.test(name));
  const endpoint = trait(shape, "endpoint");
  const prefix = isObject(endpoint) ? endpoint["hostPrefix"] : "";
  if (!decided && ruled === undefined && typeof prefix === "string" && /^[\w.-]*$/.test(prefix)) return prefix;
  throw new TargetDocumentError(`The operation ${shape.id} has an endpoint of its own, which is not emulated.`, true);
}

/** The parts of one request. */
class RequestParts {
  private readonly given: readonly (Binding & { readonly value: unknown })[];

  constructor(
    private readonly model: Model,
    private readonly bindings: readonly Binding[],
    toolArguments: ToolArguments,
  ) {
    this.given = bindings.flatMap((binding) => {
      const { name } = binding.member;
      const value = Object.hasOwn(toolArguments, name) ? toolArguments[name] : undefined;
      return value === undefined || value === null ? [] : [{ ...binding, value }];
    });
  }

  /** @param uri whose query is the same in every request */
  of(uri: string): Omit<HttpCall, "method" | "url"> & { readonly path: string; readonly query: readonly string[] } {
    const [template = "", fixed] = uri.split("?", 2);
    const sent = this.body();
    return {
      path: this.path(template),
      query: [...(fixed ? [fixed] : []), ...this.query()],
      headers: { accept: "application/json", ...this.headers(), ...(sent && { "content-type": sent.type }) },
      ...(sent && { body: sent.text }),
    };
  }

  /** `{name+}` stands for several segments. */
  private path(template: string): string {
    return template.replace(/\{([^}+]*)(\+?)\}/g, (_, name: string, greedy: string) => {
      const label = this.at("label").find(({ member }) => member.name === name);
      const [text = ""] = label ? textsOf(this.model, label.member, label.value, "uri") : [];
      if (text === "") throw new TargetDocumentError(`The path parameter ${name} has no value.`);
      return greedy ? text.split("/").map(encode).join("/") : encode(text);
    });
  }

  private query(): string[] {
    const named = this.at("query");
    const pairs = [
      ...named.flatMap(({ name, member, value }) =>
        textsOf(this.model, member, value, "uri").map((text) => [name, text] as const),
      ),
      ...this.entries("queryParams").filter(([name]) => !named.some((each) => each.name === name)),
    ];
    return pairs.map(([name, text]) => `${encode(name)}=${encode(text)}`);
  }

  private headers(): Readonly<Record<string, string>> {
    const named = this.at("header").map(({ name, member, value }): [string, string] => [
      headerName(name),
      headerText(headerOf(this.model, member, value)),
    ]);
    const prefixed = this.entries("prefixHeaders").map(([name, text]): [string, string] => [
      headerName(name),
      headerText(text),
    ]);
    return Object.fromEntries([...prefixed, ...named]);
  }

  /** Of maps that stand for several parameters or headers. */
  private entries(place: "queryParams" | "prefixHeaders"): (readonly [name: string, text: string])[] {
    return this.at(place).flatMap(({ name, member, value }) => {
      const part = this.model.part(member.target, "value");
      const prefix = place === "prefixHeaders" ? name : "";
      return Object.entries(isObject(value) ? value : {}).flatMap(([key, each]) =>
        textsOf(this.model, part, each, "uri").map((text) => [`${prefix}${key}`, text] as const),
      );
    });
  }

  /** A payload alone, or an object of what has no other place; none where the operation has neither. */
  private body(): { readonly type: string; readonly text: string } | undefined {
    const [payload = this.emptyPayload()] = this.at("payload");
    if (payload) return payloadOf(this.model, payload);
    if (!this.bindings.some(({ place }) => place === "body")) return undefined;
    const members = this.at("body").map(
      ({ name, member, value }) => [name, jsonOf(this.model, member, value)] as const,
    );
    return { type: "application/json", text: JSON.stringify(Object.fromEntries(members)) };
  }

  /** A structure that is not given is sent as one without members: the protocol's test RestJsonHttpWithEmptyStructurePayload. */
  private emptyPayload() {
    const binding = this.bindings.find(({ place }) => place === "payload");
    return binding?.member.target.type === "structure" ? { ...binding, value: {} } : undefined;
  }

  private at(place: Place) {
    return this.given.filter((each) => each.place === place);
  }
}

function headerName(name: string): string {
  return name.toLowerCase().replace(/[^\w.-]/g, "-");
}

/** Texts and blobs stand as they are, of the media type that the model gives them. */
function payloadOf(model: Model, { member, value }: Binding & { readonly value: unknown }) {
  const { type } = member.target;
  if (typeof value !== "string" || !["string", "blob", "enum"].includes(type)) {
    return { type: "application/json", text: JSON.stringify(jsonOf(model, member, value)) };
  }
  const usual = type === "blob" ? "application/octet-stream" : "text/plain";
  const media = trait(member, "mediaType");
  return { type: typeof media === "string" ? headerText(media) : usual, text: value };
}
