import { ArgumentFields } from "./arguments.js";
import { el, show } from "./dom.js";
import { pretty, targetName, toolName } from "./format.js";
import { callTool, listTools, makeUser, signIn } from "./mcp.js";
import { state, update } from "./store.js";

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("./mcp.js").Tool} Tool */

/** The form that signs in and calls tools. Tokens live in this object alone, and go when the page goes. */
export class Tester {
  #container;
  #endpointIndex = 0;
  #clientIndex = 0;
  /** @type {{ accessToken: string, username: string, until: number } | undefined} */
  #session;
  /** @type {Tool[] | undefined} */
  #tools;
  #toolIndex = 0;
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
  /** @type {{ text: string, isError: boolean, body?: string } | undefined} */
  #outcome;
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
      this.#tools,
      this.#toolIndex,
      this.#asJson,
      this.#outcome,
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
      this.#toolPart(endpoint),
      this.#outcome && this.#outcomePart(this.#outcome),
    );
    this.#container.querySelector(".outcome")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {McpEndpoint} endpoint */
  #signInPart(endpoint) {
    const { authorizerType, signIn: clients } = endpoint;
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
    if (authorizerType === "AWS_IAM") {
      return el(
        "p",
        { class: "hint" },
        "This gateway takes requests signed with SigV4, which this page does not make.",
      );
    }
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
  #toolPart(endpoint) {
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
    const tools = this.#tools;
    if (!tools) {
      return this.#session || endpoint.authorizerType === "NONE" ? el("p", {}, reload("List the tools")) : undefined;
    }
    const tool = tools[this.#toolIndex];
    if (!tool || !this.#fields) return el("p", { class: "hint" }, "The gateway lists no tools. ", reload("List again"));
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#call(endpoint, tool);
    };
    return el(
      "form",
      { class: "fields", submit },
      el("div", { class: "with-action" }, this.#toolChoice(tools), reload("List again")),
      tool.description !== undefined && el("p", { class: "hint clamp", title: tool.description }, tool.description),
      ...this.#fields.elements(),
      el(
        "details",
        { class: "schema", "data-key": `schema-${tool.name}` },
        el("summary", {}, "Input schema"),
        el("p", { class: "url" }, tool.name),
        el(
          "pre",
          { tabindex: "0", role: "region", "aria-label": "Input schema" },
          JSON.stringify(tool.inputSchema, undefined, 2),
        ),
      ),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "submit", class: "primary", "aria-disabled": String(this.#isBusy), "data-key": "call" },
          this.#session || endpoint.authorizerType === "NONE" ? "Call" : "Call without a token",
        ),
        el(
          "button",
          {
            type: "button",
            class: "toggle",
            "aria-pressed": String(this.#asJson),
            "data-key": "as-json",
            click: () => this.#setFields(this.#toolIndex, !this.#asJson),
          },
          "As JSON",
        ),
      ),
    );
  }

  /**
   * Tools below their targets, which may have tools of the same name.
   * @param {readonly Tool[]} tools
   */
  #toolChoice(tools) {
    const select = el("select", {
      id: "tool",
      "data-key": "tool",
      change: () => this.#selectTool(select.selectedIndex),
    });
    /** @type {HTMLElement} */
    let group = select;
    tools.forEach(({ name }, index) => {
      const target = targetName(name);
      if (target !== "" && group.getAttribute("label") !== target) {
        select.append((group = el("optgroup", { label: target })));
      }
      group.append(el("option", { value: name, selected: index === this.#toolIndex }, toolName(name)));
    });
    return el("div", { class: "field" }, el("label", { for: "tool" }, "Tool"), select);
  }

  /** @param {{ text: string, isError: boolean, body?: string }} outcome */
  #outcomePart({ text, isError, body }) {
    return el(
      "div",
      { class: `outcome ${isError ? "refused" : "passed"}`, role: "status" },
      el(
        "p",
        {},
        el("span", { class: `mark ${isError ? "refused" : "passed"}`, "aria-hidden": "true" }, isError ? "✕" : "✓"),
        text,
      ),
      body !== undefined && el("pre", { tabindex: "0", role: "region", "aria-label": "Answer" }, body),
    );
  }

  /** @param {number} index */
  #selectEndpoint(index) {
    this.#change(() => {
      this.#endpointIndex = index;
      this.#clientIndex = 0;
      this.#session = undefined;
      this.#tools = undefined;
      this.#outcome = undefined;
    });
  }

  /** @param {number} index */
  #selectTool(index) {
    this.#outcome = undefined;
    this.#setFields(index, this.#asJson);
  }

  /**
   * @param {number} toolIndex
   * @param {boolean} asJson
   */
  #setFields(toolIndex, asJson) {
    this.#change(() => {
      const tool = this.#tools?.[toolIndex];
      this.#toolIndex = toolIndex;
      this.#asJson = asJson;
      this.#fields = tool && new ArgumentFields(tool, asJson);
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
    await this.#readTools(endpoint);
  }

  /** @param {McpEndpoint} endpoint */
  #list(endpoint) {
    return this.#attempt(() => this.#readTools(endpoint));
  }

  /** @param {McpEndpoint} endpoint */
  async #readTools(endpoint) {
    this.#tools = await listTools(endpoint, this.#session?.accessToken);
    const own = this.#tools.findIndex(({ name }) => name.includes("___"));
    this.#setFields(Math.max(0, own), this.#asJson);
  }

  /**
   * @param {McpEndpoint} endpoint
   * @param {Tool} tool
   */
  async #call(endpoint, tool) {
    update({ follow: true });
    await this.#attempt(async () => {
      const { status, body } = await callTool(endpoint, this.#session?.accessToken, tool.name, this.#fields?.value());
      const { result, error } = /** @type {{ result?: { isError?: boolean }, error?: { message: string } }} */ (body);
      const isError = status >= 400 || error !== undefined || result?.isError === true;
      const text = `HTTP ${status}${error ? `, ${error.message}` : result?.isError ? ", the result is an error" : ""}`;
      this.#outcome = {
        text,
        isError,
        body: typeof body === "string" ? body : pretty(JSON.stringify(result ?? error ?? body)),
      };
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
      this.#outcome = { text: error instanceof Error ? error.message : String(error), isError: true };
    }
    this.#change(() => (this.#isBusy = false));
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
