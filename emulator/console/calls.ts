import type { Call } from "../trace/call";
import { byId, el, show, toggle } from "./dom";
import { callState, describeCall, formatDuration, formatTime, STATES } from "./format";
import { selectCall, state, update } from "./store";

/** Rows by their call, so that a busy list is not rebuilt. */
const rows = new Map<number, { row: HTMLLIElement; shown: string }>();

/** Shows the calls, latest first. */
export function showCalls() {
  const list = byId("calls");
  const all = [...state.calls.values()];
  const shown = all.filter((call) => !state.refusedOnly || callState(call) === "refused").reverse();
  const wanted = new Set(shown.map(({ id }) => id));
  for (const [id, { row }] of rows) {
    if (wanted.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  shown.forEach((call, index) => placeRow(list, call, index));
  byId("calls-count").textContent = all.length === 0 ? "" : String(all.length);
  list.classList.toggle("is-empty", shown.length === 0);
  list.dataset["empty"] = state.refusedOnly ? "No call was refused." : "No call has come in yet.";
  show(byId("calls-tools"), ...tools());
}

function placeRow(list: HTMLElement, call: Call, index: number) {
  const isSelected = call.id === state.callId;
  const shown = `${callState(call)} ${call.duration} ${call.hops.length} ${isSelected}`;
  let known = rows.get(call.id);
  if (!known) {
    known = { row: el("li"), shown: "" };
    rows.set(call.id, known);
  }
  if (known.shown !== shown) {
    known.shown = shown;
    show(known.row, rowButton(call, isSelected));
  }
  if (list.children[index] !== known.row) list.insertBefore(known.row, list.children[index] ?? null);
}

function rowButton(call: Call, isSelected: boolean) {
  const { name, subject } = describeCall(call);
  const { mark, word } = STATES[callState(call)];
  const hops = `${call.hops.length} ${call.hops.length === 1 ? "hop" : "hops"}`;
  return el(
    "button",
    {
      type: "button",
      class: `call ${callState(call)}`,
      "aria-current": isSelected ? "true" : undefined,
      "data-key": `call-${call.id}`,
      "data-call": call.id,
      click: () => selectCall(call.id, { follow: false }),
    },
    el("span", { class: "mark", "aria-hidden": "true" }, mark),
    el("span", { class: "call-name" }, name, subject !== "" && el("span", { class: "call-subject" }, ` ${subject}`)),
    el("span", { class: "call-status" }, el("span", { class: "unseen" }, `${word}, `), call.answer?.status ?? ""),
    el("span", { class: "call-meta" }, `${formatTime(call.startedAt)} · ${formatDuration(call.duration)} · ${hops}`),
  );
}

function tools() {
  return [
    toggle("refused-only", "Refused only", state.refusedOnly, () => update({ refusedOnly: !state.refusedOnly })),
    toggle("follow", "Follow", state.follow, () => {
      const newest = [...state.calls.keys()].at(-1);
      if (state.follow || newest === undefined) update({ follow: !state.follow });
      else selectCall(newest, { follow: true });
    }),
  ];
}
