import { join } from "node:path";

import type { Emulator } from "../../emulator";
import { run } from "../server/support/run";
import { streamingStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, signIn } from "../support/callers";
import {
  atServer,
  CARRIED,
  change,
  type Difference,
  ERRORS_TOLD,
  GUIDE,
  has,
  INSTRUCTIONS,
  made,
  type Message,
  result,
  SORTED_TOOLS,
} from "../support/differences";
import { CLIENT_2, installSdk2, SERVER_2 } from "../support/mcp-sdk-2";
import { testUnless } from "../support/skip";

const missing = installSdk2();
const sdk2Test = testUnless(missing);

const SERVER = join(__dirname, "../support/servers/asking-server-2026.mjs");
const CLIENT = join(__dirname, "../support/walking-client-2026.mjs");
const TARGET = "m2m-auth-demo-mcp-target";
const ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
const SERVER_INFO = "io.modelcontextprotocol/serverInfo";

/** What the client says and hears on its walk, without the target's name before others. */
async function walk(url: string, headers: Record<string, string>, prefix: string): Promise<Message[]> {
  const { stdout, stderr } = await run(process.execPath, [CLIENT, CLIENT_2, url, JSON.stringify(headers), prefix]);
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(prefix === "" ? stdout : stdout.replaceAll(prefix, "")) as Message[];
}

/** In the order in which they are made of what the server says by itself. */
const DIFFERENCES: readonly Difference[] = [
  {
    what: "the gateway is the server, with what it carries as capabilities and its own instructions",
    source: `${GUIDE}/gateway-using.html`,
    make: change(has("supportedVersions"), (found) => ({
      ...found,
      capabilities: CARRIED,
      instructions: INSTRUCTIONS,
    })),
  },
  {
    what: "so each result says",
    source: "https://modelcontextprotocol.io/specification/2026-07-28/basic",
    make: change(has("_meta"), ({ _meta, ...found }) => ({
      ...found,
      _meta: { ...(_meta as Message), [SERVER_INFO]: { name: "m2m-auth-demo-gateway", version: "1.0.0" } },
    })),
  },
  SORTED_TOOLS,
  ERRORS_TOLD,
  {
    what: "roots are no operation of a gateway: the target is not told that the client has some, and does not ask",
    source: `${GUIDE}/gateway-using.html`,
    make: (messages) => {
      const at = messages.findIndex((message) => "looked" in ((result(message)["inputRequests"] ?? {}) as Message));
      const asked = messages[at];
      if (!asked) return [...messages];
      const { _meta } = result(asked);
      const text = "An internal error occurred. Please retry later.";
      const failed = { resultType: "complete", content: [{ type: "text", text }], isError: true, _meta };
      return [...messages.slice(0, at), { ...asked, result: failed }, ...messages.slice(at + 3)];
    },
  },
  {
    what: "subscriptions are no operation of a gateway",
    source: `${GUIDE}/gateway-using.html`,
    make: (messages) => [
      ...messages.slice(
        0,
        messages.findIndex(({ method }) => method === ACKNOWLEDGED),
      ),
      {
        refused: expect.objectContaining({ message: expect.stringContaining("Method not found") as string }) as object,
      },
    ],
  },
];

let emulator: Emulator;
let direct: Message[];
let through: Message[];

beforeAll(async () => {
  if (missing !== undefined) return;
  direct = await atServer([SERVER, SERVER_2], (url) => walk(url, {}, ""));
  const serverCommand = { program: process.execPath, arguments: [SERVER, SERVER_2] };
  emulator = await emulate(await streamingStack(), { serverCommand });
  through = await walk(outputOf(emulator, "gateway_url"), bearer(await signIn(emulator)), `${TARGET}___`);
}, 120_000);

sdk2Test("a server behind runtime and gateway is what it is by itself, but for what AWS makes of it", () => {
  expect(through).toEqual(made(DIFFERENCES, direct));
});

sdk2Test.each(DIFFERENCES)("$what ($source)", ({ make }) => {
  expect(make(direct)).not.toEqual(direct);
});

sdk2Test.each([
  ["progress", "notifications/progress", 2],
  ["logs of a call that asked for them", "notifications/message", 2],
])("%s came both ways", (_, method, times) => {
  for (const messages of [direct, through]) {
    expect(messages.filter((message) => message["method"] === method)).toHaveLength(times);
  }
});
