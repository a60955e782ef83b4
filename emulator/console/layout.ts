/** Where the stations stand and how the arrows run between them. */
import type { Link, Station } from "../view/model";

export type Box = { x: number; y: number; width: number; height: number };
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
/** Room for the label of an arrow between two boxes. */
const LABEL_WIDTH = 68;

/** @param width of the picture */
export function layOut(stations: readonly Station[], width: number): Layout {
  return width >= WIDE_FROM ? layOutWide(stations, width) : layOutNarrow(stations, width);
}

/** Steps from left to right, tokens above calls. */
function layOutWide(stations: readonly Station[], width: number): Layout {
  const pitch = (width - 2 * MARGIN) / STEPS;
  const boxWidth = Math.min(MOST_WIDTH, pitch - LABEL_WIDTH);
  const gap = (width - 2 * MARGIN - STEPS * boxWidth) / (STEPS - 1);
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

/** @returns nothing where
an end is missing; no label where the arrow passes behind other boxes */
export function route(
  { from, to }: Link,
  { boxes, isWide }: Layout,
): { path: string; label: { x: number; y: number; anchor: "start" | "middle" | "end" } | undefined } | undefined {
  const start = boxes.get(from);
  const end = boxes.get(to);
  if (!start || !end) return undefined;
  if (start.x === end.x) {
    const { path, label } = routeDown(start, end);
    return { path, label: Math.abs(end.y - start.y) > NEIGHBOUR ? undefined : label };
  }
  if (start.y === end.y || end.x > start.x === isWide) return routeAcross(start, end, isWide);
  return routeAround(start, end, isWide);
}

function routeDown(start: Box, end: Box) {
  const isUp = end.y < start.y;
  const x = start.x + start.width / 2;
  const y1 = isUp ? start.y : start.y + start.height;
  const y2 = isUp ? end.y + end.height : end.y;
  return {
    path: `M${x} ${y1} L${x} ${y2}`,
    label: { x: x + 8, y: (y1 + y2) / 2 + 4, anchor: "start" as const },
  };
}

function routeAcross(start: Box, end: Box, isWide: boolean) {
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
        ? { x: middle, y: y1 + (isWide ? -7 : 15), anchor: "middle" as const }
        : { x: x2 - 10, y: y2 - 7, anchor: "end" as const },
  };
}

/** From a station to another that is a step back on the other lane. */
function routeAround(start: Box, end: Box, isWide: boolean) {
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
      anchor: "middle" as const,
    },
  };
}
