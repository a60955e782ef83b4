import type { Call } from "../trace/call";

export type State = "passed" | "refused" | "affected" | "running";

/** A mark and a word for each state, so that nothing is told by colour alone. */
export const STATES = {
  passed: { mark: "✓", word: "passed" },
  refused: { mark: "✕", word: "refused" },
  affected: { mark: "!", word: "failed by what it asked" },
  running: { mark: "…", word: "under way" },
};

/** One hop of a call is the cause of a refusal; the others that fail are affected by it. */
export function hopState({ hops, refusedAt }: Call, index: number): State {
  const hop = hops[index];
  if (!hop || hop.duration === undefined) return "running";
  if (hop.failure === undefined && hop.checks.every(({ passed }) => passed)) return "passed";
  return index === refusedAt ? "refused" : "affected";
}

/**
 * The state of several hops together.
 * @returns nothing for none
 */
export function worstState(states: readonly State[]): State | undefined {
  return (["refused", "affected", "running", "passed"] as const).find((state) => states.includes(state));
}

export function callState({ refusedAt, duration, answer }: Call): State {
  if (refusedAt !== undefined || (answer?.status ?? 200) >= 400) return "refused";
  return duration === undefined ? "running" : "passed";
}

export function formatDuration(milliseconds: number | undefined) {
  if (milliseconds === undefined) return "…";
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

export function formatTime(epochMilliseconds: number) {
  return new Date(epochMilliseconds).toLocaleTimeString([], { hour12: false });
}

/** What a call is about, in few words. */
export function describeCall({ label, request }: Call): { name: string; subject: string } {
  if (!request) {
    const words = label.split(" ");
    return { name: words.slice(0, -1).join(" "), subject: words.at(-1) ?? "" };
  }
  const { method, url, operation, tool, prompt, resource } = request;
  if (operation === undefined) return { name: `${method} ${new URL(url).pathname}`, subject: new URL(url).host };
  return { name: operation, subject: resource ?? toolName(tool ?? prompt ?? "") };
}

/** Without the target's name in front. */
export function toolName(tool: string) {
  return tool.split("___").at(-1) ?? tool;
}

/** The name of a tool's target, empty for the gateway's own search tool. */
export function targetName(tool: string) {
  return tool.split("___").slice(0, -1).join("___");
}

/** JSON with line breaks, any other text as it is. */
export function pretty(text: string) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/**
 * Keeps the end of a name that is too long to be shown: names in one system often begin alike.
 * @param most characters
 */
export function shortenStart(text: string, most: number) {
  return text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;
}
