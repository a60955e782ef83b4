/** What calls bring is inserted as text only: nothing here, nor anywhere on the page, parses HTML. */

export type Child = Node | string | number | false | null | undefined;
export type Attributes = Record<string, string | number | boolean | EventListener | undefined>;

const SVG = "http://www.w3.org/2000/svg";

/** @param attributes functions are listeners, named by their event */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

function present(children: readonly Child[]) {
  return children.flatMap((child) =>
    child === false || child === null || child === undefined ? [] : [child instanceof Node ? child : String(child)],
  );
}

/** A button, whose key keeps it the keyboard's focus. */
export function button(key: string, label: string, attributes: Attributes) {
  return el("button", { type: "button", "data-key": key, ...attributes }, label);
}

export function toggle(key: string, label: string, isOn: boolean, click: () => void) {
  return button(key, label, { class: "toggle", "aria-pressed": String(isOn), click });
}

/** What is typed or chosen, below what it is called. */
export function field(label: string, control: HTMLElement) {
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control);
}

/** A text that the keyboard can scroll. */
export function code(label: string, text: string) {
  return el("pre", { tabindex: "0", role: "region", "aria-label": label }, text);
}

/** The element of `index.html` with the id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element #${id}`);
  return found;
}

/**
 * Replaces what a container shows, unless it shows that already: a button that is being pressed must stay. The
 * keyboard's focus and the open details stay where their `data-key` is.
 */
export function show(container: HTMLElement, ...children: readonly Child[]) {
  const nodes = present(children).map((child) => (child instanceof Node ? child : document.createTextNode(child)));
  if (
    nodes.length === container.childNodes.length &&
    nodes.every((node, index) => node.isEqualNode(container.childNodes[index] ?? null))
  ) {
    return;
  }
  const focused =
    document.activeElement instanceof HTMLElement && container.contains(document.activeElement)
      ? document.activeElement.dataset["key"]
      : undefined;
  const toggled = new Map(
    [...container.querySelectorAll("details")].map((details) => [details.dataset["key"], details.open]),
  );
  container.replaceChildren(...nodes);
  for (const details of container.querySelectorAll("details")) {
    details.open = toggled.get(details.dataset["key"]) ?? details.open;
  }
  if (focused !== undefined) {
    const again = [...container.querySelectorAll("[data-key]")].find(
      (element) => element instanceof HTMLElement && element.dataset["key"] === focused,
    );
    const next = again ?? container.querySelector("select, input, button");
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }
}
