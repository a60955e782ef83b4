import { el } from "./dom.js";
import { pretty, STATES } from "./format.js";
import { pageLink } from "./question.js";

/** @typedef {import("./mcp.js").Answer} Answer */
/** @typedef {import("./mcp.js").Notification} Notification */
/** @typedef {import("./mcp.js").Elicitation} Elicitation */

/**
 * What has become of a step of the form.
 * @typedef {object} Outcome
 * @property {"running" | "passed" | "refused"} state
 * @property {string} text
 * @property {string} [body]
 * @property {readonly string[]} [told] before the answer
 * @property {Elicitation} [consent] that a user has to give before the call can be answered
 */

/**
 * @param {Answer} answer
 * @returns {Outcome}
 */
export function outcomeOf({ status, body }) {
  const { result, error } = /** @type {{ result?: any, error?: { message: string, data?: any } }} */ (body ?? {});
  const consent = consentAsked(error?.data?.elicitations);
  const isRefused = status >= 400 || error !== undefined || result?.isError === true || body === undefined;
  const why = error ? `, ${error.message}` : result?.isError ? ", the result is an error" : "";
  return {
    state: isRefused || consent ? "refused" : "passed",
    text: `HTTP ${status}${consent ? ", the user's consent is needed" : why}`,
    body: typeof body === "string" ? body : pretty(JSON.stringify(result ?? error ?? body ?? "The stream broke off.")),
    ...(consent && { consent }),
  };
}

/**
 * @param {unknown} elicitations
 * @returns {Elicitation | undefined}
 */
function consentAsked(elicitations) {
  const all = Array.isArray(elicitations) ? /** @type {Elicitation[]} */ (elicitations) : [];
  return all.find(({ mode, url = "" }) => mode === "url" && /^https?:/.test(url));
}

/**
 * What a server tells before its answer, in a line.
 * @param {Notification} notification
 */
export function describeNotification({ method, params = {} }) {
  if (method === "notifications/progress") {
    const { progress, total, message } = params;
    const share = total === undefined ? `${progress}` : `${progress} of ${total}`;
    return `progress ${share}${message === undefined ? "" : `: ${message}`}`;
  }
  if (method !== "notifications/message") return method;
  const { level, logger, data } = params;
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${[level, logger].filter(Boolean).join(" ")}: ${text}`;
}

/** @param {Outcome} outcome */
export function outcomePart({ state, text, body, told = [], consent }) {
  return el(
    "div",
    { class: `outcome ${state}`, role: "status" },
    el("p", {}, el("span", { class: `mark ${state}`, "aria-hidden": "true" }, STATES[state].mark), text),
    told.length > 0 && el("ol", { class: "told", "aria-label": "Told before the answer" }, ...told.map(line)),
    consent &&
      el("p", { class: "consent" }, consent.message ?? "", " ", pageLink(consent.url ?? ""), ", then call again."),
    body !== undefined && el("pre", { tabindex: "0", role: "region", "aria-label": "Answer" }, body),
  );
}

/** @param {string} text */
function line(text) {
  return el("li", {}, text);
}
