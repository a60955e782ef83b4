import type { Emulator } from "../../emulator";
import { run } from "../server/support/run";
import { anyVersionStack, VERSIONS } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { signIn } from "../support/callers";
import { CLIENTS, installClients } from "../support/mcp-clients";
import { testUnless } from "../support/skip";

const STATELESS = "2026-07-28";
const ADD = "m2m-auth-demo-mcp-target___add_numbers";

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  emulator = await emulate(await anyVersionStack());
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

const NONE = "none";

/** What a client agrees on, who lists and calls then, or that there is none. */
async function agreedBy(script: string): Promise<string> {
  const { code, stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  if (code !== 0) {
    expect(stderr).toMatch(/Unsupported MCP protocol version: 2025|version is not supported: 2025|not offer pinned/);
    return NONE;
  }
  const [agreed, tools, result] = JSON.parse(stdout) as [string, number, unknown];
  expect([tools, result]).toEqual([4, { result: 8 }]);
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
    const agreed = await Promise.all(CLIENTS.map(([, script]) => agreedBy(script(url, token, ADD))));
    const named = (values: readonly string[]) => CLIENTS.map(([name], index) => [name, values[index]]);
    expect(named(agreed)).toEqual(named(expected));
  },
  60_000,
);
