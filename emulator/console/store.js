/** What the page knows: the system, the calls as they come in, and what is selected. */

/** @typedef {import("../trace/call").Call} Call */
/** @typedef {import("../trace/call").CallEvent} CallEvent */
/** @typedef {import("../view/model").ConsoleSystem} System */

export const state = {
  /** @type {System | undefined} */
  system: undefined,
  /** @type {Map<number, Call>} oldest first */
  calls: new Map(),
  /** @type {number | undefined} */
  callId: undefined,
  /** @type {number | undefined} index of a hop of the selected call */
  hopIndex: undefined,
  /** @type {string | undefined} */
  stationId: undefined,
  /** Whether the newest call is selected as it comes in. */
  follow: true,
  refusedOnly: false,
  connected: false,
};

/** @type {Set<() => void>} */
const watchers = new Set();
let isScheduled = false;

/**
 * Calls back, once a frame at most, after any change.
 * @param {() => void} watcher
 */
export function watch(watcher) {
  watchers.add(watcher);
}

/** @param {Partial<typeof state>} change */
export function update(change) {
  Object.assign(state, change);
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    for (const watcher of watchers) watcher();
  });
}

export function selectedCall() {
  return state.callId === undefined ? undefined : state.calls.get(state.callId);
}

/**
 * Selects a call, and of its hops the one that refused.
 * @param {number} callId
 * @param {Partial<typeof state>} [change]
 */
export function selectCall(callId, change = {}) {
  update({ callId, hopIndex: state.calls.get(callId)?.refusedAt, stationId: undefined, ...change });
}

/** @param {Call[]} calls */
export function replaceCalls(calls) {
  update({ calls: new Map(calls.map((call) => [call.id, call])) });
}

/** @param {CallEvent} event */
export function apply(event) {
  if (event.type === "call") {
    const known = state.calls.get(event.call.id);
    state.calls.set(event.call.id, { hops: known?.hops ?? [], ...event.call });
    const oldest = state.calls.keys().next().value;
    const mostCalls = state.system?.keptCalls ?? Infinity;
    if (state.calls.size > mostCalls && oldest !== undefined) state.calls.delete(oldest);
  } else {
    const call = state.calls.get(event.callId);
    if (call) call.hops[event.index] = event.hop;
  }
  update({});
}

/** Reads the emulator's events; the browser reconnects by itself, and is told all calls again. */
export function connect() {
  const events = new EventSource("/_emulator/events");
  events.addEventListener("open", () => update({ connected: true }));
  events.addEventListener("error", () => update({ connected: false }));
  events.addEventListener("calls", ({ data }) => replaceCalls(JSON.parse(data)));
  events.addEventListener("message", ({ data }) => apply(JSON.parse(data)));
}

/** Reads the system anew; it is told to the watchers only if it has changed. */
export async function loadSystem() {
  const response = await fetch("/_emulator/system");
  if (!response.ok) return;
  const system = /** @type {System} */ (await response.json());
  if (JSON.stringify(system) !== JSON.stringify(state.system)) update({ system });
}
