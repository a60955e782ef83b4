import { byId, svg } from "./dom.js";
import { hopState, shortenStart, STATES, worstState } from "./format.js";
import { layOut, route } from "./layout.js";

/** @typedef {import("../trace/call").Call} Call */
/** @typedef {import("../view/model").Station} Station */
/** @typedef {import("../view/model").Link} Link */
/** @typedef {import("../view/model").ConsoleSystem} System */

/** Widths of characters in the picture's type, in pixels; SVG does not shorten texts by itself. */
const NAME_WIDTH = 6.3;
/** Boxes below this have room for "Outbound pool" alone. */
const ROOMY_WIDTH = 150;

/** The system as a picture; what a call does in it is shown on top. */
export class Picture {
  /** @type {Map<string, { group: SVGGElement, name: string }>} */
  #stations = new Map();
  /** @type {{ link: Link, path: SVGPathElement }[]} */
  #links = [];
  /** @type {System | undefined} */
  #system;
  #width = 0;
  /** @type {SVGSVGElement} */
  #root = svg("svg");
  /** @type {(stationId: string) => void} */
  #onSelect;

  /** @param {(stationId: string) => void} onSelect */
  constructor(onSelect) {
    this.#onSelect = onSelect;
  }

  /**
   * Draws the system, unless it stands there as it is.
   * @param {System} system
   * @param {number} width
   * @returns {boolean} whether it was drawn
   */
  draw(system, width) {
    if (system === this.#system && width === this.#width) return false;
    this.#system = system;
    this.#width = width;
    const layout = layOut(system.stations, width);
    this.#stations = new Map();
    this.#links = [];
    const links = system.links.flatMap((link) => this.#drawLink(link, layout));
    const stations = system.stations.flatMap((station) => this.#drawStation(station, layout.boxes.get(station.id)));
    this.#root = svg(
      "svg",
      {
        viewBox: `0 0 ${layout.width} ${layout.height}`,
        width: layout.width,
        height: layout.height,
        role: "group",
        "aria-labelledby": "picture-title",
      },
      arrowHeads(),
      legend(layout.legend),
      ...links,
      ...stations,
    );
    byId("picture").replaceChildren(this.#root);
    return true;
  }

  /**
   * @param {Link} link
   * @param {import("./layout.js").Layout} layout
   */
  #drawLink(link, layout) {
    const routed = route(link, layout);
    if (!routed) return [];
    const path = svg("path", { d: routed.path, class: `link ${link.kind}`, "marker-end": `url(#arrow-${link.kind})` });
    this.#links.push({ link, path });
    if (!routed.label) return [path];
    const { x, y, anchor } = routed.label;
    return [
      path,
      svg("text", { x, y, "text-anchor": anchor, class: `link-label ${link.kind}`, "aria-hidden": "true" }, link.label),
    ];
  }

  /**
   * @param {Station} station
   * @param {import("./layout.js").Box | undefined} box
   */
  #drawStation(station, box) {
    if (!box) return [];
    const { id, kind, title, name, failed } = station;
    const select = () => this.#onSelect(id);
    const group = svg(
      "g",
      {
        class: `station ${kind}${failed ? " failed" : ""}`,
        transform: `translate(${box.x} ${box.y})`,
        role: "button",
        tabindex: "0",
        "data-station": id,
        click: select,
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          select();
        },
      },
      svg("title", {}),
      svg("rect", { width: box.width, height: box.height, rx: 8 }),
      svg(
        "text",
        { x: 11, y: 25, class: "station-title", "aria-hidden": "true" },
        box.width < ROOMY_WIDTH ? title.replace(" user ", " ") : title,
      ),
      svg(
        "text",
        { x: 11, y: 43, class: "station-name", "aria-hidden": "true" },
        shortenStart(name, Math.floor((box.width - 20) / NAME_WIDTH)),
      ),
      svg(
        "g",
        { class: "badge", "aria-hidden": "true", transform: `translate(${box.width - 4} 4)` },
        svg("circle", { r: 9 }),
        svg("text", { y: 4, "text-anchor": "middle" }),
      ),
    );
    this.#stations.set(id, { group, name: `${title}: ${name}` });
    this.#mark(id, undefined);
    return [group];
  }

