import { ArgumentFields } from "./arguments.js";
import { el } from "./dom.js";

/** @typedef {import("./mcp.js").Elicitation} Elicitation */
/** @typedef {import("./mcp.js").Reply} Reply */

/** What a target asks a person while it works: to fill in a form, or to open a page. */
export class Question {
  #elicitation;
  #answer;
  /** @type {ArgumentFields | undefined} */
  #fields;

  /**
   * @param {Elicitation} elicitation
   * @param {(reply: Reply) => void} answer
   */
  constructor(elicitation, answer) {
    this.#elicitation = elicitation;
    this.#answer = answer;
    const { mode, requestedSchema = {} } = elicitation;
    if (mode !== "url") this.#fields = new ArgumentFields(requestedSchema, { named: "answer" });
  }

  element() {
    const { message = "", url = "" } = this.#elicitation;
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#answer({ action: "accept", ...(this.#fields && { content: this.#fields.value() }) });
    };
    const refuse = (/** @type {"decline" | "cancel"} */ action, /** @type {string} */ label) =>
      el("button", { type: "button", "data-key": action, click: () => this.#answer({ action }) }, label);
    return el(
      "form",
      { class: "question fields", "aria-labelledby": "question", submit },
      el("h3", { id: "question" }, "The target asks"),
      el("p", {}, message),
      ...(this.#fields ? this.#fields.elements() : [pageLink(url)]),
      el(
        "div",
        { class: "actions" },
        el("button", { type: "submit", class: "primary", "data-key": "accept" }, this.#fields ? "Accept" : "Done"),
        refuse("decline", "Decline"),
        refuse("cancel", "Cancel"),
      ),
    );
  }
}

/**
 * A link to a page of this emulator; where another leads is said.
 * @param {string} url
 */
export function pageLink(url) {
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "", port: "" };
  const isOwn = protocol === location.protocol && LOOPBACK.includes(hostname) && port === location.port;
  return isOwn
    ? el("a", { href: url, target: "_blank", rel: "noopener", "data-key": "consent" }, "Open the page")
    : el("p", { class: "url" }, `It leads off this machine, where the page does not go: ${url}`);
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
