import { describeWithTerraform } from "../support/skip";
import { discard, sampleProgram, synthesize } from "../support/synthesize";
import { type AppliedResource, type Plan, type ResourceValues, Terraform } from "../support/terraform/terraform";

const target = "aws_bedrockagentcore_gateway_target.mcp_server";
const runtime = "aws_bedrockagentcore_agent_runtime.mcp_server";
const image = "terraform_data.image";
const gatewayPolicy = "aws_iam_role_policy.gateway_identity";

describeWithTerraform(`terraform on the stack of ${sampleProgram}`, () => {
  let terraform: Terraform;
  let folder: string;
  let plan: Plan;
  let applied: readonly AppliedResource[];
  let resources: ReadonlyMap<string, ResourceValues>;

  // Each test sees what the commands before it have left, as the person at the terminal does.
  beforeAll(async () => {
    terraform = await Terraform.start();
    folder = await synthesize(sampleProgram);
    await terraform.init(folder);
  });

  afterAll(async () => {
    await terraform.stop();
    await discard(folder);
  });

  function stored(address: string): ResourceValues {
    const resource = resources.get(address);
    if (!resource) throw new Error(`No ${address} among ${[...resources.keys()].join(", ")}.`);
    return resource;
  }

  test("validates without a finding", async () => {
    expect(await terraform.validate(folder)).toEqual([]);
  });

  test("plans to create the article's resources under the article's addresses and names", async () => {
    plan = await terraform.plan(folder);
    const planned = new Map(plan.resource_changes.map(({ address, change }) => [address, change]));
    expect(
      [...planned.values()].filter(({ actions }) => actions.join() !== "create" && actions.join() !== "read"),
    ).toEqual([]);
    expect(planned.get(target)?.after).toMatchObject({ name: "m2m-auth-demo-mcp-target" });
    expect(planned.get("aws_bedrockagentcore_oauth2_credential_provider.m2m")?.after).toMatchObject({
      name: "m2m-auth-demo-m2m-oauth2-provider",
      credential_provider_vendor: "CustomOauth2",
    });
    expect(planned.get(gatewayPolicy)?.after).toMatchObject({ name: "m2m-auth-demo-gateway-identity-policy" });
    expect([...planned.keys()]).toEqual(
      expect.arrayContaining([
        runtime,
        "aws_bedrockagentcore_gateway.main",
        "aws_cognito_user_pool.inbound",
        "aws_cognito_user_pool.outbound",
        "aws_cognito_user_pool_client.m2m",
        "aws_cognito_resource_server.mcp",
        "aws_iam_role.gateway",
      ]),
    );
  });

  test("applies, and gives the article's outputs", async () => {
    applied = await terraform.applyPlan(folder);
    resources = await terraform.resources(folder);
    expect(await terraform.output(folder)).toEqual({
      inbound_user_pool_id: stored("aws_cognito_user_pool.inbound").id,
      inbound_client_id: expect.stringMatching(/^[a-z0-9]{26}$/) as string,
      gateway_url: stored("aws_bedrockagentcore_gateway.main").gateway_url,
    });
  });

  test("points the target at the runtime's encoded ARN", () => {
    const arn = String(stored(runtime).agent_runtime_arn);
    const host = "https://bedrock-agentcore.us-east-1.amazonaws.com";
    const endpoint = `${host}/runtimes/${encodeURIComponent(arn)}/invocations`;
    expect(stored(target).target_configuration).toMatchObject([{ mcp: [{ mcp_server: [{ endpoint }] }] }]);
  });

  test("creates the target after the runtime and the gateway's permissions", () => {
    const order = applied.map(({ address }) => address);
    expect(order.indexOf(target)).toBeGreaterThan(order.indexOf(runtime));
    expect(order.indexOf(target)).toBeGreaterThan(order.indexOf(gatewayPolicy));
  });

  test("lets the gateway's role reach exactly its own identity, provider and secret", () => {
    const policy = JSON.parse(String(stored(gatewayPolicy).policy)) as { Statement: { Resource: string | string[] }[] };
    const reached = policy.Statement.flatMap(({ Resource }) => Resource);
    expect(reached.filter((resource) => resource.includes("*"))).toEqual([]);
    const provider = stored("aws_bedrockagentcore_oauth2_credential_provider.m2m");
    const gateway = stored("aws_bedrockagentcore_gateway.main");
    const [secret] = provider.client_secret_arn as readonly { readonly secret_arn: string }[];
    const [identity] = gateway.workload_identity_details as readonly { readonly workload_identity_arn: string }[];
    expect(reached).toEqual(
      expect.arrayContaining([provider.credential_provider_arn, secret?.secret_arn, identity?.workload_identity_arn]),
    );
  });

  test("builds and pushes an arm64 image before it creates the runtime, which has it by its digest", async () => {
    const [artifact] = stored(runtime).agent_runtime_artifact as readonly {
      readonly container_configuration: readonly { readonly container_uri: string }[];
    }[];
    const uri = artifact?.container_configuration[0]?.container_uri ?? "no image";
    const calls = (await terraform.commands.calls()).map(({ command, arguments: args }) =>
      [command, ...args].join(" "),
    );
    expect(calls).toContainEqual(expect.stringMatching(/^docker .*build.* linux\/arm64/));
    const [repository = "", digest] = uri.split("@");
    expect(digest).toBe(stored("data.aws_ecr_image.mcp_server").image_digest);
    const tagged = `-t ${repository}:${String(stored("data.aws_ecr_image.mcp_server").image_tag)} `;
    expect(calls.filter((call) => call.startsWith("docker") && call.includes(tagged))).not.toEqual([]);
    const order = applied.map(({ address }) => address);
    expect(order).toContain(image);
    expect(order.indexOf(runtime)).toBeGreaterThan(order.indexOf(image));
  });

  test("plans no change afterwards, and builds nothing again", async () => {
    const calls = await terraform.commands.calls();
    expect(await terraform.planDetailed(folder)).toBe(0);
    expect(await terraform.apply(folder)).toEqual([]);
    expect(await terraform.commands.calls()).toEqual(calls);
  });

  test("destroys everything that it created", async () => {
    const destroyed = (await terraform.destroy(folder)).map(({ address }) => address);
    expect(destroyed.sort()).toEqual(applied.map(({ address }) => address).sort());
    expect(await terraform.resources(folder)).toEqual(new Map());
  });
});