  /** Takes every trace of a call off the picture. */
  clear() {
    for (const { path } of this.#links) path.classList.remove("travelled");
    for (const id of this.#stations.keys()) this.#mark(id, undefined);
  }

  /**
   * Shows what the first hops of a call have done.
   * @param {Call} call
   * @param {number} [count]
   */
  showHops(call, count = call.hops.length) {
    this.clear();
    const { hops, request } = call;
    for (let index = 0; index < count; index += 1) {
      this.linkInto(hops, index, request !== undefined)?.classList.add("travelled");
    }
    for (const id of this.#stations.keys()) {
      const states = hops.slice(0, count).flatMap((hop, index) => (hop.station === id ? [hopState(call, index)] : []));
      this.#mark(id, worstState(states));
    }
  }

  /**
   * The arrow that a call has taken to a hop: from the latest station before it that has one.
   * @param {Call["hops"]} hops
   * @param {number} index
   * @param {boolean} fromOutside
   * @returns {SVGPathElement | undefined}
   */
  linkInto(hops, index, fromOutside) {
    const to = hops[index]?.station;
    const before = hops.slice(0, index).map(({ station }) => station);
    if (to === undefined || before.at(-1) === to) return undefined;
    const candidates = [...before.reverse(), ...(fromOutside ? ["caller"] : [])];
    for (const from of candidates) {
      const found = this.#links.find(({ link }) => link.kind === "call" && link.from === from && link.to === to);
      if (found) return found.path;
    }
    return undefined;
  }

  /** @param {string | undefined} selected */
  select(selected) {
    for (const [id, { group }] of this.#stations) {
      group.classList.toggle("selected", id === selected);
      group.setAttribute("aria-pressed", String(id === selected));
    }
  }

  /**
   * @param {string} id
   * @param {import("./format.js").State | undefined} state
   */
  #mark(id, state) {
    const station = this.#stations.get(id);
    if (!station) return;
    const { group, name } = station;
    group.classList.remove(...Object.keys(STATES));
    if (state) group.classList.add(state);
    const badge = group.querySelector(".badge text");
    if (badge) badge.textContent = state ? STATES[state].mark : "";
    const title = group.querySelector("title");
    if (title) title.textContent = state ? `${name}, ${STATES[state].word}` : name;
  }

  /**
   * Lets a dot run along an arrow.
   * @param {SVGPathElement} path
   * @param {number} milliseconds
   */
  travel(path, milliseconds) {
    const dot = svg("circle", { r: 5, class: "dot" });
    this.#root.append(dot);
    const length = path.getTotalLength();
    const beganAt = performance.now();
    return /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        /** @param {number} now */
        const step = (now) => {
          const share = Math.min(1, Math.max(0, now - beganAt) / milliseconds);
          const { x, y } = path.getPointAtLength(length * share);
          dot.setAttribute("transform", `translate(${x} ${y})`);
          if (share < 1 && dot.isConnected) return void requestAnimationFrame(step);
          dot.remove();
          resolve();
        };
        requestAnimationFrame(step);
      })
    );
  }
}

/** @param {{ x: number, y: number }} place */
function legend({ x, y }) {
  const line = (/** @type {"call" | "keys"} */ kind, /** @type {number} */ down, /** @type {string} */ text) => [
    svg("path", { d: `M0 ${down} L26 ${down}`, class: `link ${kind}`, "marker-end": `url(#arrow-${kind})` }),
    svg("text", { x: 34, y: down + 4, class: "link-label" }, text),
  ];
  return svg(
    "g",
    { transform: `translate(${x} ${y})`, "aria-hidden": "true" },
    ...line("call", 0, "call with credential"),
    ...line("keys", 20, "keys to verify with"),
  );
}

function arrowHeads() {
  const heads = ["call", "keys"].map((kind) =>
    svg(
      "marker",
      {
        id: `arrow-${kind}`,
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        markerWidth: 7,
        markerHeight: 7,
        orient: "auto-start-reverse",
      },
      svg("path", { d: "M0 0.8 L7.2 4 L0 7.2 Z", fill: "context-stroke" }),
    ),
  );
  return svg("defs", {}, ...heads);
}
