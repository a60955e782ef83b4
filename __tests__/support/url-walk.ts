const DISCOVERY = "/.well-known/openid-configuration";

/** Follows every URL in the answers to some, in headers and bodies. @returns the status of each */
export async function walkUrls(starts: readonly string[]): Promise<Map<string, number>> {
  const walked = new Map<string, number>();
  const walk = async (url: string): Promise<void> => {
    if (walked.has(url)) return;
    walked.set(url, 0);
    const response = await fetch(url, { redirect: "manual" });
    walked.set(url, response.status);
    const text = [...response.headers.values(), await response.text()].join(" ");
    for (const [found] of text.matchAll(/https?:\/\/[^\s"'<>,]+/g)) await walk(found);
  };
  for (const url of starts) await walk(url);
  // An issuer is a name: its document is at a path below it.
  for (const url of [...walked.keys()]) if (walked.get(url) === 404) await walk(below(url));
  return walked;
}

/** Expects every URL to be of the machine and something to be there. */
export function expectOnMachine(walked: ReadonlyMap<string, number>, origin: string): void {
  expect([...walked.keys()].filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
  const isIssuer = (url: string) => walked.get(below(url)) === 200;
  expect([...walked].filter(([url, status]) => status === 404 && !isIssuer(url))).toEqual([]);
}

const below = (issuer: string) => `${issuer.replace(/\/$/, "")}${DISCOVERY}`;
