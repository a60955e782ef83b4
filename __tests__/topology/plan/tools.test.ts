import { describeWithTerraform } from "../../support/skip";
import { plansOf } from "../../review/kept-plan";
import { declarationsAsApplied, deployAsApplied } from "./applied";
import { keptPlan, type PlanDocument, plannedValues, TOOLS, planTopology, within } from "./documents";

const MACHINE = "module.machines[0].aws_cognito_user_pool_client.this";
const DOMAIN = "module.machines[0].aws_cognito_user_pool_domain.this[0]";
const KEYS = ["report", "search"];
const RUNTIMES = KEYS.map((key) => `module.tool["${key}"].aws_bedrockagentcore_agent_runtime.this`);
const PROVIDERS = KEYS.map((key) => `module.tool["${key}"].aws_bedrockagentcore_oauth2_credential_provider.this`);
const TARGETS = KEYS.map((key) => `aws_bedrockagentcore_gateway_target.tool["${key}"]`);

/** terraform forgets write-only arguments, so they are put back. */
function withSecrets(deployed: PlanDocument): PlanDocument {
  const values = plannedValues(deployed);
  const { id: client_id, client_secret } = values.get(MACHINE) ?? {};
  for (const provider of PROVIDERS) {
    Object.assign(within(values.get(provider) ?? {}, "oauth2_provider_config.0.custom_oauth2_provider_config.0"), {
      client_id,
      client_secret,
    });
  }
  return deployed;
}

function without(declaration: unknown, ...names: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(declaration as object).filter(([name]) => !names.includes(name)));
}

/** What the plan before the apply declares as terraform applies it; the made-up domain is the first to differ. */
function comparePlans(plan: PlanDocument, deployed: PlanDocument): void {
  const topology = planTopology(plan);
  const read = deployAsApplied(topology, deployed).declarations;
  const applied = declarationsAsApplied(topology, withSecrets(deployed));
  const [madeUp, real] = [read, applied].map((declarations) => (declarations[DOMAIN] as { domain: string }).domain);
  expect(madeUp).toMatch(/^n[0-9a-f]{12}$/);
  const hidden = new Map<string, readonly string[]>([
    ...RUNTIMES.map((address) => [address, ["environmentVariables"]] as const),
    ...TARGETS.map((address) => [address, ["description"]] as const),
    ["aws_iam_role_policy.gateway", ["policy"]],
  ]);
  for (const [address, declaration] of Object.entries(read)) {
    const text = JSON.stringify(without(declaration, ...(hidden.get(address) ?? []))).replaceAll(
      madeUp ?? "",
      real ?? "",
    );
    expect([address, JSON.parse(text)]).toEqual([
      address,
      JSON.parse(JSON.stringify(without(applied[address], ...(hidden.get(address) ?? [])))),
    ]);
  }
}

describe("a plan of modules, count, for_each and local values", () => {
  const topology = planTopology(keptPlan(TOOLS, "plan"));

  test("declares what terraform applies, where services assign the same", () => {
    comparePlans(keptPlan(TOOLS, "plan"), keptPlan(TOOLS, "deployed"));
  });

  test("creates every instance, and no function that nobody calls", () => {
    const addresses = topology.resources.map(({ address }) => address);
    expect(addresses).toEqual(
      expect.arrayContaining([
        ...RUNTIMES,
        ...PROVIDERS,
        ...TARGETS,
        "aws_lambda_function.orders[0]",
        'aws_iam_role.this["gateway"]',
      ]),
    );
    expect(addresses).not.toContain("aws_lambda_function.report");
    expect(topology.unsupported).toEqual([{ address: "aws_lambda_function.report", type: "aws_lambda_function" }]);
  });

  test("waits for what a module waits for as a whole, and for what a local value hides", () => {
    const order = topology.resources.map(({ address }) => address);
    for (const runtime of RUNTIMES) {
      expect(order.indexOf(runtime)).toBeGreaterThan(order.indexOf("aws_iam_role_policy.runtime"));
    }
    expect(order.indexOf("aws_bedrockagentcore_gateway_target.orders")).toBeGreaterThan(
      order.indexOf("aws_bedrockagentcore_gateway.main"),
    );
  });

  test.each([
    "aws_bedrockagentcore_gateway_target.orders gateway_identifier; taken as aws_bedrockagentcore_gateway.main.gateway_id, the only aws_bedrockagentcore_gateway of the plan",
    `${TARGETS[0]} credential_provider_configuration.oauth.provider_arn; taken as ${PROVIDERS[0]}.credential_provider_arn`,
    `${TARGETS[0]} target_configuration.mcp.mcp_server.endpoint; taken as the invocation URL of ${RUNTIMES[0]}`,
    `${TARGETS[1]} credential_provider_configuration.oauth.scopes; taken as module.machines[0].aws_cognito_resource_server.this[0].scope_identifiers`,
    `${RUNTIMES[1]} environment_variables.USER_POOL; left out`,
    "data.aws_iam_policy_document.pull statement.resources; taken as aws_ecr_repository.tools.arn",
    "output.inspector; taken as aws_bedrockagentcore_gateway.main.gateway_url",
  ])("says: %s", (assumption) => {
    expect(topology.assumptions).toContain(`The plan hides the text of ${assumption}.`);
  });

  test("gives the outputs that terraform gives, but for what it hides", () => {
    const deployed = keptPlan(TOOLS, "deployed");
    const { inspector, ...outputs } = deployAsApplied(topology, deployed).outputs;
    expect(inspector).toBe(outputs["gateway_url"]);
    const expected = Object.entries(deployed.planned_values.outputs ?? {}).flatMap(([name, { value }]) =>
      name === "inspector" ? [] : [[name, value]],
    );
    expect(outputs).toEqual(Object.fromEntries(expected));
  });
});

describe("the same plan once it is deployed", () => {
  test("declares what it finds, with the secrets that no plan shows", () => {
    const deployed = keptPlan(TOOLS, "deployed");
    const topology = planTopology(deployed);
    expect(topology.assumptions).toEqual([]);
    expect(deployAsApplied(topology, deployed).declarations).toEqual(
      declarationsAsApplied(topology, withSecrets(deployed)),
    );
  });
});

describeWithTerraform("a plan of modules, as terraform makes it now", () => {
  test("is the one that is kept here, and declares what terraform applies", async () => {
    const { planned, kept, afterApply } = await plansOf(TOOLS);
    expect(planned).toEqual(kept);
    comparePlans(planned as PlanDocument, afterApply as PlanDocument);
  });
});
