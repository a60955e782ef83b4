import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Gateway, GatewayAuthorizer, McpServerBehindGateway } from "../../../constructs";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import type { Plan } from "../../support/terraform/terraform-output";
import { errorOf, createStack, fixtureArtifact, Synthesized } from "../support/synthesized";

const agentRuntimeArtifact = fixtureArtifact();

const pattern = (stack: TerraformStack, id: string, shortAddresses?: boolean) =>
  new McpServerBehindGateway(stack, id, { projectName: id, agentRuntimeArtifact, shortAddresses });

const patterns = (...ids: string[]) =>
  Synthesized.from((stack) => {
    ids.forEach((id) => pattern(stack, id));
  });

const addressesOf = (synthesized: Synthesized, id: string) =>
  synthesized.addresses().filter((address) => address.includes(`.${id}_`));

describe("a pattern's addresses", () => {
  const alone = addressesOf(patterns("kept"), "kept");

  test("are one for each resource and output", () => {
    expect(alone).toHaveLength(22);
    expect(alone.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
      expect.arrayContaining(["aws_bedrockagentcore_gateway.kept_Gateway", "output.kept_gateway_url"]),
    );
  });

  test.each([
    ["one before it", ["first", "kept"]],
    ["one after it", ["kept", "last"]],
    ["several around it", ["first", "second", "kept", "last"]],
  ])("are the same with %s", (_, ids) => {
    expect(addressesOf(patterns(...ids), "kept")).toEqual(alone);
  });

  test("are the same beside one with short addresses, whose are its own", () => {
    const both = Synthesized.from((stack) => {
      pattern(stack, "main", true);
      pattern(stack, "kept");
    });
    expect(addressesOf(both, "kept")).toEqual(alone);
    expect(both.resource("aws_bedrockagentcore_gateway.main").name).toBe("main-gateway");
  });

  test("leave the names that programs give theirs to them", () => {
    const { json } = Synthesized.from((stack) => {
      new DataAwsRegion(stack, "current");
      pattern(stack, "kept", true);
    });
    expect(Object.keys(json.data.aws_region ?? {}).sort()).toEqual(["agentcore", "current"]);
  });

  test("leave the building blocks outside a pattern alone", () => {
    const { json } = Synthesized.from((stack) => {
      const { inboundUserPool } = pattern(stack, "mcp", true);
      return new Gateway(stack, "other", {
        authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: inboundUserPool }),
      });
    });
    expect(Object.keys(json.resource.aws_bedrockagentcore_gateway ?? {})).toEqual([
      "main",
      expect.stringMatching(/^other_/),
    ]);
  });
});

describe("an address that two have", () => {
  test("fails where two patterns choose the short ones", () => {
    const stack = createStack();
    pattern(stack, "one", true);
    expect(errorOf(() => pattern(stack, "two", true))).toMatchObject({
      code: "ADDRESS_TAKEN",
      message:
        "stack/two: stack/one has the short addresses of the stack already: leave shortAddresses out of one of the two.",
    });
  });

  test.each([
    [
      "resource",
      (stack: TerraformStack) => new IamRole(stack, "gateway", { assumeRolePolicy: "{}" }),
      /aws_iam_role\.gateway stands for more than one element \(stack\/mcp\/Gateway\/.*stack\/gateway\)/,
    ],
    [
      "output",
      (stack: TerraformStack) => new TerraformOutput(stack, "gateway_url", { value: "x" }),
      /output\.gateway_url stands for more than one element/,
    ],
  ])("fails where another %s of the stack has it", (_, define, message) => {
    const synthesize = () =>
      Synthesized.from((stack) => {
        pattern(stack, "mcp", true);
        define(stack);
      });
    expect(synthesize).toThrow(message);
  });
});

describeWithTerraform("terraform on patterns that come, go and move", () => {
  let terraform: Terraform;

  beforeAll(async () => {
    terraform = await Terraform.start();
  });

  async function planOfChange(before: Synthesized, after: Synthesized): Promise<Plan["resource_changes"]> {
    await terraform.init(before.folder);
    await terraform.apply(before.folder);
    copyFileSync(join(before.folder, "terraform.tfstate"), join(after.folder, "terraform.tfstate"));
    await terraform.init(after.folder);
    return (await terraform.plan(after.folder)).resource_changes;
  }

  test("plans no change of the untouched one when one is put before it and one is removed", async () => {
    const changes = await planOfChange(patterns("removed", "kept"), patterns("fresh", "kept"));
    const actions = (id: string) => [
      ...new Set(
        changes.filter(({ address }) => address.includes(`.${id}_`)).map(({ change }) => change.actions.join()),
      ),
    ];
    expect({ kept: actions("kept"), fresh: actions("fresh"), removed: actions("removed") }).toEqual({
      kept: ["no-op"],
      fresh: ["read", "create"],
      removed: ["delete"],
    });
  });

  test("plans nothing but moves from the short addresses of version 0.1", async () => {
    const changes = await planOfChange(
      Synthesized.from((stack) => pattern(stack, "mcp", true)),
      Synthesized.from((stack) => {
        pattern(stack, "mcp").moveFromShortAddresses();
      }),
    );
    expect(changes.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([]);
    expect(changes.map(({ previous_address: previous }) => previous)).toContain("aws_bedrockagentcore_gateway.main");
    expect(changes.filter(({ previous_address: previous }) => previous === undefined)).toEqual([]);
  });
});
