import { copyFileSync, cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { McpServerBehindGateway } from "../../constructs";
import { parseDocument, topologyOf } from "../../topology";
import { fixtureArtifact, Synthesized } from "../constructs/support/synthesized";
import { LISTED } from "../e2e/article-transcript";
import { emulateTopology, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../support/callers";
import { describeWithTerraform } from "../support/skip";
import { type Plan, Terraform } from "../support/terraform/terraform";

/** Its table of what the plan says is held to what the plan says. */
const document = readFileSync(resolve(__dirname, "../../docs/migrating-from-hcl.md"), "utf8");

describeWithTerraform("docs/migrating-from-hcl.md", () => {
  let terraform: Terraform;
  let plan: Plan;
  let changes: Plan["resource_changes"];

  beforeAll(async () => {
    terraform = await Terraform.start();
    const before = await terraform.newFolder();
    cpSync(resolve(__dirname, "../review/article"), before, { recursive: true });
    await terraform.init(before);
    await terraform.apply(before);
    const { folder } = Synthesized.from(
      (stack) =>
        new McpServerBehindGateway(stack, "mcp", {
          projectName: "m2m-auth-demo",
          shortAddresses: true,
          oAuth2CredentialProviderName: "m2m-auth-demo-m2m-oauth2-provider",
          outboundUserPoolProps: { userPoolClientName: "m2m-auth-demo-m2m-client" },
          agentRuntimeArtifact: fixtureArtifact(),
        }),
    );
    copyFileSync(join(before, "terraform.tfstate"), join(folder, "terraform.tfstate"));
    await terraform.init(folder);
    plan = await terraform.plan(folder);
    changes = plan.resource_changes;
  }, 60_000);

  const withAction = (action: string) =>
    changes.filter(({ change }) => change.actions.join() === action).map(({ address }) => address);

  test("tells which addresses the article's state and the pattern share", () => {
    const kept = changes.map(({ address }) => address).filter((address) => !withAction("create").includes(address));
    const listed = [
      "aws_cognito_user_pool.inbound",
      "aws_cognito_user_pool.outbound",
      "aws_cognito_user_pool_client.m2m",
      "aws_cognito_user_pool_domain.outbound",
      "aws_cognito_resource_server.mcp",
      "aws_bedrockagentcore_oauth2_credential_provider.m2m",
      "aws_bedrockagentcore_agent_runtime.mcp_server",
      "aws_bedrockagentcore_gateway.main",
      "aws_bedrockagentcore_gateway_target.mcp_server",
      "aws_iam_role.gateway",
      "aws_iam_role_policy.gateway_identity",
      "aws_iam_role.agent_runtime",
    ];
    expect(kept).toEqual(expect.arrayContaining(listed));
  });

  test("promises that no user pool, client, gateway, runtime or provider is lost", () => {
    const precious = /user_pool\.|user_pool_client|resource_server|gateway\.main|agent_runtime\.|credential_provider/;
    const lost = changes.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address);
    expect(lost.filter((address) => precious.test(address))).toEqual([]);
  });

  test("promises that the plan runs in the emulator", async () => {
    const emulator = await emulateTopology(topologyOf(parseDocument("plan.json", Buffer.from(JSON.stringify(plan)))));
    const answer = await postMcp(outputOf(emulator, "gateway_url"), toolsList, bearer(await signIn(emulator)));
    expect(answer.body).toEqual(LISTED);
  });

  test("names what the plan creates and destroys", () => {
    const named = [...withAction("create"), ...withAction("delete"), ...withAction("delete,create")];
    expect(named.filter((address) => !document.includes(`\`${address}\``))).toEqual([]);
    expect(named).toContain("terraform_data.gateway_identity");
  });
});
