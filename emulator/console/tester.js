import { ArgumentFields } from "./arguments.js";
import { el, show } from "./dom.js";
import { callMcp, makeUser, signIn } from "./mcp.js";
import { KINDS, listOfferings } from "./offerings.js";
import { describeNotification, outcomeOf, outcomePart } from "./outcome.js";
import { Question } from "./question.js";
import { state, update } from "./store.js";

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("./offerings.js").Kind} Kind */
/** @typedef {import("./offerings.js").Offering} Offering */

/** The form that signs in and calls what a gateway offers. Tokens live in this object alone, and go when the page goes. */
export class Tester {
  #container;
  #endpointIndex = 0;
  #clientIndex = 0;
  /** @type {{ accessToken: string, username: string, until: number } | undefined} */
  #session;
  /** @type {Offering[] | undefined} */
  #offerings;
  /** @type {Kind} */
  #kind = "tool";
  /** Among those of the kind. */
  #index = 0;
  #asJson = false;
  /** @type {ArgumentFields | undefined} */
  #fields;
  #username = el("input", {
    id: "username",
    "data-key": "username",
    name: "username",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
  });
  #password = el("input", {
    id: "password",
    "data-key": "password",
    name: "password",
    type: "password",
    autocomplete: "off",
    required: true,
  });
  /** @type {import("./outcome.js").Outcome | undefined} */
  #outcome;
  /** What the call under way asks: one after the other. @type {Question[]} */
  #questions = [];
  #asked = 0;
  #isBusy = false;
  /** What was shown last, so that typing is not disturbed by calls that come in. */
  #shown = "";

  /** @param {HTMLElement} container */
  constructor(container) {
    this.#container = container;
  }

  show() {
    const endpoints = state.system?.endpoints ?? [];
    const shown = JSON.stringify([
      endpoints,
      this.#endpointIndex,
      this.#clientIndex,
      this.#session?.username,
      this.#offerings,
      this.#kind,
      this.#index,
      this.#asJson,
      this.#outcome,
      [this.#asked, this.#questions.length],
      this.#isBusy,
    ]);
    if (shown === this.#shown || !state.system) return;
    this.#shown = shown;
    const endpoint = endpoints[this.#endpointIndex] ?? endpoints[0];
    if (!endpoint) return show(this.#container, el("p", { class: "empty" }, "No gateway stands yet."));
    show(
      this.#container,
      endpoints.length > 1 &&
        choice(
          "endpoint",
          "Gateway",
          endpoints.map(({ name }) => name),
          this.#endpointIndex,
          (index) => this.#selectEndpoint(index),
        ),
      this.#signInPart(endpoint),
      this.#callPart(endpoint),
      this.#outcome && outcomePart(this.#outcome),
      this.#questions[0]?.element(),
    );
    this.#container.querySelector(".question, .outcome")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {McpEndpoint} endpoint */
  #signInPart(endpoint) {
    const { authorizerType, signs, signIn: clients } = endpoint;
    if (authorizerType === "NONE") return el("p", { class: "hint" }, "This gateway is open: no sign-in is needed.");
    if (this.#session) {
      const until = new Date(this.#session.until).toLocaleTimeString([], {
        hour: "2-digit",
        minute: "2-digit",
        hour12: false,
      });
      return el(
        "p",
        { class: "session" },
        el(
          "span",
          {},
          el("span", { class: "unseen" }, "Signed in as "),
          el("b", {}, this.#session.username),
          ` until ${until}`,
        ),
        el(
          "button",
          {
            type: "button",
            class: "quiet",
            "data-key": "sign-out",
            click: () => this.#change(() => (this.#session = undefined)),
          },
          "Sign out",
        ),
      );
    }
    if (signs) return el("p", { class: "hint" }, "The page signs requests as the account's administrator.");
    const client = clients[this.#clientIndex] ?? clients[0];
    if (!client) {
      return el(
        "p",
        { class: "hint" },
        "No client without a secret allows USER_PASSWORD_AUTH, so the page cannot sign in.",
      );
    }
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#signIn(endpoint, this.#username.value, this.#password.value);
    };
    const names = clients.map(({ clientName, poolName }) =>
      clients.length > 1 ? `${clientName} of ${poolName}` : clientName,
    );
    return el(
      "form",
      { class: "fields", submit },
      clients.length > 1 &&
        choice("client", "Client", names, this.#clientIndex, (index) =>
          this.#change(() => (this.#clientIndex = index)),
        ),
      el(
        "div",
        { class: "two" },
        el("div", { class: "field" }, el("label", { for: "username" }, "User name"), this.#username),
        el("div", { class: "field" }, el("label", { for: "password" }, "Password"), this.#password),
      ),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          {
            type: "button",
            class: "primary",
            "aria-disabled": String(this.#isBusy),
            "data-key": "make-user",
            click: () => void this.#makeUser(endpoint),
          },
          "Create a user and sign in",
        ),
        el("button", { type: "submit", "aria-disabled": String(this.#isBusy), "data-key": "sign-in" }, "Sign in"),
      ),
    );
  }

  /** @param {McpEndpoint} endpoint */
  #callPart(endpoint) {
    const reload = (/** @type {string} */ label) =>
      el(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-disabled": String(this.#isBusy),
          "data-key": "list",
          click: () => void this.#list(endpoint),
        },
        label,
      );
    const isLetIn = this.#session !== undefined || endpoint.authorizerType === "NONE" || endpoint.signs;
    if (!this.#offerings) return isLetIn ? el("p", {}, reload("List what it offers")) : undefined;
    const offering = this.#ofKind()[this.#index];
    if (!offering || !this.#fields) {
      return el("p", { class: "hint" }, "The gateway lists nothing. ", reload("List again"));
    }
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#call(endpoint, offering);
    };
    const { action, label } = KINDS[this.#kind];
    const { name, description, schema } = offering;
    return el(
      "form",
      { class: "fields", submit },
      this.#kindChoice(),
      el("div", { class: "with-action" }, this.#offeringChoice(label), reload("List again")),
      description !== undefined && el("p", { class: "hint clamp", title: description }, description),
      ...this.#fields.elements(),
      this.#kind === "tool" &&
        el(
          "details",
          { class: "schema", "data-key": `schema-${name}` },
          el("summary", {}, "Input schema"),
          el("p", { class: "url" }, name),
          el(
            "pre",
            { tabindex: "0", role: "region", "aria-label": "Input schema" },
            JSON.stringify(schema, undefined, 2),
          ),
        ),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "submit", class: "primary", "aria-disabled": String(this.#isBusy), "data-key": "call" },
          isLetIn ? action : `${action} without a token`,
        ),
        el(
          "button",
          {
            type: "button",
            class: "toggle",
            "aria-pressed": String(this.#asJson),
            "data-key": "as-json",
            click: () => this.#setFields(this.#index, !this.#asJson),
          },
          "As JSON",
        ),
      ),
    );
  }

  /** @param {Kind} kind */
  #ofKind(kind = this.#kind) {
    return (this.#offerings ?? []).filter((offering) => offering.kind === kind);
  }

  /** A button for each kind, where the gateway has more than one. */
  #kindChoice() {
    const kinds = /** @type {Kind[]} */ (Object.keys(KINDS)).filter((kind) => this.#ofKind(kind).length > 0);
    if (kinds.length < 2) return undefined;
    const buttons = kinds.map((kind) =>
      el(
        "button",
        {
          type: "button",
          class: "toggle",
          "aria-pressed": String(kind === this.#kind),
          "data-key": `kind-${kind}`,
          click: () => this.#selectKind(kind),
        },
        `${KINDS[kind].plural} ${this.#ofKind(kind).length}`,
      ),
    );
    return el("div", { class: "actions", role: "group", "aria-label": "Offered" }, ...buttons);
  }

  /**
   * Tools and prompts below their targets, which may have some of the same name.
   * @param {string} label
   */
  #offeringChoice(label) {
    const select = el("select", {
      id: "offering",
      "data-key": "offering",
      change: () => this.#select(select.selectedIndex),
    });
    /** @type {HTMLElement} */
    let list = select;
    this.#ofKind().forEach(({ name, label: text, group }, index) => {
      if (group !== "" && list.getAttribute("label") !== group) {
        select.append((list = el("optgroup", { label: group })));
      }
      list.append(el("option", { value: name, selected: index === this.#index }, text));
    });
    return el("div", { class: "field" }, el("label", { for: "offering" }, label), select);
  }

  /** @param {number} index */
  #selectEndpoint(index) {
    this.#change(() => {
      this.#endpointIndex = index;
      this.#clientIndex = 0;
      this.#session = undefined;
      this.#offerings = undefined;
      this.#outcome = undefined;
    });
  }

  /** @param {Kind} kind */
  #selectKind(kind) {
    this.#kind = kind;
    this.#select(0);
  }

  /** @param {number} index */
  #select(index) {
    this.#outcome = undefined;
    this.#setFields(index, this.#asJson);
  }

  /**
   * @param {number} index
   * @param {boolean} asJson
   */
  #setFields(index, asJson) {
    this.#change(() => {
      const offering = this.#ofKind()[index];
      this.#index = index;
      this.#asJson = asJson;
      this.#fields = offering && new ArgumentFields(offering.schema, { asJson });
    });
  }

  /** @param {McpEndpoint} endpoint */
  async #makeUser(endpoint) {
    const client = endpoint.signIn[this.#clientIndex];
    if (!client) return;
    await this.#attempt(async () => {
      const { username, password } = await makeUser(client);
      this.#username.value = username;
      this.#password.value = password;
      await this.#openSession(endpoint, username, password);
    });
  }

  /**
   * @param {McpEndpoint} endpoint
   * @param {string} username
   * @param {string} password
   */
  #signIn(endpoint, username, password) {
    return this.#attempt(() => this.#openSession(endpoint, username, password));
  }

  /**
   * @param {McpEndpoint} endpoint
   * @param {string} username
   * @param {string} password
   */
  async #openSession(endpoint, username, password) {
    const client = endpoint.signIn[this.#clientIndex];
    if (!client) return;
    const { accessToken, expiresIn } = await signIn(client, username, password);
    this.#password.value = "";
    this.#session = { accessToken, username, until: Date.now() + expiresIn * 1000 };
    await this.#readOfferings(endpoint);
  }

  /** @param {McpEndpoint} endpoint */
  #list(endpoint) {
    return this.#attempt(() => this.#readOfferings(endpoint));
  }

  /** @param {McpEndpoint} endpoint */
  async #readOfferings(endpoint) {
    this.#offerings = await listOfferings(endpoint, this.#session?.accessToken);
    this.#kind = "tool";
    const own = this.#ofKind().findIndex(({ group }) => group !== "");
    this.#setFields(Math.max(0, own), this.#asJson);
  }

  /**
   * @param {McpEndpoint} endpoint
   * @param {Offering} offering
   */
  async #call(endpoint, offering) {
    update({ follow: true });
    /** @type {string[]} */
    const told = [];
    await this.#attempt(async () => {
      const message = offering.request(this.#fields?.value());
      const tell = (/** @type {string} */ line) => {
        told.push(line);
        this.#change(() => (this.#outcome = { state: "running", text: "Under way", told: [...told] }));
      };
      const answer = await callMcp(endpoint, this.#session?.accessToken, message, {
        notify: (notification) => tell(describeNotification(notification)),
        ask: (elicitation) => this.#ask(elicitation, tell),
      });
      this.#outcome = { ...outcomeOf(answer), told };
    });
  }

  /**
   * @param {import("./mcp.js").Elicitation} elicitation
   * @param {(line: string) => void} tell what is answered
   * @returns {Promise<import("./mcp.js").Reply>}
   */
  #ask(elicitation, tell) {
    return new Promise((resolve) => {
      const question = new Question(elicitation, (reply) => {
        this.#questions = this.#questions.filter((other) => other !== question);
        tell(`answered: ${reply.action}`);
        resolve(reply);
      });
      this.#change(() => {
        this.#asked += 1;
        this.#questions.push(question);
      });
    });
  }

  /**
   * Runs one step of the form; what goes wrong is shown in it.
   * @param {() => Promise<void>} step
   */
  async #attempt(step) {
    if (this.#isBusy) return;
    this.#change(() => {
      this.#isBusy = true;
      this.#outcome = undefined;
    });
    try {
      await step();
    } catch (error) {
      this.#outcome = { state: "refused", text: error instanceof Error ? error.message : String(error) };
    }
    this.#change(() => {
      this.#isBusy = false;
      this.#questions = [];
    });
  }

  /** @param {() => void} change */
  #change(change) {
    change();
    update({});
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {readonly string[]} options
 * @param {number} selected
 * @param {(index: number) => void} onSelect
 */
function choice(id, label, options, selected, onSelect) {
  const select = el(
    "select",
    { id, "data-key": id, change: () => onSelect(select.selectedIndex) },
    ...options.map((text, index) => el("option", { selected: index === selected }, text)),
  );
  return el("div", { class: "field" }, el("label", { for: id }, label), select);
}
