import { join } from "node:path";
import { deploy } from "./fake-account";
import { readTopology } from "./reading";

const ACCOUNT = "us-east-1:123456789012";
const AGENTCORE = `arn:aws:bedrock-agentcore:${ACCOUNT}`;

describe("the article's stack", () => {
  const topology = readTopology(join(__dirname, "../review/article"));
  const { declarations, outputs } = deploy(topology);

  test("names its region and what it cannot read", () => {
    expect(topology.region).toBe("us-east-1");
    expect(topology.unsupported).toEqual([
      { address: "aws_ecr_lifecycle_policy.mcp_server", type: "aws_ecr_lifecycle_policy" },
    ]);
  });

  test("creates what needs little before what needs much, else as declared", () => {
    expect(topology.resources.map((resource) => resource.address)).toEqual([
      "aws_cognito_user_pool.outbound",
      "aws_iam_role.agent_runtime",
      "aws_ecr_repository.mcp_server",
      "aws_iam_role.gateway",
      "aws_cognito_user_pool.inbound",
      "aws_cognito_resource_server.mcp",
      "aws_iam_role_policy.agent_runtime",
      "terraform_data.image",
      "aws_cognito_user_pool_client.inbound",
      "aws_cognito_user_pool_domain.inbound",
      "aws_cognito_user_pool_domain.outbound",
      "aws_iam_role_policy.gateway",
      "aws_iam_role_policy.gateway_identity",
      "aws_cognito_user_pool_client.m2m",
      "aws_bedrockagentcore_gateway.main",
      "aws_bedrockagentcore_oauth2_credential_provider.m2m",
      "aws_bedrockagentcore_agent_runtime.mcp_server",
      "aws_bedrockagentcore_gateway_target.mcp_server",
    ]);
  });

  test("declares the target with the encoded ARN and the scopes of the resource server", () => {
    expect(declarations["aws_bedrockagentcore_gateway_target.mcp_server"]).toEqual({
      gatewayIdentifier: "m2m-auth-demo-gateway-abcdefghij",
      name: "m2m-auth-demo-mcp-target",
      targetKind: "mcpServer",
      settings: {
        endpoint:
          "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A" +
          "123456789012%3Aruntime%2Fm2m_auth_demo_mcp_server-abcdefghij/invocations",
        listingMode: "DEFAULT",
      },
      credential: {
        type: "OAUTH",
        providerArn: `${AGENTCORE}:token-vault/default/oauth2credentialprovider/m2m-auth-demo-m2m-oauth2-provider`,
        scopes: ["mcp-server/tools.read", "mcp-server/tools.write", "mcp-server/tools.execute"],
      },
    });
  });

  test("keeps the two pools apart", () => {
    expect(declarations["aws_bedrockagentcore_gateway.main"]).toMatchObject({
      roleArn: "arn:aws:iam::123456789012:role/m2m-auth-demo-gateway-role",
      customJwtAuthorizer: {
        discoveryUrl:
          "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_m2mauthdemoinboundpool/.well-known/openid-configuration",
        allowedClients: ["id-of-m2m-auth-demo-inbound-client"],
      },
    });
    expect(declarations["aws_bedrockagentcore_agent_runtime.mcp_server"]).toMatchObject({
      agentRuntimeName: "m2m_auth_demo_mcp_server",
      containerUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/m2m-auth-demo-mcp-server:latest",
      serverProtocol: "MCP",
      customJwtAuthorizer: {
        discoveryUrl:
          "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_m2mauthdemooutboundpool/.well-known/openid-configuration",
        allowedClients: ["id-of-m2m-auth-demo-m2m-client"],
      },
    });
    expect(declarations["aws_bedrockagentcore_oauth2_credential_provider.m2m"]).toMatchObject({
      clientId: "id-of-m2m-auth-demo-m2m-client",
      clientSecret: "secret-of-m2m-auth-demo-m2m-client",
    });
  });

  test("writes the article's policy of the gateway role", () => {
    const { policy, roleName } = declarations["aws_iam_role_policy.gateway_identity"] as {
      policy: string;
      roleName: string;
    };
    expect(roleName).toBe("m2m-auth-demo-gateway-role");
    expect(JSON.parse(policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "GetWorkloadAccessToken",
          Effect: "Allow",
          Action: ["bedrock-agentcore:GetWorkloadAccessToken"],
          Resource: [
            `${AGENTCORE}:workload-identity-directory/default`,
            `${AGENTCORE}:workload-identity-directory/default/workload-identity/m2m-auth-demo-*`,
          ],
        },
        {
          Sid: "GetResourceOauth2Token",
          Effect: "Allow",
          Action: ["bedrock-agentcore:GetResourceOauth2Token"],
          Resource: [
            `${AGENTCORE}:workload-identity-directory/default`,
            `${AGENTCORE}:workload-identity-directory/default/workload-identity/*`,
            `${AGENTCORE}:token-vault/default`,
            `${AGENTCORE}:token-vault/default/oauth2credentialprovider/*`,
          ],
        },
        {
          Sid: "GetSecretValue",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: [`arn:aws:secretsmanager:${ACCOUNT}:secret:bedrock-agentcore*`],
        },
      ],
    });
  });

  test("gives the article's outputs", () => {
    expect(outputs).toEqual({
      inbound_user_pool_id: "us-east-1_m2mauthdemoinboundpool",
      inbound_client_id: "id-of-m2m-auth-demo-inbound-client",
      gateway_url: "https://m2m-auth-demo-gateway-abcdefghij.gateway.bedrock-agentcore.us-east-1.amazonaws.com/mcp",
    });
  });
});
