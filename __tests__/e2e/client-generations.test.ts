import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import type { Emulator } from "../../emulator";
import { anyVersionStack, VERSIONS } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { signIn } from "../support/callers";
import { endAfterTests } from "../support/end-after-tests";
import { CLIENTS, installClients } from "../support/mcp-clients";
import { testUnless } from "../support/skip";

const STATELESS = "2026-07-28";
const ADD = "m2m-auth-demo-mcp-target___add_numbers";

/** Has a client call once more. @returns what it says of that */
type NextCall = () => Promise<unknown>;

let emulator: Emulator;
let clients: readonly NextCall[];

beforeAll(async () => {
  emulator = await emulate(await anyVersionStack());
  const [url, token] = [outputOf(emulator, "gateway_url"), await signIn(emulator)];
  clients = CLIENTS.map(([, script]) => startClient(script(url, token, ADD)));
}, 120_000);

function startClient(script: string): NextCall {
  const client = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  endAfterTests(() => client.kill());
  const lines: AsyncIterator<string, undefined> = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  return async () => {
    client.stdin.write("\n");
    const { value } = await lines.next();
    return JSON.parse(String(value)) as unknown;
  };
}

const NONE = "none";

/** What a client agrees on, who lists and calls then, or that there is none. */
async function agreedBy(call: NextCall): Promise<unknown> {
  const said = await call();
  if (typeof said === "string") {
    expect(said).toMatch(/Unsupported MCP protocol version: 2025|version is not supported: 2025|not offer pinned/);
    return NONE;
  }
  const [agreed, ...rest] = said as unknown[];
  expect(rest).toEqual([4, { result: 8 }]);
  return agreed;
}

/** By the gateway's versions, in the order of the clients. */
testUnless(installClients()).each<[versions: readonly string[], agreed: readonly string[]]>([
  [["2025-03-26"], ["2025-03-26", "2025-03-26", "2025-03-26", "2025-03-26", "2025-03-26", NONE]],
  [["2025-06-18"], [NONE, "2025-06-18", "2025-06-18", "2025-06-18", "2025-06-18", NONE]],
  [["2025-11-25"], [NONE, NONE, "2025-11-25", "2025-11-25", "2025-11-25", NONE]],
  [[STATELESS], [NONE, NONE, NONE, NONE, STATELESS, STATELESS]],
  [
    ["2025-03-26", "2025-11-25"],
    ["2025-03-26", NONE, "2025-11-25", "2025-11-25", "2025-11-25", NONE],
  ],
  [
    ["2025-11-25", STATELESS],
    [NONE, NONE, "2025-11-25", "2025-11-25", STATELESS, STATELESS],
  ],
  [
    [...VERSIONS, STATELESS],
    ["2025-03-26", "2025-06-18", "2025-11-25", "2025-11-25", STATELESS, STATELESS],
  ],
])(
  "clients of each generation, from npm, list and call through a gateway of %j where they have a version in common",
  async (versions, expected) => {
    const { gateways } = emulator.account;
    const [gateway] = gateways.all();
    if (!gateway) throw new Error("There is no gateway.");
    gateways.update(gateway.attributes.gatewayId, { ...gateway.declaration, supportedVersions: [...versions] });
    const agreed = await Promise.all(clients.map(agreedBy));
    const named = (values: readonly unknown[]) => CLIENTS.map(([name], index) => [name, values[index]]);
    expect(named(agreed)).toEqual(named(expected));
  },
  60_000,
);
