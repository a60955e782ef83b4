import type { GatewayEndpoint } from "../view/model";
import { ArgumentFields } from "./arguments";
import { type Attributes, button, code, el, field, show, toggle } from "./dom";
import { callMcp, callTarget, type Elicitation, makeUser, type Reply, signIn } from "./mcp";
import { type Kind, KINDS, listOfferings, type Offering } from "./offerings";
import { describeNotification, type Outcome, outcomeOf, outcomeOfTarget, outcomePart } from "./outcome";
import { Question } from "./question";
import { state, update } from "./store";

/** The form that signs in and calls what a gateway offers. Tokens live in this object alone, and go when the page goes. */
export class Tester {
  #container;
  #endpointIndex = 0;
  #clientIndex = 0;
  #session: { accessToken: string; username: string; until: number } | undefined;
  #offerings: Offering[] | undefined;
  #kind: Kind = "tool";
  /** Among those of the kind. */
  #index = 0;
  #asJson = false;
  #fields: ArgumentFields | undefined;
  #username = credential("username", { spellcheck: "false" });
  #password = credential("password", { type: "password" });
  #outcome: Outcome | undefined;
  /** What the call under way asks: one after the other. */
  #questions: Question[] = [];
  #asked = 0;
  #isBusy = false;
  /** What was shown last, so that typing is not disturbed by calls that come in. */
  #shown = "";

  constructor(container: HTMLElement) {
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

  #signInPart(endpoint: GatewayEndpoint) {
    const { signs, signIn: clients } = endpoint;
    if (isOpen(endpoint)) return el("p", { class: "hint" }, "This gateway is open: no sign-in is needed.");
    if (this.#session) {
      const until = new Date(this.#session.until).toLocaleTimeString([], {
        hour: "2-digit",
        minute: "2-digit",
        hour12: false,
      });
      const who = el("b", {}, this.#session.username);
      return el(
        "p",
        { class: "session" },
        el("span", {}, el("span", { class: "unseen" }, "Signed in as "), who, ` until ${until}`),
        button("sign-out", "Sign out", {
          class: "quiet",
          click: () => this.#change(() => (this.#session = undefined)),
        }),
      );
    }
    if (signs) return el("p", { class: "hint" }, "The page signs requests as the account's administrator.");
    const client = clients[this.#clientIndex] ?? clients[0];
    if (!client) {
      const reason = "No client without a secret allows USER_PASSWORD_AUTH, so the page cannot sign in.";
      return el("p", { class: "hint" }, reason);
    }
    const submit = (event: Event) => {
      event.preventDefault();
      void this.#attempt(() => this.#openSession(endpoint, this.#username.value, this.#password.value));
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
      el("div", { class: "two" }, field("User name", this.#username), field("Password", this.#password)),
      el(
        "div",
        { class: "actions" },
        this.#step("make-user", "Create a user and sign in", {
          class: "primary",
          click: () => void this.#makeUser(endpoint),
        }),
        this.#step("sign-in", "Sign in", { type: "submit" }),
      ),
    );
  }

  #callPart(endpoint: GatewayEndpoint) {
    const list = () => void this.#attempt(() => this.#readOfferings(endpoint));
    const reload = (label: string) => this.#step("list", label, { class: "quiet", click: list });
    const isLetIn = this.#session !== undefined || isOpen(endpoint) || endpoint.signs;
    if (!this.#offerings) return isLetIn ? el("p", {}, reload("List what it offers")) : undefined;
    const offering = this.#ofKind()[this.#index];
    if (!offering || !this.#fields) {
      return el("p", { class: "hint" }, "The gateway lists nothing. ", reload("List again"));
    }
    const submit = (event: Event) => {
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
          code("Input schema", JSON.stringify(schema, undefined, 2)),
        ),
      el(
        "div",
        { class: "actions" },
        this.#step("call", isLetIn ? action : `${action} without a token`, { type: "submit", class: "primary" }),
        toggle("as-json", "As JSON", this.#asJson, () => this.#setFields(this.#index, !this.#asJson)),
      ),
    );
  }

  /** A button for what is done one at a time. */
  #step(key: string, label: string, attributes: Attributes) {
    return button(key, label, { "aria-disabled": String(this.#isBusy), ...attributes });
  }

  #ofKind(kind: Kind = this.#kind) {
    return (this.#offerings ?? []).filter((offering) => offering.kind === kind);
  }

  /** A button for each kind, where the gateway has more than one. */
  #kindChoice() {
    const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => this.#ofKind(kind).length > 0);
    if (kinds.length < 2) return undefined;
    const buttons = kinds.map((kind) => {
      const label = `${KINDS[kind].plural} ${this.#ofKind(kind).length}`;
      return toggle(`kind-${kind}`, label, kind === this.#kind, () => this.#select(kind, 0));
    });
    return el("div", { class: "actions", role: "group", "aria-label": "Offered" }, ...buttons);
  }

  /** Tools and prompts below their targets, which may have some of the same name. */
  #offeringChoice(label: string) {
    const select = el("select", {
      id: "offering",
      "data-key": "offering",
      change: () => this.#select(this.#kind, select.selectedIndex),
    });
    let list: HTMLElement = select;
    this.#ofKind().forEach(({ name, label: text, group }, index) => {
      if (group !== "" && list.getAttribute("label") !== group) {
        select.append((list = el("optgroup", { label: group })));
      }
      list.append(el("option", { value: name, selected: index === this.#index }, text));
    });
    return field(label, select);
  }

  #selectEndpoint(index: number) {
    this.#change(() => {
      this.#endpointIndex = index;
      this.#clientIndex = 0;
      this.#session = undefined;
      this.#offerings = undefined;
      this.#outcome = undefined;
    });
  }

