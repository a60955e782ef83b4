import { join } from "node:path";
import { authMap, review } from "../../review";
import { inventoryOf, parseDocument, readInventory } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { plansOf } from "./kept-plan";

const folder = join(__dirname, "modules");
const machines = "module.machines[0].aws_cognito_user_pool.this";
const machine = "module.machines[0].aws_cognito_user_pool_client.this";

describe("a plan of modules with count and for_each", () => {
  const { system, findings, unchecked } = review(readInventory(join(folder, "plan.json")));

  test("is followed through variables and outputs to each instance", () => {
    expect(authMap(system)).toEqual(
      ["report", "search"].map((key) => ({
        gateway: "aws_bedrockagentcore_gateway.main",
        gatewayRole: "aws_iam_role.gateway",
        inbound: {
          type: "JWT",
          issuer: "module.people.aws_cognito_user_pool.this",
          clients: ["module.people.aws_cognito_user_pool_client.this"],
          audience: [],
          scopes: [],
        },
        target: `aws_bedrockagentcore_gateway_target.tool["${key}"]`,
        outbound: { type: "JWT", issuer: machines, clients: [machine], audience: [], scopes: ["machines/use"] },
        destination: `module.tool["${key}"].aws_bedrockagentcore_agent_runtime.this`,
        accepted: { type: "JWT", issuer: machines, clients: [machine], audience: [], scopes: [] },
        runtimeRole: "aws_iam_role.gateway",
      })),
    );
  });

  test("has the mistake of one instance at that instance, and says what it does not show", () => {
    expect(findings.map(({ rule, severity, address }) => `${severity} ${rule} ${address}`)).toEqual([
      'error runtime-not-mcp aws_bedrockagentcore_gateway_target.tool["report"]',
      "info tools-paged aws_bedrockagentcore_gateway.main",
      "info gateway-role-permissions aws_iam_role.gateway",
    ]);
    expect(unchecked.map(({ what, address }) => `${what} of ${address}`)).toContain(
      'the path, region and encoding of the endpoint of aws_bedrockagentcore_gateway_target.tool["report"]',
    );
  });
});

describeWithTerraform("terraform on the modules", () => {
  test("makes the plan that is kept here, and after its apply the role's lack of the providers is seen", async () => {
    const { planned, kept, afterApply } = await plansOf(folder);
    expect(planned).toEqual(kept);
    const later = review(inventoryOf(parseDocument("plan.json", Buffer.from(JSON.stringify(afterApply))))).findings;
    const lacks = later.filter(({ rule }) => rule === "gateway-role-permissions").map(({ message }) => message);
    expect(lacks).toHaveLength(2);
    for (const message of lacks)
      expect(message).toMatch(
        /may not bedrock-agentcore:GetResourceOauth2Token on the credential provider module\.tool/,
      );
  });
});
