// emulator/console/: the page for a browser, which cli/bundle.mjs builds.
import { el } from "./dom.js";

/** @typedef {import("./mcp.js").Schema} Schema */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** Fields for values: one for each property of their schema, or one for them all as JSON. */
export class ArgumentFields {
  /** @type {Schema} */
  #schema;
  /** @type {Map<string, Field>} */
  #fields = new Map();
  /** @type {HTMLTextAreaElement | undefined} */
  #json;

  /**
   * @param {Schema} schema
   * @param {object} [options]
   * @param {boolean} [options.asJson] in one field for them all
   * @param {string} [options.named] what the fields are called, where there are others on the page; they begin with defaults
   */
  constructor(schema, { asJson = false, named } = {}) {
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

  /** @returns {HTMLElement[]} */
  elements() {
    if (this.#json) return [el("label", { for: "argument-json" }, "Arguments, as JSON"), this.#json];
    if (this.#fields.size === 0) return [el("p", { class: "hint" }, "It takes no arguments.")];
    return [...this.#fields].map(([name, field]) => this.#row(name, field));
  }

  /** @throws SyntaxError for JSON that is none */
  value() {
    if (this.#json) return /** @type {unknown} */ (JSON.parse(this.#json.value));
    const entries = [...this.#fields].map(([name, field]) => /** @type {const} */ ([name, this.#read(name, field)]));
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  /**
   * @param {string} name
   * @param {HTMLElement} field
   */
  #row(name, field) {
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
   * @param {string} name
   * @param {Field} field
   */
  #read(name, field) {
    const type = typeName(this.#property(name));
    if (field instanceof HTMLSelectElement && field.multiple) {
      return [...field.selectedOptions].map(({ value }) => value);
    }
    const text = field.value;
    if (text === "") return type === "string" && this.#isRequired(name) ? "" : undefined;
    if (type === "string") return text;
    try {
      return /** @type {unknown} */ (JSON.parse(text));
    } catch {
      return text;
    }
  }

  /** @param {string} name */
  #property(name) {
    return this.#schema.properties?.[name] ?? {};
  }

  /** @param {string} name */
  #isRequired(name) {
    return this.#schema.required?.includes(name) ?? false;
  }
}

/**
 * @param {string} id
 * @param {Schema} property
 * @returns {Field}
 */
function fieldFor(id, property) {
  const described = property.description === undefined ? undefined : `${id}-hint`;
  const type = typeName(property);
  const multiple = type === "array";
  const choices = choicesOf((multiple ? property.items : property) ?? {});
  if (choices) {
    return el(
      "select",
      { id, "data-key": id, multiple, "aria-describedby": described },
      !multiple && el("option", { value: "" }, "not given"),
      ...choices.map(({ value, label }) => el("option", { value }, label)),
    );
  }
  if (type === "object" || type === "array") {
    return el("textarea", {
      id,
      "data-key": id,
      rows: 3,
      spellcheck: "false",
      placeholder: type === "array" ? "[ ]" : "{ }",
      "aria-describedby": described,
    });
  }
  const isNumber = type === "integer" || type === "number";
  return el("input", {
    id,
    "data-key": id,
    autocomplete: "off",
    inputmode: isNumber ? "decimal" : undefined,
    "aria-describedby": described,
  });
}

/**
 * What there is to choose from, with what each is called: those with titles are texts (MCP 2025-11-25, "elicitation").
 * @param {Schema} property
 */
function choicesOf(property) {
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

/**
 * @param {Field} field
 * @param {unknown} value
 */
function fill(field, value) {
  const texts = [value].flat().map(String);
  if (field instanceof HTMLSelectElement) {
    for (const option of field.options) option.selected = texts.includes(option.value);
  } else field.value = typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** @param {Schema} property */
function typeName({ type }) {
  return (Array.isArray(type) ? type.find((name) => name !== "null") : type) ?? "any";
}

/** @param {Schema} property */
function sample(property) {
  if (property.default !== undefined) return property.default;
  if (property.enum) return property.enum[0];
  /** @type {Record<string, unknown>} */
  const samples = { integer: 0, number: 0, boolean: false, array: [], object: {} };
  return samples[typeName(property)] ?? "";
}
