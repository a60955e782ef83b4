/** Where the stations stand and how the arrows run between them. */
import type { ConsoleSystem as System, Link, Station } from "../view/model";

export type Box = { x: number; y: number; width: number; height: number };
type Label = { x: number; y: number; anchor: "start" | "middle" | "end" };
type Routed = { path: string; label: Label };
export type Layout = {
  boxes: Map<string, Box>;
  width: number;
  height: number;
  isWide: boolean;
  legend: { x: number; y: number };
};

/** Calls run along the first lane; pools and vault stand beside it, each at the step that needs it. */
const PLACES: Record<Station["kind"], { step: number; lane: "calls" | "tokens" }> = {
  caller: { step: 0, lane: "calls" },
  inboundPool: { step: 0, lane: "tokens" },
  gateway: { step: 1, lane: "calls" },
  tokenVault: { step: 1, lane: "tokens" },
  runtime: { step: 2, lane: "calls" },
  lambda: { step: 2, lane: "calls" },
  external: { step: 2, lane: "calls" },
  unknownEndpoint: { step: 2, lane: "calls" },
  outboundPool: { step: 2, lane: "tokens" },
  server: { step: 3, lane: "calls" },
};
const STEPS = 4;
const MARGIN = 8;
const HEIGHT = 58;
const WIDE_FROM = 640;
/** No further apart than this are boxes with none between them. */
const NEIGHBOUR = 2 * HEIGHT;
const MOST_WIDTH = 210;
/** Boxes below this have room for "Outbound pool" alone. */
export const ROOMY_WIDTH = 150;
/** A label's type, and what an arrow has beside its label. */
const LABEL_CHARACTER = 5.8;
const LABEL_HEIGHT = 12;
const BESIDE_LABEL = 6;
/** Room for most labels between two boxes. */
const LABEL_WIDTH = 68;

/** @param width of the picture */
export function layOut({ stations, links }: System, width: number): Layout {
  if (width < WIDE_FROM) return layOutNarrow(stations, width);
  return layOutWide(stations, Math.max(...links.map(({ label }) => labelWidth(label))), width);
}

function labelWidth(label: string): number {
  return label.length * LABEL_CHARACTER + BESIDE_LABEL;
}

/** Steps from left to right, tokens above calls. */
function layOutWide(stations: readonly Station[], longestLabel: number, width: number): Layout {
  const boxesWidth = width - 2 * MARGIN;
  const besideLabels = (boxesWidth - (STEPS - 1) * longestLabel) / STEPS;
  const boxWidth = Math.min(MOST_WIDTH, besideLabels >= ROOMY_WIDTH ? besideLabels : boxesWidth / STEPS - LABEL_WIDTH);
  const gap = (boxesWidth - STEPS * boxWidth) / (STEPS - 1);
  const rowHeight = HEIGHT + 22;
  const tokenRows = Math.max(1, ...group(stations, "tokens").map((cell) => cell.length));
  const callRows = Math.max(1, ...group(stations, "calls").map((cell) => cell.length));
  const callsTop = MARGIN + tokenRows * rowHeight + 26;
  const boxes = new Map<string, Box>();
  for (const lane of ["tokens", "calls"] as const) {
    group(stations, lane).forEach((cell, step) =>
      cell.forEach(({ id }, row) => {
        const top =
          lane === "tokens" ? MARGIN + (tokenRows - cell.length + row) * rowHeight : callsTop + row * rowHeight;
        boxes.set(id, { x: MARGIN + step * (boxWidth + gap), y: top, width: boxWidth, height: HEIGHT });
      }),
    );
  }
  const legend = { x: MARGIN + (STEPS - 1) * (boxWidth + gap) + 4, y: MARGIN + 14 };
  return { boxes, width, height: callsTop + (callRows - 1) * rowHeight + HEIGHT + MARGIN, isWide: true, legend };
}

