import { join } from "node:path";
import { review } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { plansOf } from "./kept-plan";
import { readInventory } from "../topology/reading";

const folder = join(__dirname, "article");

describe("the article's Terraform, as terraform plans it", () => {
  const { findings } = review(readInventory(join(folder, "plan.json")));

  test("has no error", () => {
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("has warnings that say what its policies reach, and name the exact ARNs", () => {
    const prefix = "arn:aws:bedrock-agentcore:us-east-1:123456789012:";
    const fixes = findings.filter(({ rule }) => rule === "wildcard-resource").map(({ fix }) => fix);
    expect(fixes).toEqual([
      "Name aws_bedrockagentcore_gateway.main.gateway_arn instead.",
      ...[0, 1].map(
        () =>
          `Name ${prefix}workload-identity-directory/default/workload-identity/m2m-auth-demo-gateway-<10 characters> (aws_bedrockagentcore_gateway.main.workload_identity_details[0].workload_identity_arn) instead.`,
      ),
      `Name ${prefix}token-vault/default/oauth2credentialprovider/m2m-auth-demo-m2m-oauth2-provider (aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn) instead.`,
      "Name arn:aws:secretsmanager:us-east-1:123456789012:secret:bedrock-agentcore-identity!default/oauth2/m2m-auth-demo-m2m-oauth2-provider-<6 characters> (aws_bedrockagentcore_oauth2_credential_provider.m2m.client_secret_arn[0].secret_arn) instead.",
    ]);
  });

  test("has these other warnings", () => {
    expect(
      findings
        .filter(({ rule, severity }) => severity === "warning" && rule !== "wildcard-resource")
        .map(({ rule, address }) => `${rule} ${address}`),
    ).toEqual([
      "target-before-policy aws_bedrockagentcore_gateway_target.mcp_server",
      "trust-account-missing aws_iam_role.agent_runtime",
      "trust-account-missing aws_iam_role.gateway",
      "self-sign-up aws_cognito_user_pool.inbound",
    ]);
  });
});

describeWithTerraform("terraform on the article's Terraform", () => {
  test("makes the plan that is kept here, and after its apply one in which every value is known", async () => {
    const { planned, kept, afterApply } = await plansOf(folder);
    expect(planned).toEqual(kept);
    const later = review(inventoryOf(parseDocument("plan.json", Buffer.from(JSON.stringify(afterApply))))).findings;
    expect(later.filter(({ severity }) => severity !== "warning")).toEqual([]);
    expect(later.map(({ rule }) => rule)).toContain("image-tag-latest");
  });
});
