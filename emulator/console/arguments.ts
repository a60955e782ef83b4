// emulator/console/: the page for a browser, which cli/bundle.mjs builds.
import { el } from "./dom";
import type { Schema } from "./mcp";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Fields for values: one for each property of their schema, or one for them all as JSON. */
export class ArgumentFields {
  #schema: Schema;
  #fields = new Map<string, Field>();
  #json: HTMLTextAreaElement | undefined;

  /**
   * @param asJson in one field for them all
   * @param named what the fields are called, where there are others on the page; they begin with defaults
   */
  constructor(schema: Schema, { asJson = false, named }: { asJson?: boolean; named?: string } = {}) {
    this.#schema = schema;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const field = fieldFor(`${named ?? "argument"}-${name}`, property);
      if (named !== undefined && property.default !== undefined) fill(field, property.default);
      this.#fields.set(name, field);
    }
    if (!asJson) return;
    this.#json = el("textarea", { id: "argument-json", "data-key": "argument-json", rows: 5, spellcheck: "false" });
    this.#json.value = JSON.stringify(
      Object.fromEntries([...this.#fields.keys()].map((name) => [name, sample(this.#property(name))])),
      undefined,
      2,
    );
  }

  elements(): HTMLElement[] {
    if (this.#json) return [el("label", { for: "argument-json" }, "Arguments, as JSON"), this.#json];
    if (this.#fields.size === 0) return [el("p", { class: "hint" }, "It takes no arguments.")];
    return [...this.#fields].map(([name, field]) => this.#row(name, field));
  }

  /** @throws SyntaxError for JSON that is none */
  value() {
    if (this.#json) return JSON.parse(this.#json.value) as unknown;
    const entries = [...this.#fields].map(([name, field]) => [name, this.#read(name, field)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  #row(name: string, field: HTMLElement) {
    const { title = name, description } = this.#property(name);
    const type = [typeName(this.#property(name)), this.#isRequired(name) ? "required" : "optional"].join(", ");
    return el(
      "div",
      { class: "field" },
      el("label", { for: field.id }, title, el("span", { class: "hint" }, ` ${type}`)),
      field,
      description !== undefined && el("p", { class: "hint", id: `${field.id}-hint` }, description),
    );
  }

  /**
   * What is typed, in the type that the schema asks for; a text that is none of that type is sent as it is, so that the
   * gateway's refusal can be seen.
   */
  #read(name: string, field: Field) {
    const type = typeName(this.#property(name));
    if (field instanceof HTMLSelectElement && field.multiple) {
      return [...field.selectedOptions].map(({ value }) => value);
    }
    const text = field.value;
    if (text === "") return type === "string" && this.#isRequired(name) ? "" : undefined;
    if (type === "string") return text;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }

  #property(name: string) {
    return this.#schema.properties?.[name] ?? {};
  }

  #isRequired(name: string) {
    return this.#schema.required?.includes(name) ?? false;
  }
}

function fieldFor(id: string, property: Schema): Field {
  const described = property.description === undefined ? undefined : `${id}-hint`;
  const type = typeName(property);
  const multiple = type === "array";
  const choices = choicesOf((multiple ? property.items : property) ?? {});
  const attributes = { id, "data-key": id, "aria-describedby": described };
  if (choices) {
    return el(
      "select",
      { ...attributes, multiple },
      !multiple && el("option", { value: "" }, "not given"),
      ...choices.map(({ value, label }) => el("option", { value }, label)),
    );
  }
  if (type === "object" || type === "array") {
    const placeholder = type === "array" ? "[ ]" : "{ }";
    return el("textarea", { ...attributes, rows: 3, spellcheck: "false", placeholder });
  }
  const isNumber = type === "integer" || type === "number";
  return el("input", { ...attributes, autocomplete: "off", inputmode: isNumber ? "decimal" : undefined });
}

/** What there is to choose from, with what each is called: those with titles are texts (MCP 2025-11-25, "elicitation"). */
function choicesOf(property: Schema) {
  const { enum: values, oneOf, anyOf } = property;
  const titled = (oneOf ?? anyOf)?.filter(({ const: value }) => value !== undefined);
  if (titled?.length) {
    return titled.map(({ const: value, title }) => ({ value: String(value), label: title ?? String(value) }));
  }
  const type = typeName(property);
  const all = values ?? (type === "boolean" ? [true, false] : undefined);
  return all?.map((choice) => {
    const text = typeof choice === "string" && type === "string" ? choice : JSON.stringify(choice);
    return { value: text, label: text };
  });
}

function fill(field: Field, value: unknown) {
  const texts = [value].flat().map(String);
  if (field instanceof HTMLSelectElement) {
    for (const option of field.options) option.selected = texts.includes(option.value);
  } else field.value = typeof value === "object" ? JSON.stringify(value) : String(value);
}

function typeName({ type }: Schema) {
  return (Array.isArray(type) ? type.find((name) => name !== "null") : type) ?? "any";
}

function sample(property: Schema) {
  if (property.default !== undefined) return property.default;
  if (property.enum) return property.enum[0];
  const samples = new Map<string, unknown>([
    ["integer", 0],
    ["number", 0],
    ["boolean", false],
    ["array", []],
    ["object", {}],
  ]);
  return samples.get(typeName(property)) ?? "";
}
