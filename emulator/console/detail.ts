import type { Check, Hop, TracedAnswer, TracedRequest } from "../trace/call";
import type { Station } from "../view/model";
import { byId, type Child, code, el, show } from "./dom";
import { formatDuration, hopState, pretty, STATES } from "./format";
import { selectedCall, state } from "./store";
import { selectedHop, selectedHopIndex, summary } from "./trace";

/** Claims that are times in seconds since the epoch (RFC 7519; OpenID Connect Core for `auth_time`). */
const TIMES = ["exp", "iat", "nbf", "auth_time"];

/** Shows the selected hop, and the station where it happened. */
export function showDetail() {
  const hop = selectedHop();
  const station = state.system?.stations.find(({ id }) => id === (state.stationId ?? hop?.station));
  show(
    byId("detail"),
    hop && hopHead(hop, station),
    hop && refusal(hop),
    hop && hop.checks.length > 0 && checks(hop.checks),
    hop?.claims && claims(hop.claims),
    hop?.request && request(hop.request),
    hop?.answer && answer(hop.answer),
    station && about(station, hop),
    !hop && !station && el("p", { class: "empty" }, "Select a hop, or a station in the picture."),
  );
}

function hopHead(hop: Hop, station: Station | undefined) {
  const call = selectedCall();
  const hopIs = call ? hopState(call, selectedHopIndex(call) ?? 0) : "running";
  return summary(
    hopIs,
    [hop.name],
    [station && `${station.title} ${station.name}`, STATES[hopIs].word, formatDuration(hop.duration)],
  );
}

function refusal(hop: Hop) {
  const refused = hop.checks.find(({ passed }) => !passed);
  if (!refused && hop.failure === undefined) return undefined;
  return el(
    "div",
    { class: "refusal", "data-role": "refusal" },
    refused && el("p", { class: "refusal-title" }, "Refused by the check ", el("b", {}, refused.name)),
    refused && pairs(Object.entries({ expected: refused.expected, actual: refused.actual })),
    hop.fix !== undefined && el("p", { class: "fix" }, el("b", {}, "Fix "), hop.fix),
    hop.failure !== undefined && el("p", { class: "failure" }, hop.failure),
  );
}

function checks(all: readonly Check[]) {
  const rows = all.map(({ name, passed, expected, actual }) =>
    el(
      "tr",
      { class: passed ? "passed" : "refused" },
      el(
        "th",
        { scope: "row" },
        el("span", { class: `mark ${passed ? "passed" : "refused"}`, "aria-hidden": "true" }, passed ? "✓" : "✕"),
        name,
        el("span", { class: "unseen" }, passed ? " passed" : " refused"),
      ),
      ...evidence(passed && expected === actual ? [expected] : [expected, actual]),
    ),
  );
  const heads = ["check", "expected", "actual"].map((name) => el("th", { scope: "col" }, name));
  return section("Checks", el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)));
}

/** What was wanted beside what was there, once where they are the same. */
function evidence(values: (string | undefined)[]) {
  return values.map((value) => el("td", { colspan: values.length === 1 ? 2 : undefined }, value ?? ""));
}

function claims(all: Readonly<Record<string, unknown>>) {
  const described = Object.entries(all).map(([name, value]) => [name, describeClaim(name, value)] as const);
  return section("Presented token, its claims", pairs(described));
}

function describeClaim(name: string, value: unknown) {
  if (TIMES.includes(name) && typeof value === "number") return `${value} (${new Date(value * 1000).toLocaleString()})`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function request({ method, url, operation, tool, prompt, resource, authorization, body }: TracedRequest) {
  return section(
    "Request",
    el("p", { class: "url" }, `${method} ${url}`),
    pairs(Object.entries({ operation, tool, prompt, resource, authorization })),
    body !== undefined && code("Request body", pretty(body)),
  );
}

function answer({ status, body }: TracedAnswer) {
  return section(
    "Answer",
    el("p", { class: "url" }, `HTTP ${status}`),
    body !== undefined && code("Answer body", pretty(body)),
  );
}

function about({ title, name, facts }: Station, hop: Hop | undefined) {
  const known = pairs(facts.map(({ label, value }) => [label, value]));
  if (!hop) {
    return el(
      "div",
      { class: "about" },
      el("div", { class: "summary" }, el("h3", {}, title), el("p", { class: "summary-line" }, name)),
      selectedCall() && el("p", { class: "summary-line" }, "The selected call did not pass here."),
      known,
    );
  }
  if (facts.length === 0) return undefined;
  return el(
    "details",
    { class: "about", "data-key": `about-${hop.name}`, open: hop.checks.length === 0 },
    el("summary", {}, `${title} ${name}`),
    known,
  );
}

function section(title: string, ...children: readonly Child[]) {
  return el("section", { class: "part" }, el("h4", {}, title), ...children);
}

/** @param values behind what they are called; those that are not known are not shown */
function pairs(values: (readonly [string, string | undefined])[]) {
  const known = values.filter(([, value]) => value !== undefined);
  return el("dl", { class: "pairs" }, ...known.flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]));
}