/** Steps from top to bottom, tokens beside calls. */
function layOutNarrow(stations: readonly Station[], width: number): Layout {
  const gap = 76;
  const boxWidth = (width - 2 * 2 - gap) / 2;
  const rowHeight = HEIGHT + 38;
  const tokens = group(stations, "tokens");
  const calls = group(stations, "calls");
  const boxes = new Map<string, Box>();
  let row = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const cells = [calls[step] ?? [], tokens[step] ?? []];
    cells.forEach((cell, lane) =>
      cell.forEach(({ id }, index) =>
        boxes.set(id, {
          x: 2 + lane * (boxWidth + gap),
          y: 4 + (row + index) * rowHeight,
          width: boxWidth,
          height: HEIGHT,
        }),
      ),
    );
    row += Math.max(...cells.map((cell) => cell.length));
  }
  const legend = { x: 2 + boxWidth + gap, y: 4 + (row - 1) * rowHeight + 20 };
  return { boxes, width, height: row * rowHeight - 30, isWide: false, legend };
}

/** The stations of a lane, step by step. */
function group(stations: readonly Station[], lane: "calls" | "tokens") {
  return Array.from({ length: STEPS }, (_, step) =>
    stations.filter(({ kind }) => PLACES[kind].lane === lane && PLACES[kind].step === step),
  );
}

/** @returns nothing where an end is missing; no label where the arrow passes behind other boxes, or the label would */
export function route(
  { from, to, label: text }: Link,
  { boxes, isWide }: Layout,
): { path: string; label: Label | undefined } | undefined {
  const start = boxes.get(from);
  const end = boxes.get(to);
  if (!start || !end) return undefined;
  const { path, label } = routeBetween(start, end, isWide);
  const isShown = areNeighbours(start, end) && [...boxes.values()].every((box) => !covers(box, label, text));
  return { path, label: isShown ? label : undefined };
}

function routeBetween(start: Box, end: Box, isWide: boolean): Routed {
  if (start.x === end.x) return routeDown(start, end);
  if (start.y === end.y || end.x > start.x === isWide) return routeAcross(start, end, isWide);
  return routeAround(start, end, isWide);
}

function areNeighbours(one: Box, other: Box): boolean {
  if (one.x === other.x) return Math.abs(one.y - other.y) <= NEIGHBOUR;
  return Math.abs(one.x - other.x) < 2 * one.width;
}

function covers(box: Box, { x, y, anchor }: Label, text: string): boolean {
  const width = labelWidth(text);
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return left < box.x + box.width && box.x < left + width && y - LABEL_HEIGHT < box.y + box.height && box.y < y;
}

function routeDown(start: Box, end: Box): Routed {
  const isUp = end.y < start.y;
  const x = start.x + start.width / 2;
  const y1 = isUp ? start.y : start.y + start.height;
  const y2 = isUp ? end.y + end.height : end.y;
  return {
    path: `M${x} ${y1} L${x} ${y2}`,
    label: { x: x + 8, y: (y1 + y2) / 2 + 4, anchor: "start" },
  };
}

function routeAcross(start: Box, end: Box, isWide: boolean): Routed {
  const isLeft = end.x < start.x;
  const x1 = isLeft ? start.x : start.x + start.width;
  const x2 = isLeft ? end.x + end.width : end.x;
  const y1 = start.y + start.height / 2;
  const y2 = end.y + end.height / 2;
  const middle = (x1 + x2) / 2;
  return {
    path: `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    label:
      y1 === y2
        ? { x: middle, y: y1 + (isWide ? -7 : 15), anchor: "middle" }
        : { x: x2 - 10, y: y2 + (y2 > y1 ? 15 : -7), anchor: "end" },
  };
}

/** From a station to another that is a step back on the other lane. */
function routeAround(start: Box, end: Box, isWide: boolean): Routed {
  const from = isWide ? { x: start.x + 12, y: start.y } : { x: start.x + start.width, y: start.y + 9 };
  const to = isWide
    ? { x: end.x + end.width, y: end.y + end.height * 0.78 }
    : { x: end.x + end.width * 0.4, y: end.y + end.height };
  const corner = isWide ? { x: from.x, y: to.y } : { x: to.x, y: from.y };
  return {
    path: `M${from.x} ${from.y} Q${corner.x} ${corner.y} ${to.x} ${to.y}`,
    label: {
      x: (from.x + to.x) / 2 + (isWide ? -18 : 10),
      y: (from.y + to.y) / 2 + (isWide ? 4 : -2),
      anchor: "middle",
    },
  };
}
