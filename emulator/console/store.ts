/** What the page knows: the system, the calls as they come in, and what is selected. */
import type { Call, CallEvent } from "../trace/call";
import type { ConsoleSystem as System } from "../view/model";

export const state = {
  system: undefined as System | undefined,
  /** Oldest first. */
  calls: new Map<number, Call>(),
  callId: undefined as number | undefined,
  /** Index of a hop of the selected call. */
  hopIndex: undefined as number | undefined,
  stationId: undefined as string | undefined,
  /** Whether the newest call is selected as it comes in. */
  follow: true,
  refusedOnly: false,
  connected: false,
};

const watchers = new Set<() => void>();
let isScheduled = false;

/** Calls back, once a frame at most, after any change. */
export function watch(watcher: () => void) {
  watchers.add(watcher);
}

export function update(change: Partial<typeof state>) {
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

/** Selects a call, and of its hops the one that refused. */
export function selectCall(callId: number, change: Partial<typeof state> = {}) {
  update({ callId, hopIndex: state.calls.get(callId)?.refusedAt, stationId: undefined, ...change });
}

function replaceCalls(calls: Call[]) {
  update({ calls: new Map(calls.map((call) => [call.id, call])) });
}

function apply(event: CallEvent) {
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
  events.addEventListener("calls", ({ data }: MessageEvent<string>) => replaceCalls(JSON.parse(data) as Call[]));
  events.addEventListener("message", ({ data }: MessageEvent<string>) => apply(JSON.parse(data) as CallEvent));
}

/** Reads the system anew; it is told to the watchers only if it has changed. */
export async function loadSystem() {
  const response = await fetch("/_emulator/system");
  if (!response.ok) return;
  const system = (await response.json()) as System;
  if (JSON.stringify(system) !== JSON.stringify(state.system)) update({ system });
}
