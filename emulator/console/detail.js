import { byId, el, show } from "./dom.js";
import { formatDuration, hopState, pretty, STATES } from "./format.js";
import { selectedCall, state } from "./store.js";
import { selectedHop, selectedHopIndex } from "./trace.js";

/** @typedef {import("../trace/call").Hop} Hop */
/** @typedef {import("../trace/call").Check} Check */
/** @typedef {import("../trace/call").TracedRequest} TracedRequest */
/** @typedef {import("../view/model").Station} Station */

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

/**
 * @param {Hop} hop
 * @param {Station | undefined} station
 */
function hopHead(hop, station) {
  const call = selectedCall();
  const hopIs = call ? hopState(call, selectedHopIndex(call) ?? 0) : "running";
  return el(
    "div",
    { class: "summary" },
    el("h3", {}, el("span", { class: `mark ${hopIs}`, title: STATES[hopIs].word }, STATES[hopIs].mark), hop.name),
    el(
      "p",
      { class: "summary-line" },
      [station && `${station.title} ${station.name}`, STATES[hopIs].word, formatDuration(hop.duration)]
        .filter(Boolean)
        .join(" · "),
    ),
  );
}

/** @param {Hop} hop */
function refusal(hop) {
  const refused = hop.checks.find(({ passed }) => !passed);
  if (!refused && hop.failure === undefined) return undefined;
  return el(
    "div",
    { class: "refusal", "data-role": "refusal" },
    refused && el("p", { class: "refusal-title" }, "Refused by the check ", el("b", {}, refused.name)),
    refused && el("dl", { class: "pairs" }, ...pair("expected", refused.expected), ...pair("actual", refused.actual)),
    hop.fix !== undefined && el("p", { class: "fix" }, el("b", {}, "Fix "), hop.fix),
    hop.failure !== undefined && el("p", { class: "failure" }, hop.failure),
  );
}

/** @param {readonly Check[]} all */
function checks(all) {
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
  return section(
    "Checks",
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "check"),
          el("th", { scope: "col" }, "expected"),
          el("th", { scope: "col" }, "actual"),
        ),
      ),
      el("tbody", {}, ...rows),
    ),
  );
}

/**
 * What was wanted beside what was there, once where they are the same.
 * @param {(string | undefined)[]} values
 */
function evidence(values) {
  return values.map((value) => el("td", { colspan: values.length === 1 ? 2 : undefined }, value ?? ""));
}

/** @param {Readonly<Record<string, unknown>>} all */
function claims(all) {
  const pairs = Object.entries(all).flatMap(([name, value]) => pair(name, describeClaim(name, value)));
  return section("Presented token, its claims", el("dl", { class: "pairs" }, ...pairs));
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function describeClaim(name, value) {
  if (TIMES.includes(name) && typeof value === "number") return `${value} (${new Date(value * 1000).toLocaleString()})`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @param {TracedRequest} shown */
function request({ method, url, operation, tool, prompt, resource, authorization, body }) {
  return section(
    "Request",
    el("p", { class: "url" }, `${method} ${url}`),
    el(
      "dl",
      { class: "pairs" },
      ...pair("operation", operation),
      ...pair("tool", tool),
      ...pair("prompt", prompt),
      ...pair("resource", resource),
      ...pair("authorization", authorization),
    ),
    body !== undefined && code("Request body", body),
  );
}

/** @param {import("../trace/call").TracedAnswer} shown */
function answer({ status, body }) {
  return section(
    "Answer",
    el("p", { class: "url" }, `HTTP ${status}`),
    body !== undefined && code("Answer body", body),
  );
}

/**
 * @param {Station} station
 * @param {Hop | undefined} hop
 */
function about({ title, name, facts }, hop) {
  const pairs = facts.flatMap(({ label, value }) => pair(label, value));
  if (!hop) {
    return el(
      "div",
      { class: "about" },
      el("div", { class: "summary" }, el("h3", {}, title), el("p", { class: "summary-line" }, name)),
      selectedCall() && el("p", { class: "summary-line" }, "The selected call did not pass here."),
      el("dl", { class: "pairs" }, ...pairs),
    );
  }
  if (facts.length === 0) return undefined;
  return el(
    "details",
    { class: "about", "data-key": `about-${hop.name}`, open: hop.checks.length === 0 },
    el("summary", {}, `${title} ${name}`),
    el("dl", { class: "pairs" }, ...pairs),
  );
}

/**
 * @param {string} title
 * @param {...import("./dom.js").Child} children
 */
function section(title, ...children) {
  return el("section", { class: "part" }, el("h4", {}, title), ...children);
}

/**
 * @param {string} label
 * @param {string | undefined} value
 */
function pair(label, value) {
  return value === undefined ? [] : [el("dt", {}, label), el("dd", {}, value)];
}

/**
 * @param {string} label
 * @param {string} text
 */
function code(label, text) {
  return el("pre", { tabindex: "0", role: "region", "aria-label": label }, pretty(text));
}
