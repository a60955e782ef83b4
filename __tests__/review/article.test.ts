import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../review";
import { readInventory } from "../../topology";
import { describeWhen } from "../support/describe-when";
import { Terraform, terraformAvailable } from "../support/terraform/terraform";

const folder = join(__dirname, "article");
const committed = join(folder, "plan.json");

/** Takes away what differs between two plans of one configuration: the time, and the order of these attributes. */
function comparable(plan: object): object {
  return { ...plan, timestamp: undefined, relevant_attributes: undefined };
}

describe("the article's Terraform, as terraform plans it", () => {
  const { findings } = review(readInventory(committed));

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
    expect(findings.filter(({ rule, severity }) => severity === "warning" && rule !== "wildcard-resource").map(({ rule, address }) => `${rule} ${address}`)).toEqual([
      "target-before-policy aws_bedrockagentcore_gateway_target.mcp_server",
      "trust-account-missing aws_iam_role.agent_runtime",
      "trust-account-missing aws_iam_role.gateway",
      "self-sign-up aws_cognito_user_pool.inbound",
    ]);
  });
});

describeWhen(terraformAvailable(), "terraform on the PATH", "terraform on the article's Terraform", () => {
  test("makes the plan that is kept here, and after its apply one in which every value is known", async () => {
    const terraform = await Terraform.start();
    try {
      const copy = await terraform.newFolder();
      cpSync(folder, copy, { recursive: true });
      await terraform.init(copy);
      const plan = await terraform.plan(copy);
      // UPDATE_FIXTURES=1 writes the plan anew, after a change of the configuration beside it.
      if (process.env["UPDATE_FIXTURES"]) writeFileSync(committed, `${JSON.stringify(comparable(plan))}\n`);
      expect(comparable(JSON.parse(JSON.stringify(plan)) as object)).toEqual(JSON.parse(readFileSync(committed, "utf8")));
      await terraform.apply(copy);
      const later = join(copy, "later.json");
      writeFileSync(later, JSON.stringify(await terraform.plan(copy)));
      const { findings } = review(readInventory(later));
      expect(findings.filter(({ severity }) => severity !== "warning")).toEqual([]);
      expect(findings.map(({ rule }) => rule)).toContain("image-tag-latest");
    } finally {
      await terraform.stop();
    }
  });
});
