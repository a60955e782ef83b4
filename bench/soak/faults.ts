/** What is done to a call, and what its caller has to see then. */
export interface Fault {
  readonly name: string;
  /** How often among all calls, in per mille. */
  readonly share: number;
  /** What the MCP server is asked to do. */
  readonly behaviour?: string;
  readonly authorization?: (token: string) => string;
  readonly body?: string;
  readonly status: number;
  readonly answer: RegExp;
}

const INTERNAL_ERROR = /"text":"An internal error occurred\. Please retry later\."\}\],"isError":true/;

function ofServer(behaviour: string, share = 5): Fault {
  return { name: `server: ${behaviour}`, share, behaviour, status: 200, answer: INTERNAL_ERROR };
}

/** Ends the server's process, and with it the calls that are under way in it. */
export const CRASH = ofServer("crash", 0.5);

const FAULTS: readonly Fault[] = [
  CRASH,
  ofServer("hang", 2),
  ofServer("stream-that-hangs", 2),
  ofServer("status:500"),
  ofServer("html"),
  ofServer("empty"),
  ofServer("truncated"),
  ofServer("wrong-id"),
  ofServer("stream-without-answer"),
  ofServer("oversize:60000"),
  ofServer("reset"),
  ofServer("reset-midway"),
  { name: "no token", share: 10, authorization: () => "", status: 401, answer: /Missing Bearer token/ },
  {
    name: "tampered token",
    share: 10,
    authorization: (token) => `Bearer ${token.slice(0, -4)}AAAA`,
    status: 401,
    answer: /Invalid Bearer token/,
  },
  { name: "no JSON", share: 10, body: "{", status: 400, answer: /-32700/ },
  { name: "wrong arguments", share: 10, body: '{"a":"x"}', status: 400, answer: /-32600/ },
];

/** @param number between 0 and 1. @returns undefined for a call that is left alone */
export function pickFault(number: number): Fault | undefined {
  let rest = number * 1_000;
  return FAULTS.find(({ share }) => (rest -= share) < 0);
}
