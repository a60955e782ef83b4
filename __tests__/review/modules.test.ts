import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { authMap, review } from "../../review";
import { inventoryOf, parseDocument, readDocument } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { Terraform } from "../support/terraform/terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { plansOf } from "./kept-plan";
import { readInventory } from "../topology/reading";

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
    for (const message of lacks) {
      expect(message).toMatch(
        /may not bedrock-agentcore:GetResourceOauth2Token on the credential provider module\.tool/,
      );
    }
  });
});

describeWithTerraform("terraform's plans of a part, and of the end", () => {
  const told = (plan: object, source?: string): string[] => {
    const path = join(temporaryFolder({ "plan.json": plan }), "plan.json");
    const { findings, unchecked } = review(inventoryOf(readDocument(path, { source })));
    return [
      ...findings.filter(({ severity }) => severity === "error").map(({ rule, address }) => `${rule} ${address}`),
      ...(unchecked.some(({ address }) => address === "plan") ? ["partial"] : []),
    ];
  };
  const whole = told(JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as object, folder);
  const remaining = ["runtime-role-permissions aws_iam_role.gateway"];
  const search = 'module.tool["search"]';

  test("say with their source what the whole plan says of it, and nothing of what goes", async () => {
    const terraform = await Terraform.start();
    const copy = await terraform.newFolder();
    cpSync(folder, copy, { recursive: true });
    await terraform.init(copy);
    const both = async (...options: string[]): Promise<string[][]> => {
      const plan = await terraform.plan(copy, ...options);
      return [told(plan), told(plan, folder)];
    };
    const targets = [`-target=${search}`, "-target=module.machines[0]"];
    for (const option of targets) expect(await both(option)).toEqual([["partial"], [...whole, "partial"]]);
    await terraform.apply(copy);
    expect(await both(`-target=${search}`)).toEqual([
      [...whole, "partial"],
      [...whole, "partial"],
    ]);
    expect(await both("-refresh-only")).toEqual([whole, whole]);
    expect(await both("-destroy")).toEqual([[], []]);
    expect(await both("-destroy", `-target=${search}`)).toEqual([
      [...remaining, "partial"],
      [...remaining, "partial"],
    ]);
  });
});
