import { ArgumentFields } from "./arguments";
import { button, el } from "./dom";
import type { Elicitation, Reply } from "./mcp";

/** What a target asks a person while it works: to fill in a form, or to open a page. */
export class Question {
  #elicitation;
  #answer;
  #fields: ArgumentFields | undefined;

  constructor(elicitation: Elicitation, answer: (reply: Reply) => void) {
    this.#elicitation = elicitation;
    this.#answer = answer;
    const { mode, requestedSchema = {} } = elicitation;
    if (mode !== "url") this.#fields = new ArgumentFields(requestedSchema, { named: "answer" });
  }

  element() {
    const { message = "", url = "" } = this.#elicitation;
    const submit = (event: Event) => {
      event.preventDefault();
      this.#answer({ action: "accept", ...(this.#fields && { content: this.#fields.value() }) });
    };
    const refuse = (action: "decline" | "cancel", label: string) =>
      button(action, label, { click: () => this.#answer({ action }) });
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

/** A link to a page of this emulator; where another leads is said. */
export function pageLink(url: string) {
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "", port: "" };
  const isOwn = protocol === location.protocol && LOOPBACK.includes(hostname) && port === location.port;
  return isOwn
    ? el("a", { href: url, target: "_blank", rel: "noopener", "data-key": "consent" }, "Open the page")
    : el("p", { class: "url" }, `It leads off this machine, where the page does not go: ${url}`);
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
