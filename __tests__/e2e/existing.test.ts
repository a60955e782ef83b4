import { join } from "node:path";

import { withGateway } from "../../cli/mcp-client";
import type { Emulator } from "../../emulator";
import { emulate } from "../support/article-stack";

const STACKS = join(__dirname, "../support/existing");

async function answerOf(emulator: Emulator, tool: string): Promise<unknown> {
  const { port } = new URL(emulator.url);
  const { content } = await withGateway({ port }, (client) =>
    client.callTool({ name: tool, arguments: { a: 5, b: 3 } }),
  );
  return content;
}

async function withStack(name: string, use: (emulator: Emulator) => Promise<void>): Promise<readonly string[]> {
  const assumed: string[] = [];
  const emulator = await emulate(join(STACKS, name), { onAssumed: (sentence) => assumed.push(sentence) });
  try {
    await use(emulator);
  } finally {
    await emulator.stop();
  }
  return assumed;
}

const notOfTheStack = (what: string): unknown =>
  expect.stringMatching(new RegExp(`^The ${what} is none of the stack's: it is taken for one that exists`));

it("runs a stack whose pools, client and roles exist, by data sources", async () => {
  const assumed = await withStack("data-sources.tf", async (emulator) => {
    expect(await answerOf(emulator, "server___add_numbers")).toEqual([{ type: "text", text: "8" }]);
  });
  expect(assumed).toEqual([
    notOfTheStack("role mcp-gateway"),
    notOfTheStack("user pool us-east-1_[a-z0-9]{9}"),
    expect.stringMatching(/^The client 4peopleclient00example of .* is taken for one that signs users in\.$/),
    notOfTheStack("role mcp-runtime"),
    notOfTheStack("user pool us-east-1_Machines1"),
    "The client 4machineclient0example of us-east-1_Machines1 is taken for one that has the given secret.",
  ]);
});

it("runs a stack that names its roles, pools, runtimes and another gateway by value", async () => {
  const assumed = await withStack("by-value.tf", async (emulator) => {
    expect(await answerOf(emulator, "server___add_numbers")).toEqual([{ type: "text", text: "8" }]);
    expect(emulator.gateways()).toMatchObject([
      { name: "main", targets: [{ name: "server", tools: 3 }] },
      { name: "shared", inbound: "a request signed with SigV4", targets: [{ name: "signed", tools: 3 }] },
    ]);
    expect(emulator.account.environment.accountId).toBe("210987654321");
  });
  expect(assumed).toEqual(
    expect.arrayContaining([
      notOfTheStack("role mcp-gateway"),
      notOfTheStack("policy mcp-tools"),
      notOfTheStack("user pool eu-west-1_AbCdEfGhI"),
      notOfTheStack("user pool eu-central-1_Machines1"),
      notOfTheStack("runtime server-AbCdEfGhIj"),
      notOfTheStack("runtime signed-AbCdEfGhIj"),
      notOfTheStack("gateway shared-a1b2c3d4e5"),
    ]),
  );
});
