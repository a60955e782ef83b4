// emulator/console/: the page for a browser, which cli/bundle.mjs builds.
import { el } from "./dom.js";

/** @typedef {import("./mcp.js").Schema} Schema */

/** Fields for values: one for each property of their schema, or one for them all as JSON. */
export class ArgumentFields {
  /** @type {Schema} */
  #schema;
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
  #fields = new Map();
  #json = el("textarea", { id: "argument-json", "data-key": "argument-json", rows: 5, spellcheck: "false" });
  #asJson;

  /**
   * @param {Schema} schema
   * @param {boolean} asJson
   */
  constructor(schema, asJson) {
    this.#schema = schema;
    this.#asJson = asJson;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      this.#fields.set(name, fieldFor(name, property));
    }
    this.#json.value = JSON.stringify(
      Object.fromEntries([...this.#fields.keys()].map((name) => [name, sample(this.#property(name))])),
      undefined,
      2,
    );
  }

  /** @returns {HTMLElement[]} */
  elements() {
    if (this.#asJson) return [el("label", { for: "argument-json" }, "Arguments, as JSON"), this.#json];
    if (this.#fields.size === 0) return [el("p", { class: "hint" }, "It takes no arguments.")];
    return [...this.#fields].map(([name, field]) => this.#row(name, field));
  }

  /** @throws SyntaxError for JSON that is none */
  value() {
    if (this.#asJson) return /** @type {unknown} */ (JSON.parse(this.#json.value));
    const entries = [...this.#fields].map(
      ([name, { value }]) => /** @type {const} */ ([name, this.#read(name, value)]),
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  /**
   * @param {string} name
   * @param {HTMLElement} field
   */
  #row(name, field) {
    const { description } = this.#property(name);
    const type = [typeName(this.#property(name)), this.#isRequired(name) ? "required" : "optional"].join(", ");
    return el(
      "div",
      { class: "field" },
      el("label", { for: field.id }, name, el("span", { class: "hint" }, ` ${type}`)),
      field,
      description !== undefined && el("p", { class: "hint", id: `${field.id}-hint` }, description),
    );
  }

  /**
   * What is typed, in the type that the schema asks for; a text that is none of that type is sent as it is, so that the
   * gateway's refusal can be seen.
   * @param {string} name
   * @param {string} text
   */
  #read(name, text) {
    const type = typeName(this.#property(name));
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
 * @param {string} name
 * @param {Schema} property
 */
function fieldFor(name, property) {
  const id = `argument-${name}`;
  const described = property.description === undefined ? undefined : `${id}-hint`;
  const type = typeName(property);
  const choices = property.enum ?? (type === "boolean" ? [true, false] : undefined);
  if (choices) {
    const texts = choices.map((choice) =>
      typeof choice === "string" && type === "string" ? choice : JSON.stringify(choice),
    );
    return el(
      "select",
      { id, "data-key": id, name, "aria-describedby": described },
      el("option", { value: "" }, "not given"),
      ...texts.map((text) => el("option", { value: text }, text)),
    );
  }
  if (type === "object" || type === "array") {
    return el("textarea", {
      id,
      "data-key": id,
      name,
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
    name,
    autocomplete: "off",
    inputmode: isNumber ? "decimal" : undefined,
    "aria-describedby": described,
  });
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