  /** What is shown already keeps its fields, with what has been typed. */
  #select(kind: Kind, index: number) {
    if (kind === this.#kind && index === this.#index) return;
    this.#kind = kind;
    this.#outcome = undefined;
    this.#setFields(index, this.#asJson);
  }

  #setFields(index: number, asJson: boolean) {
    this.#change(() => {
      const offering = this.#ofKind()[index];
      this.#index = index;
      this.#asJson = asJson;
      this.#fields = offering && new ArgumentFields(offering.schema, { asJson });
    });
  }

  async #makeUser(endpoint: GatewayEndpoint) {
    const client = endpoint.signIn[this.#clientIndex];
    if (!client) return;
    await this.#attempt(async () => {
      const { username, password } = await makeUser(client);
      this.#username.value = username;
      this.#password.value = password;
      await this.#openSession(endpoint, username, password);
    });
  }

  async #openSession(endpoint: GatewayEndpoint, username: string, password: string) {
    const client = endpoint.signIn[this.#clientIndex];
    if (!client) return;
    const { accessToken, expiresIn } = await signIn(client, username, password);
    this.#password.value = "";
    this.#session = { accessToken, username, until: Date.now() + expiresIn * 1000 };
    await this.#readOfferings(endpoint);
  }

  async #readOfferings(endpoint: GatewayEndpoint) {
    this.#offerings = await listOfferings({ endpoint, token: this.#session?.accessToken });
    this.#kind = this.#offerings[0]?.kind ?? "tool";
    const own = this.#ofKind().findIndex(({ group }) => group !== "");
    this.#setFields(Math.max(0, own), this.#asJson);
  }

  async #call(endpoint: GatewayEndpoint, offering: Offering) {
    update({ follow: true });
    const told: string[] = [];
    await this.#attempt(async () => {
      const { request } = offering;
      const values = this.#fields?.value();
      const access = { endpoint, token: this.#session?.accessToken };
      const tell = (line: string) => {
        told.push(line);
        this.#change(() => (this.#outcome = { state: "running", text: "Under way", told: [...told] }));
      };
      if (typeof request === "string") {
        this.#outcome = { ...outcomeOfTarget(await callTarget(access, request, values, tell)), told };
        return;
      }
      const answer = await callMcp(access, request(values as Record<string, unknown>), {
        notify: (notification) => tell(describeNotification(notification)),
        ask: (elicitation) => this.#ask(elicitation, tell),
      });
      this.#outcome = { ...outcomeOf(answer), told };
    });
  }

  /** @param tell what is answered */
  #ask(elicitation: Elicitation, tell: (line: string) => void): Promise<Reply> {
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

  /** Runs one step of the form; what goes wrong is shown in it. */
  async #attempt(step: () => Promise<void>) {
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

  #change(change: () => void) {
    change();
    update({});
  }
}

/** Whether callers show nothing, to the gateway or behind it. */
function isOpen({ authorizerType, httpTargets = [] }: GatewayEndpoint): boolean {
  return authorizerType === "NONE" && !httpTargets.some(({ passesToken }) => passesToken);
}

function choice(
  id: string,
  label: string,
  options: readonly string[],
  selected: number,
  onSelect: (index: number) => void,
) {
  const select = el(
    "select",
    { id, "data-key": id, change: () => onSelect(select.selectedIndex) },
    ...options.map((text, index) => el("option", { selected: index === selected }, text)),
  );
  return field(label, select);
}

function credential(id: string, attributes: Attributes) {
  return el("input", { id, "data-key": id, name: id, autocomplete: "off", required: true, ...attributes });
}
