import type { Emulator } from "../../emulator";
import { articleStack, emulate } from "../support/article-stack";
import { serveLocally } from "../support/local-server";

let emulator: Emulator;
beforeAll(async () => {
  const silent = await serveLocally(() => undefined);
  emulator = await emulate(await articleStack(), { hosts: { "silent.example": silent } });
});

test("reads the tools of the other targets while one is still being created", async () => {
  const { gateways, gatewayTargets } = emulator.account;
  const gatewayIdentifier = String(gateways.all()[0]?.attributes.gatewayId);
  const settings = { endpoint: "https://silent.example/mcp" };
  gatewayTargets.create({
    gatewayIdentifier,
    name: "slow",
    targetKind: "mcpServer",
    settings,
    credential: { type: "NONE" },
  });
  const { problem, targets } = await emulator.reload();
  expect(problem).toBeUndefined();
  expect(targets).toMatchObject([
    { tools: ["add_numbers", "greet_user", "multiply_numbers"] },
    { name: "slow", problem: expect.stringContaining("Creating state") as string },
  ]);
  expect(targets[0]).not.toHaveProperty("problem");
});

test("fails to synchronize a target that was left out, for the reason that it was", () => {
  const { gateways, gatewayTargets } = emulator.account;
  const { attributes, targets } = gateways.all()[0] ?? {};
  const gatewayIdentifier = String(attributes?.gatewayId);
  gatewayTargets.leaveOut({ gatewayIdentifier, name: "passthrough", targetKind: "http" }, "it is not supported");
  const target = targets?.find(({ declaration }) => declaration.name === "passthrough");
  const synchronize = () => gatewayTargets.synchronize(gatewayIdentifier, String(target?.targetId));
  expect(synchronize).toThrow("it is not supported");
  expect(target?.status).toBe("FAILED");
});
