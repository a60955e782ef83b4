import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { DeploymentError, type Emulator } from "../../emulator";
import { parseDocument, topologyOf } from "../../topology";
import { bentResources, emulate, emulateTopology, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { describeWithTerraform } from "../support/skip";
import { Terraform } from "../support/terraform/terraform";
import { allow, policyOf } from "../support/policies";

type Resources = TerraformJson["resource"];
const GATEWAY_ROLE = "${aws_iam_role.gateway.name}";
const AWS_POLICY = "arn:aws:iam::aws:policy";

/** What the article's inline policies allow, without references, so that a role itself can hold it. */
const OUTBOUND = policyOf(
  allow("bedrock-agentcore:Get*", "arn:aws:bedrock-agentcore:us-east-1:123456789012:*"),
  allow("secretsmanager:GetSecretValue"),
);

/** Takes the gateway role's inline policy away and puts in its place what `give` adds; the target waits for `dependency`. */
function gatewayRole(give: (resources: Resources) => void, ...dependencies: string[]): (resources: Resources) => void {
  return (resources) => {
    delete resources["aws_iam_role_policy"]?.["gateway_identity"];
    delete resources["terraform_data"]?.["gateway_identity"];
    Object.assign(resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {}, { depends_on: dependencies });
    give(resources);
  };
}

const attachment = (policyArn: string) => (resources: Resources) => {
  resources["aws_iam_role_policy_attachment"] = { outbound: { role: GATEWAY_ROLE, policy_arn: policyArn } };
};
const withPolicy = (give: (resources: Resources) => void) => (resources: Resources) => {
  resources["aws_iam_policy"] = { outbound: { name: "outbound", path: "/team/", policy: OUTBOUND } };
  give(resources);
};
const onRole = (more: object) => (resources: Resources) =>
  void Object.assign(resources["aws_iam_role"]?.["gateway"] ?? {}, more);
const ATTACHMENT = "aws_iam_role_policy_attachment.outbound";

async function answerOf(emulator: Emulator): Promise<unknown> {
  const headers = bearer(await signIn(emulator));
  const { body } = await postMcp(
    outputOf(emulator, "gateway_url"),
    toolsCall("m2m-auth-demo-mcp-target___add_numbers", { a: 5, b: 3 }),
    headers,
  );
  return (body as { result: { structuredContent: unknown } }).result.structuredContent;
}

describe("a gateway role with the permissions of", () => {
  test.each<[string, (resources: Resources) => void]>([
    [
      "an attached policy of the configuration",
      gatewayRole(withPolicy(attachment("${aws_iam_policy.outbound.arn}")), ATTACHMENT),
    ],
    ["an attached policy of AWS", gatewayRole(attachment(`${AWS_POLICY}/BedrockAgentCoreFullAccess`), ATTACHMENT)],
    [
      "a policy that is attached to several roles",
      gatewayRole(
        withPolicy((resources) => {
          const attached = {
            name: "all",
            policy_arn: "${aws_iam_policy.outbound.arn}",
            roles: ["${aws_iam_role.agent_runtime.name}", GATEWAY_ROLE],
          };
          resources["aws_iam_policy_attachment"] = { outbound: attached };
        }),
        "aws_iam_policy_attachment.outbound",
      ),
    ],
    ["an inline_policy block", gatewayRole(onRole({ inline_policy: [{ name: "outbound", policy: OUTBOUND }] }))],
    [
      "the only policies that it may have attached",
      gatewayRole(
        withPolicy((resources) => {
          const exclusive = { role_name: GATEWAY_ROLE, policy_arns: ["${aws_iam_policy.outbound.arn}"] };
          resources["aws_iam_role_policy_attachments_exclusive"] = { gateway: exclusive };
        }),
        "aws_iam_role_policy_attachments_exclusive.gateway",
      ),
    ],
    [
      "managed_policy_arns",
      gatewayRole(withPolicy(onRole({ managed_policy_arns: ["${aws_iam_policy.outbound.arn}"] }))),
    ],
  ])("%s lets calls through", async (_, bend) => {
    const emulator = await emulate(await bentResources(bend));
    expect(await answerOf(emulator)).toEqual({ result: 8 });
  });
});

describeWithTerraform("a plan of the article's HCL with attached policies", () => {
  /** The plan before the apply, and the one after it. */
  async function plans(): Promise<readonly object[]> {
    const terraform = await Terraform.start();
    try {
      const folder = await terraform.newFolder();
      cpSync(join(__dirname, "../review/article"), folder, { recursive: true });
      const file = join(folder, "iam.tf");
      const inline = /resource "aws_iam_role_policy" "gateway_identity" \{\n( {2}name .*\n) {2}role .*\n/;
      const attached = `resource "aws_iam_role_policy_attachment" "gateway_identity" {
  role       = aws_iam_role.gateway.name
  policy_arn = aws_iam_policy.gateway_identity.arn
}

resource "aws_iam_role_policy_attachment" "pull" {
  role       = aws_iam_role.agent_runtime.name
  policy_arn = "${AWS_POLICY}/AmazonEC2ContainerRegistryReadOnly"
}

resource "aws_iam_policy" "gateway_identity" {
$1`;
      writeFileSync(file, readFileSync(file, "utf8").replace(inline, attached));
      const target = join(folder, "agentcore.tf");
      writeFileSync(
        target,
        readFileSync(target, "utf8").replaceAll(
          "aws_iam_role_policy.gateway_identity",
          "aws_iam_role_policy_attachment.gateway_identity",
        ),
      );
      await terraform.init(folder);
      const planned = await terraform.plan(folder);
      await terraform.applyPlan(folder);
      return [planned, await terraform.plan(folder)];
    } finally {
      await terraform.stop();
    }
  }

  test("is run with the permissions that they give", async () => {
    for (const plan of await plans()) {
      const topology = topologyOf(parseDocument("plan.json", Buffer.from(JSON.stringify(plan))));
      expect(topology.resources.map(({ kind }) => kind).filter((kind) => kind === "rolePolicyAttachment")).toHaveLength(
        2,
      );
      const emulator = await emulateTopology(topology);
      expect(await answerOf(emulator)).toEqual({ result: 8 });
      const [role] = emulator.account.iam.all().filter(({ roleName }) => roleName.endsWith("gateway-role"));
      expect([...(role?.attachedPolicies.keys() ?? [])]).toEqual([
        expect.stringMatching(/^arn:aws:iam::123456789012:policy\/.*-gateway-identity-policy$/),
      ]);
    }
  });
});

describe("a gateway role fails the target's creation", () => {
  const failure = async (bend: (resources: Resources) => void, lines: string[] = []): Promise<DeploymentError> => {
    const started = emulate(await bentResources(bend), { log: (line, source) => lines.push(`${source}: ${line}`) });
    const outcome: unknown = await started.catch((error: unknown) => error);
    if (outcome instanceof DeploymentError) return outcome;
    await (outcome as Emulator).stop();
    throw new Error("It was deployed.");
  };

  test("with a policy that nothing attaches", async () => {
    const { reason } = await failure(gatewayRole(withPolicy(() => undefined)));
    expect(reason).toMatch(/not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken/);
  });

  test.each([
    [
      "an inline policy",
      { inline_policy: [{ name: "outbound", policy: OUTBOUND }] },
      "aws_iam_role_policies_exclusive",
      { policy_names: ["other"] },
    ],
    [
      "a managed policy",
      { managed_policy_arns: ["${aws_iam_policy.outbound.arn}"] },
      "aws_iam_role_policy_attachments_exclusive",
      { policy_arns: [] },
    ],
  ])("with %s that is not among the only ones it may have", async (_, onTheRole, type, block) => {
    const bend = gatewayRole(
      withPolicy((resources) => {
        onRole(onTheRole)(resources);
        resources[type] = { gateway: { role_name: GATEWAY_ROLE, ...block } };
      }),
      `${type}.gateway`,
    );
    expect((await failure(bend)).reason).toMatch(/not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken/);
  });

  test("with a policy of AWS that grants other things, known to the emulator", async () => {
    const lines: string[] = [];
    const { reason } = await failure(
      gatewayRole(attachment(`${AWS_POLICY}/service-role/AWSLambdaBasicExecutionRole`), ATTACHMENT),
      lines,
    );
    expect(reason).toMatch(/not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken/);
    expect(lines.filter((line) => line.startsWith("emulator: "))).toEqual([]);
  });

  test("with a policy of AWS whose statements are not known, and names it", async () => {
    const lines: string[] = [];
    const arn = `${AWS_POLICY}/AmazonWorkMailFullAccess`;
    const { reason } = await failure(gatewayRole(attachment(arn), ATTACHMENT), lines);
    expect(reason).toMatch(/not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken/);
    expect(lines).toContain(
      `emulator: The role m2m-auth-demo-gateway-role has ${arn}, whose statements the emulator does not know: here it grants nothing.`,
    );
  });

  test("but not with a policy that only the account knows, which is taken to allow everything", async () => {
    const arn = "arn:aws:iam::123456789012:policy/missing";
    const lines: string[] = [];
    const folder = await bentResources(gatewayRole(attachment(arn), ATTACHMENT));
    const emulator = await emulate(folder, { onAssumed: (sentence) => lines.push(sentence) });
    expect(await answerOf(emulator)).toEqual({ result: 8 });
    expect(lines).toEqual([
      "The policy missing is none of the stack's: it is taken for one that exists and that allows everything.",
    ]);
  });
});
