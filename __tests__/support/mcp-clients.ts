import { join } from "node:path";

import { installPackages, packagesFolder } from "./installed-packages";
import { CLIENT_2, installSdk2 } from "./mcp-sdk-2";

/** The last releases of the SDK that ask for a version of their generation. */
const SDK_1 = { "2025-03-26": "1.12.3", "2025-06-18": "1.23.1", "2025-11-25": "1.32.2" } as const;

type Script = (url: string, token: string, tool: string) => string;

/** Clients as npm has them, as modules that call whenever they are sent a line: see `talkOf`. */
export const CLIENTS: readonly (readonly [name: string, script: Script])[] = [
  ...Object.keys(SDK_1).map((version) => [`SDK 1 of ${version}`, sdk1(version)] as const),
  ["SDK 2 of the 2025 versions", sdk2({ mode: "legacy" })],
  ["SDK 2 that looks for itself", sdk2({ mode: "auto" })],
  ["SDK 2 pinned to 2026-07-28", sdk2({ mode: { pin: "2026-07-28" } })],
];

/** Installs them where they are missing. Returns why they cannot be used, or undefined when they can. */
export function installClients(): string | undefined {
  const reasons = Object.entries(SDK_1).map(([version, release]) =>
    installPackages(`mcp-sdk-${version}`, { "@modelcontextprotocol/sdk": release }),
  );
  return [...reasons, installSdk2()].find((reason) => reason !== undefined);
}

/** Which version it agreed on, an old client tells nobody: it is in the gateway's answer. */
function sdk1(version: string): Script {
  const client = join(packagesFolder(`mcp-sdk-${version}`), "@modelcontextprotocol/sdk/dist/esm/client");
  return (url, token, tool) => `
    import { Client } from ${JSON.stringify(join(client, "index.js"))};
    import { StreamableHTTPClientTransport } from ${JSON.stringify(join(client, "streamableHttp.js"))};
    const fetchAsIs = globalThis.fetch;
    let answers = [];
    globalThis.fetch = async (...request) => {
      const response = await fetchAsIs(...request);
      answers.push(await response.clone().text());
      return response;
    };
    function newClient() {
      answers = [];
      return new Client({ name: "test", version: "1.0.0" });
    }
    const agreedBy = () => /"protocolVersion":"([^"]+)"/.exec(answers.join())?.[1];
    ${talkOf(url, token, tool)}
  `;
}

function sdk2(versionNegotiation: object): Script {
  return (url, token, tool) => `
    import { Client, StreamableHTTPClientTransport } from ${JSON.stringify(CLIENT_2)};
    const newClient = () =>
      new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: ${JSON.stringify(versionNegotiation)} });
    const agreedBy = (client) => client.getNegotiatedProtocolVersion();
    ${talkOf(url, token, tool)}
  `;
}

/** For each line: what a new client agrees on, how many tools there are and what the call gives, or why there is none. */
function talkOf(url: string, token: string, tool: string): string {
  const headers = { authorization: `Bearer ${token}` };
  return `
    import { createInterface } from "node:readline";
    async function talk(client) {
      const requestInit = { headers: ${JSON.stringify(headers)} };
      await client.connect(new StreamableHTTPClientTransport(new URL(${JSON.stringify(url)}), { requestInit }));
      const { tools } = await client.listTools();
      const { structuredContent } = await client.callTool({ name: ${JSON.stringify(tool)}, arguments: { a: 5, b: 3 } });
      return [agreedBy(client), tools.length, structuredContent];
    }
    for await (const _ of createInterface({ input: process.stdin })) {
      const client = newClient();
      console.log(JSON.stringify(await talk(client).catch(({ message }) => message)));
      await client.close();
    }
  `;
}
