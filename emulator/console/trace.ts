import type { Call, Hop } from "../trace/call";
import { byId, type Child, el, show } from "./dom";
import { callState, describeCall, formatDuration, hopState, type State, STATES } from "./format";
import { selectedCall, state, update } from "./store";

/** The hop whose detail is shown. */
export function selectedHop() {
  const call = selectedCall();
  return call?.hops[selectedHopIndex(call) ?? -1];
}

export function selectedHopIndex(call: Call): number | undefined {
  if (state.stationId !== undefined && state.hopIndex === undefined) return undefined;
  return state.hopIndex ?? call.refusedAt ?? (call.hops.length > 0 ? 0 : undefined);
}

/** Shows the hops of the selected call against time. */
export function showTrace() {
  const call = selectedCall();
  if (!call) return show(byId("trace"), el("p", { class: "empty" }, "Select a call to see its hops."));
  const duration = call.duration ?? Math.max(1, ...call.hops.map(({ offset, duration = 0 }) => offset + duration));
  const selected = selectedHopIndex(call);
  show(
    byId("trace"),
    callHead(call),
    call.hops.length === 0 &&
      el("p", { class: "empty" }, call.duration === undefined ? "No hop yet." : "No hop of the system was reached."),
    el(
      "ol",
      { class: "hops" },
      ...call.hops.map((hop, index) => el("li", {}, hopRow(call, hop, index, duration, index === selected))),
    ),
  );
}

function callHead(call: Call) {
  const { name, subject } = describeCall(call);
  const { request, answer, duration } = call;
  const state = callState(call);
  return summary(
    state,
    [`${name} `, el("span", { class: "call-subject" }, subject)],
    [`call ${call.id}`, STATES[state].word, answer && `HTTP ${answer.status}`, formatDuration(duration)],
    request && el("p", { class: "url" }, `${request.method} ${request.url}`),
  );
}

/** @param facts those that are known, in a line */
export function summary(state: State, title: Child[], facts: (string | undefined)[], more?: Child) {
  const { mark, word } = STATES[state];
  return el(
    "div",
    { class: "summary" },
    el("h3", {}, el("span", { class: `mark ${state}`, title: word }, mark), ...title),
    el("p", { class: "summary-line" }, facts.filter(Boolean).join(" · ")),
    more,
  );
}

/** @param total milliseconds */
function hopRow(call: Call, hop: Hop, index: number, total: number, isSelected: boolean) {
  const hopIs = hopState(call, index);
  const { mark, word } = STATES[hopIs];
  const bar = el("span", { class: "bar-fill" });
  bar.style.setProperty("--from", `${(100 * hop.offset) / total}%`);
  bar.style.setProperty("--share", `${(100 * (hop.duration ?? total - hop.offset)) / total}%`);
  const name = el("span", { class: "hop-name" }, hop.name);
  name.style.setProperty("--depth", String(hop.depth));
  const told = noteOf(hop);
  const note = told !== undefined && el("span", { class: "hop-note" }, told);
  if (note) note.style.setProperty("--depth", String(hop.depth));
  return el(
    "button",
    {
      type: "button",
      class: `hop ${hopIs}`,
      "aria-current": isSelected ? "true" : undefined,
      "data-key": `hop-${index}`,
      "data-hop": hop.name,
      click: () => update({ hopIndex: index, stationId: undefined, follow: false }),
    },
    el("span", { class: "mark", "aria-hidden": "true" }, mark),
    name,
    el("span", { class: "unseen" }, `, ${word}, `),
    el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
    el("span", { class: "hop-duration" }, formatDuration(hop.duration)),
    note,
  );
}

/** What rate limits, an interceptor or the policies decided. */
function noteOf({ checks }: Hop) {
  return checks.find(({ name }) => ["rate", "decision", "policies"].includes(name))?.actual;
}
