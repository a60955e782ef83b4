import { rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { listTools, withGateway } from "../../cli/gateway/mcp-client";
import type { Emulator } from "../../emulator";
import { readStacks, topologyOfStacks } from "../../topology";
import { emulateTopology } from "../support/article-stack";
import { synthesizeStacks } from "../support/synthesize";

const STACKS = join(__dirname, "../support/existing");

/** What `tools/call` answers, of the only target. */
async function answerOf(emulator: Emulator, tool: string): Promise<unknown> {
  const { port } = new URL(emulator.url);
  return withGateway({ port }, async (client) => {
    const listed = await listTools(client);
    const { name = tool } = listed.find((each) => each.name.endsWith(`___${tool}`)) ?? {};
    return (await client.callTool({ name, arguments: { a: 5, b: 3 } })).content;
  });
}

async function withStack(path: string, use: (emulator: Emulator) => Promise<void>): Promise<readonly string[]> {
  const assumed: string[] = [];
  const emulator = await emulateTopology(topologyOfStacks(readStacks(resolve(STACKS, path))), {
    onAssumed: (sentence) => assumed.push(sentence),
  });
  try {
    await use(emulator);
  } finally {
    await emulator.stop();
  }
  return assumed;
}

const notOfTheStack = (what: string): unknown =>
  expect.stringMatching(new RegExp(`^The ${what} is none of the stack's: it is taken for one that exists`));

test("runs a stack whose pools, client and roles exist, by data sources", async () => {
  const assumed = await withStack("data-sources.tf", async (emulator) => {
    expect(await answerOf(emulator, "add_numbers")).toEqual([{ type: "text", text: "8" }]);
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

test("runs a stack that names its roles, pools, runtimes and another gateway by value", async () => {
  const assumed = await withStack("by-value.tf", async (emulator) => {
    expect(await answerOf(emulator, "add_numbers")).toEqual([{ type: "text", text: "8" }]);
    expect(emulator.gateways()).toMatchObject([
      {
        name: "main",
        targets: [
          { name: "server", tools: 3 },
          { name: "there", tools: 3 },
        ],
      },
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
      notOfTheStack("credential provider there"),
      notOfTheStack("gateway shared-a1b2c3d4e5"),
    ]),
  );
});

test("runs a stack whose names are random, with keys, tables and memories that nobody creates", async () => {
  await withStack("other-resources.tf", async (emulator) => {
    expect(await answerOf(emulator, "add_numbers")).toEqual([{ type: "text", text: "8" }]);
    expect(emulator.gateways()).toMatchObject([{ name: expect.stringMatching(/^tools-[0-9a-f]{8}$/) as string }]);
  });
});

test("runs a stack by the provider awscc, with the schemas of its tools", async () => {
  await withStack("cloud-control.tf", async (emulator) => {
    expect(await answerOf(emulator, "add_numbers")).toEqual([{ type: "text", text: "8" }]);
    expect(emulator.account.environment.region).toBe("eu-central-1");
    expect(emulator.outputs()).toMatchObject({
      provider_secret_arn: { value: expect.stringMatching(/^arn:aws:secretsmanager:/) as string },
    });
    const tools = await withGateway({ port: new URL(emulator.url).port }, listTools);
    expect(tools.find(({ name }) => name === "orders___find_order")?.inputSchema).toEqual({
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string", description: "The order's id" },
        lines: { type: "array", items: { type: "object", properties: { sku: { type: "string" } } } },
      },
    });
  });
});

test("runs the stacks of one cdktf.out together, with the references between them", async () => {
  const outdir = await synthesizeStacks(join(STACKS, "two-stacks.ts"));
  const assumed = await withStack(outdir, async (emulator) => {
    expect(await answerOf(emulator, "add_numbers")).toEqual([{ type: "text", text: "8" }]);
    expect(Object.keys(emulator.outputs())).toEqual([
      "mcp_gateway_url",
      "mcp_inbound_client_id",
      "mcp_inbound_user_pool_id",
    ]);
  });
  expect(assumed).toEqual([]);
  rmSync(outdir, { recursive: true });
});
