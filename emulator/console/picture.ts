import type { Call } from "../trace/call";
import type { ConsoleSystem as System, Link, Station } from "../view/model";
import { byId, svg } from "./dom";
import { hopState, shortenStart, type State, STATES, worstState } from "./format";
import { type Box, layOut, type Layout, ROOMY_WIDTH, route } from "./layout";

/** Widths of characters in the picture's type, in pixels; SVG does not shorten texts by itself. */
const NAME_WIDTH = 6.3;

/** The system as a picture; what a call does in it is shown on top. */
export class Picture {
  #stations = new Map<string, { group: SVGGElement; name: string }>();
  #links: { link: Link; path: SVGPathElement }[] = [];
  #system: System | undefined;
  #width = 0;
  #root: SVGSVGElement = svg("svg");
  #onSelect: (stationId: string) => void;

  constructor(onSelect: (stationId: string) => void) {
    this.#onSelect = onSelect;
  }

  /**
   * Draws the system, unless it stands there as it is.
   * @returns whether it was drawn
   */
  draw(system: System, width: number): boolean {
    if (system === this.#system && width === this.#width) return false;
    this.#system = system;
    this.#width = width;
    const layout = layOut(system, width);
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

  #drawLink(link: Link, layout: Layout) {
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

  #drawStation(station: Station, box: Box | undefined) {
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
        keydown: (event) => {
          if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== " ")) return;
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

  /** Shows what the first hops of a call have done. */
  showHops(call: Call, count: number = call.hops.length) {
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

  /** The arrow that a call has taken to a hop: from the latest station before it that has one. */
  linkInto(hops: Call["hops"], index: number, fromOutside: boolean): SVGPathElement | undefined {
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

  select(selected: string | undefined) {
    for (const [id, { group }] of this.#stations) {
      group.classList.toggle("selected", id === selected);
      group.setAttribute("aria-pressed", String(id === selected));
    }
  }

  #mark(id: string, state: State | undefined) {
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

  /** Lets a dot run along an arrow. */
  travel(path: SVGPathElement, milliseconds: number) {
    const dot = svg("circle", { r: 5, class: "dot" });
    this.#root.append(dot);
    const length = path.getTotalLength();
    const beganAt = performance.now();
    return new Promise<void>((resolve) => {
      const step = (now: number) => {
        const share = Math.min(1, Math.max(0, now - beganAt) / milliseconds);
        const { x, y } = path.getPointAtLength(length * share);
        dot.setAttribute("transform", `translate(${x} ${y})`);
        if (share < 1 && dot.isConnected) return void requestAnimationFrame(step);
        dot.remove();
        resolve();
      };
      requestAnimationFrame(step);
    });
  }
}

function legend({ x, y }: { x: number; y: number }) {
  const line = (kind: "call" | "keys", down: number, text: string) => [
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
