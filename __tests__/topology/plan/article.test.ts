import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { plansOf } from "../../review/kept-plan";
import { deploy } from "../fake-account";
import { declarationsAsApplied, deployAsApplied } from "./applied";
import { ARTICLE, keptPlan, type PlanDocument, plannedValues, planTopology } from "./documents";

const HIDDEN_POLICY = "aws_iam_role_policy.agent_runtime";
const EVERY_ACTION = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function comparePlans(plan: PlanDocument, deployed: PlanDocument): void {
  const topology = planTopology(plan);
  const { declarations, outputs } = deployAsApplied(topology, deployed);
  const { [HIDDEN_POLICY]: assumed, ...read } = declarations;
  const { [HIDDEN_POLICY]: applied, ...rest } = declarationsAsApplied(topology, deployed);
  expect(read).toEqual(rest);
  expect(JSON.parse((assumed as { policy: string }).policy)).toEqual(EVERY_ACTION);
  expect({ ...(assumed as object), policy: "" }).toEqual({ ...(applied as object), policy: "" });
  const expected = Object.entries(deployed.planned_values.outputs ?? {}).map(([name, { value }]) => [name, value]);
  expect(outputs).toEqual(Object.fromEntries(expected));
}

describe("the article's plan", () => {
  const topology = planTopology(keptPlan(ARTICLE, "plan"));
  const discovery =
    "authorizer_configuration.custom_jwt_authorizer.discovery_url; taken as the OpenID discovery URL of aws_cognito_user_pool";

  test("declares what terraform applies, where services assign the same", () => {
    comparePlans(keptPlan(ARTICLE, "plan"), keptPlan(ARTICLE, "deployed"));
  });

  test("says one sentence for each text that is taken for a hidden one", () => {
    expect(topology.assumptions).toEqual([
      "The plan hides the text of aws_bedrockagentcore_agent_runtime.mcp_server agent_runtime_artifact.container_configuration.container_uri; taken as the image latest of aws_ecr_repository.mcp_server.",
      `The plan hides the text of aws_bedrockagentcore_agent_runtime.mcp_server ${discovery}.outbound.`,
      `The plan hides the text of aws_bedrockagentcore_gateway.main ${discovery}.inbound.`,
      "The plan hides the text of aws_bedrockagentcore_gateway_target.mcp_server target_configuration.mcp.mcp_server.endpoint; taken as the invocation URL of aws_bedrockagentcore_agent_runtime.mcp_server.",
      "The plan hides the text of aws_bedrockagentcore_oauth2_credential_provider.m2m oauth2_provider_config.custom_oauth2_provider_config.oauth_discovery.discovery_url; taken as the OpenID discovery URL of aws_cognito_user_pool.outbound.",
      `The plan hides the text of ${HIDDEN_POLICY} policy; taken as a policy that allows every action, so what the role may do is not checked.`,
    ]);
  });

  test("names its region, its account and what it cannot read", () => {
    expect(topology).toMatchObject({
      region: "us-east-1",
      accountId: "123456789012",
      unsupported: [{ address: "aws_ecr_lifecycle_policy.mcp_server", type: "aws_ecr_lifecycle_policy" }],
    });
  });

  test("creates what needs little before what needs much, and what depends_on names before", () => {
    const order = topology.resources.map(({ address }) => address);
    const place = (address: string): number => order.indexOf(address);
    expect(place("aws_bedrockagentcore_agent_runtime.mcp_server")).toBeGreaterThan(place("terraform_data.image"));
    expect(place("aws_bedrockagentcore_agent_runtime.mcp_server")).toBeGreaterThan(place(HIDDEN_POLICY));
    expect(place("aws_bedrockagentcore_oauth2_credential_provider.m2m")).toBeGreaterThan(
      place("aws_cognito_user_pool_domain.outbound"),
    );
    expect(order.at(-1)).toBe("aws_bedrockagentcore_gateway_target.mcp_server");
  });
});

describe("the article's plan once it is deployed", () => {
  const deployed = keptPlan(ARTICLE, "deployed");
  const topology = planTopology(deployed);

  test("hides nothing", () => {
    expect(topology.assumptions).toEqual([]);
  });

  test("declares what it finds, where services assign the same once more", () => {
    expect(deployAsApplied(topology, deployed).declarations).toEqual(declarationsAsApplied(topology, deployed));
  });

  test("declares what the plan before the apply declares, where services assign other ids", () => {
    const before = deploy(planTopology(keptPlan(ARTICLE, "plan")));
    const after = deploy(topology);
    expect({ ...after.declarations, [HIDDEN_POLICY]: "" }).toEqual({ ...before.declarations, [HIDDEN_POLICY]: "" });
    expect(after.outputs).toEqual(before.outputs);
    const oldIds = ["aws_cognito_user_pool_client.m2m", "aws_cognito_user_pool.outbound"].map((address) =>
      String(plannedValues(deployed).get(address)?.["id"]),
    );
    expect(oldIds).toEqual([expect.stringMatching(/^[a-z0-9]{26}$/), expect.stringMatching(/^us-east-1_/)]);
    expect(oldIds.filter((id) => JSON.stringify(after).includes(id))).toEqual([]);
  });
});

describeWithTerraform("the article's plan, as terraform makes it now", () => {
  test("declares what terraform applies", async () => {
    const { planned, afterApply } = await plansOf(ARTICLE);
    comparePlans(planned as PlanDocument, afterApply as PlanDocument);
    expect(planTopology(afterApply).assumptions).toEqual([]);
  });

  test("mixes what stands with what is replaced", async () => {
    const terraform = await Terraform.start();
    const folder = await terraform.newFolder();
    cpSync(ARTICLE, folder, { recursive: true });
    await terraform.init(folder);
    await terraform.apply(folder);
    const file = join(folder, "agentcore.tf");
    writeFileSync(file, readFileSync(file, "utf8").replace('_mcp_server"', '_second_server"'));
    const topology = planTopology(await terraform.plan(folder));
    expect(topology.assumptions).toEqual([
      "The plan hides the text of aws_bedrockagentcore_gateway_target.mcp_server target_configuration.mcp.mcp_server.endpoint; taken as the invocation URL of aws_bedrockagentcore_agent_runtime.mcp_server.",
    ]);
    const { declarations } = deploy(topology);
    expect(declarations["aws_bedrockagentcore_gateway_target.mcp_server"]).toMatchObject({
      gatewayIdentifier: "m2m-auth-demo-gateway-abcdefghij",
      settings: {
        endpoint: expect.stringContaining("m2m_auth_demo_second_server-abcdefghij/invocations") as string,
      },
    });
  });
});
