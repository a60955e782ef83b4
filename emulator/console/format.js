/** @typedef {import("../trace/call").Call} Call */
/** @typedef {import("../trace/call").Hop} Hop */
/** @typedef {import("../trace/call").TracedRequest} TracedRequest */
/** @typedef {"passed" | "refused" | "affected" | "running"} State */

/** A mark and a word for each state, so that nothing is told by colour alone. */
export const STATES = {
  passed: { mark: "✓", word: "passed" },
  refused: { mark: "✕", word: "refused" },
  affected: { mark: "!", word: "failed by what it asked" },
  running: { mark: "…", word: "under way" },
};

/**
 * One hop of a call is the cause of a refusal; the others that fail are affected by it.
 * @param {Call} call
 * @param {number} index
 * @returns {State}
 */
export function hopState({ hops, refusedAt }, index) {
  const hop = hops[index];
  if (!hop || hop.duration === undefined) return "running";
  if (hop.failure === undefined && hop.checks.every(({ passed }) => passed)) return "passed";
  return index === refusedAt ? "refused" : "affected";
}

/**
 * The state of several hops together.
 * @param {readonly State[]} states
 * @returns {State | undefined} nothing for none
 */
export function worstState(states) {
  return /** @type {const} */ (["refused", "affected", "running", "passed"]).find((state) => states.includes(state));
}

/**
 * @param {Call} call
 * @returns {State}
 */
export function callState({ refusedAt, duration, answer }) {
  if (refusedAt !== undefined || (answer?.status ?? 200) >= 400) return "refused";
  return duration === undefined ? "running" : "passed";
}

/** @param {number | undefined} milliseconds */
export function formatDuration(milliseconds) {
  if (milliseconds === undefined) return "…";
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {number} epochMilliseconds */
export function formatTime(epochMilliseconds) {
  return new Date(epochMilliseconds).toLocaleTimeString([], { hour12: false });
}

/**
 * What a call is about, in few words.
 * @param {Call} call
 * @returns {{ name: string, subject: string }}
 */
export function describeCall({ label, request }) {
  if (!request) {
    const words = label.split(" ");
    return { name: words.slice(0, -1).join(" "), subject: words.at(-1) ?? "" };
  }
  const { method, url, operation, tool, prompt, resource } = request;
  if (operation === undefined) return { name: `${method} ${new URL(url).pathname}`, subject: new URL(url).host };
  return { name: operation, subject: resource ?? toolName(tool ?? prompt ?? "") };
}

/**
 * Without the target's name in front.
 * @param {string} tool
 */
export function toolName(tool) {
  return tool.split("___").at(-1) ?? tool;
}

/**
 * The name of a tool's target, empty for the gateway's own search tool.
 * @param {string} tool
 */
export function targetName(tool) {
  return tool.split("___").slice(0, -1).join("___");
}

/**
 * JSON with line breaks, any other text as it is.
 * @param {string} text
 */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/**
 * Keeps the end of a name that is too long to be shown: names in one system often begin alike.
 * @param {string} text
 * @param {number} most characters
 */
export function shortenStart(text, most) {
  return text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;
}
