import { code, el } from "./dom";
import { pretty, STATES } from "./format";
import type { Answer, Elicitation, JsonRpcBody, Notification } from "./mcp";
import { pageLink } from "./question";

/** What has become of a step of the form. */
export interface Outcome {
  readonly state: "running" | "passed" | "refused";
  readonly text: string;
  readonly body?: string;
  /** Before the answer. */
  readonly told?: readonly string[];
  /** That a user has to give before the call can be answered. */
  readonly consent?: Elicitation;
}

export function outcomeOf({ status, body }: Answer): Outcome {
  const { result, error } = (body ?? {}) as JsonRpcBody;
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

/** Of an HTTP target, whose answers are its own. */
export function outcomeOfTarget({ status, body }: Answer): Outcome {
  const shown = typeof body === "string" ? { body: pretty(body) } : {};
  return { state: status >= 400 ? "refused" : "passed", text: `HTTP ${status}`, ...shown };
}

function consentAsked(elicitations: unknown): Elicitation | undefined {
  const all = Array.isArray(elicitations) ? (elicitations as Elicitation[]) : [];
  return all.find(({ mode, url = "" }) => mode === "url" && /^https?:/.test(url));
}

/** What a server tells before its answer, in a line. */
export function describeNotification({ method, params = {} }: Notification) {
  if (method === "notifications/progress") {
    const { progress, total, message } = params;
    const share = total === undefined ? String(progress) : `${String(progress)} of ${String(total)}`;
    return `progress ${share}${message === undefined ? "" : `: ${String(message)}`}`;
  }
  if (method !== "notifications/message") return method;
  const { level, logger, data } = params;
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${[level, logger].filter(Boolean).join(" ")}: ${text}`;
}

export function outcomePart({ state, text, body, told = [], consent }: Outcome) {
  return el(
    "div",
    { class: `outcome ${state}`, role: "status" },
    el("p", {}, el("span", { class: `mark ${state}`, "aria-hidden": "true" }, STATES[state].mark), text),
    told.length > 0 && el("ol", { class: "told", "aria-label": "Told before the answer" }, ...told.map(line)),
    consent &&
      el("p", { class: "consent" }, consent.message ?? "", " ", pageLink(consent.url ?? ""), ", then call again."),
    body !== undefined && code("Answer", body),
  );
}

function line(text: string) {
  return el("li", {}, text);
}
