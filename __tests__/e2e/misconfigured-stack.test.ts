import { DeploymentError } from "../../emulator";
import { articleStack, bentResources, bentStack, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";

const TARGET = "aws_bedrockagentcore_gateway_target.mcp_server";

/** Emulates the bent stack, which has to fail. */
async function failureOf(folder: string): Promise<DeploymentError> {
  try {
    const emulator = await emulate(folder);
    await emulator.stop();
  } catch (error) {
    if (error instanceof DeploymentError) return error;
    throw error;
  }
  throw new Error("The stack was deployed.");
}

function withoutStatement(sid: string): (resources: TerraformJson["resource"]) => void {
  return (resources) => {
    const rolePolicy = resources["aws_iam_role_policy"]?.["gateway_identity"];
    const policy = JSON.parse(String(rolePolicy?.["policy"])) as { Statement: { Sid: string }[] };
    const Statement = policy.Statement.filter((statement) => statement.Sid !== sid);
    Object.assign(rolePolicy ?? {}, { policy: JSON.stringify({ ...policy, Statement }) });
  };
}

describe("a gateway role", () => {
  it.each([
    ["GetWorkloadAccessToken", /not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken on resource: arn:.*workload-identity-directory\/default/],
    ["GetResourceOauth2Token", /not authorized to perform: bedrock-agentcore:GetResourceOauth2Token on resource: arn:.*token-vault\/default/],
    ["GetSecretValue", /You are not authorized to perform: secretsmanager:GetSecretValue/],
  ])("fails the target's creation without the statement %s", async (sid, reason) => {
    const failure = await failureOf(await bentResources(withoutStatement(sid)));
    expect([failure.address, failure.reason]).toEqual([TARGET, expect.stringMatching(reason)]);
  });

  it("fails the target's creation when its trust policy names another gateway", async () => {
    const failure = await failureOf(await bentStack((json) => json.replace("gateway/m2m-auth-demo-gateway-*", "gateway/other-*")));
    expect(failure.reason).toBe("Gateway service is not authorized to assume the execution role");
  });
});

describe("a target's endpoint", () => {
  it.each([
    ["/mcp instead of /invocations", (json: string) => json.replace("agent_runtime_arn)}/invocations", "agent_runtime_arn)}/mcp")],
    [
      "the ARN un-encoded",
      (json: string) => json.replace(/urlencode\((aws_bedrockagentcore_agent_runtime\.mcp_server\.agent_runtime_arn)\)/, "$1"),
    ],
  ])("fails with %s", async (_, bend) => {
    const failure = await failureOf(await bentStack(bend));
    expect([failure.address, failure.reason]).toEqual([
      TARGET,
      "Failed to connect and fetch tools from the provided MCP target server. Error - Received error (404) from runtime.",
    ]);
  });

  it("fails at a host that does not exist", async () => {
    const failure = await failureOf(await bentStack((json) => json.replace("https://bedrock-agentcore.", "https://bedrock-agentcor.")));
    expect(failure.reason).toContain("Unable to connect to the MCP server. Please check the server");
  });
});

describe("the M2M side", () => {
  it("fails without a domain on the outbound pool", async () => {
    const folder = await bentResources((resources) => {
      delete resources["aws_cognito_user_pool_domain"];
      delete resources["aws_bedrockagentcore_oauth2_credential_provider"]?.["m2m"]?.["depends_on"];
    });
    expect((await failureOf(folder)).reason).toContain("Error parsing ClientCredentials response");
  });

  it("fails when the runtime allows another client", async () => {
    const folder = await bentResources((resources) => {
      const runtime = resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] as {
        authorizer_configuration: { custom_jwt_authorizer: { allowed_clients: string[] }[] }[];
      };
      const [authorizer] = runtime.authorizer_configuration[0]?.custom_jwt_authorizer ?? [];
      Object.assign(authorizer ?? {}, { allowed_clients: ["${aws_cognito_user_pool_client.inbound.id}"] });
    });
    expect((await failureOf(folder)).reason).toContain("Authorization error when sending message");
  });

  it("fails with a scope that the client may not have", async () => {
    const folder = await bentResources((resources) => {
      const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] as {
        credential_provider_configuration: { oauth: { scopes: string[] }[] }[];
      };
      Object.assign(target.credential_provider_configuration[0]?.oauth[0] ?? {}, { scopes: ["mcp-server/tools.delete"] });
    });
    expect((await failureOf(folder)).reason).toContain("Error parsing ClientCredentials response");
  });
});

describe("a call on a system that changes after its target was created", () => {
  it("fails as AWS fails when the role loses a permission: listing works, calling is an opaque error", async () => {
    const emulator = await emulate(await articleStack());
    try {
      const token = await signIn(emulator);
      const url = outputOf(emulator, "gateway_url");
      emulator.account.iam.putRolePolicy({
        roleName: "m2m-auth-demo-gateway-role",
        policyName: "m2m-auth-demo-gateway-identity-policy",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      });
      const called = await postMcp(url, toolsCall("m2m-auth-demo-mcp-target___add_numbers", { a: 5, b: 3 }), bearer(token));
      expect(called).toMatchObject({
        status: 200,
        body: {
          id: 2,
          result: { content: [{ type: "text", text: "An internal error occurred. Please retry later." }], isError: true },
        },
      });
      const call = emulator.calls().at(-1);
      const refused = call?.hops[call.refusedAt ?? -1];
      expect(refused).toMatchObject({ name: "workload access token", failure: expect.stringContaining("GetWorkloadAccessToken") as string });
    } finally {
      await emulator.stop();
    }
  });
});
