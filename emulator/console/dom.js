/** What calls bring is inserted as text only: nothing here, nor anywhere on the page, parses HTML. */

/** @typedef {Node | string | number | false | null | undefined} Child */
/** @typedef {Record<string, string | number | boolean | ((event: any) => void) | undefined>} Attributes */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes] functions are listeners, named by their event
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

/** @param {Child[]} children */
function present(children) {
  return children.flatMap((child) =>
    child === false || child === null || child === undefined ? [] : [child instanceof Node ? child : String(child)],
  );
}

/**
 * The element of `index.html` with the id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element #${id}`);
  return found;
}

/**
 * Replaces what a container shows, unless it shows that already: a button that is being pressed must stay. The
 * keyboard's focus and the open details stay where their `data-key` is.
 * @param {HTMLElement} container
 * @param {...Child} children
 */
export function show(container, ...children) {
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
