import { App, type TerraformStack, TerraformVariable } from "cdktf";
import {
  AgentRuntimeArtifact,
  ApiKeyCredentialProvider,
  Gateway,
  GatewayAuthorizer,
  type GatewayProps,
  GatewayProtocol,
  InboundUserPool,
  McpServerBehindGateway,
  type McpServerBehindGatewayProps,
  MCPProtocolVersion,
  Mfa,
  OAuth2CredentialProvider,
  OutboundUserPool,
  Role,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type RuntimeProps,
  RuntimeNetworkConfiguration,
} from "../../../constructs";
import { createStack, errorOf, fixtureArtifact, secretOf, Synthesized } from "../support/synthesized";

type Extra = Omit<McpServerBehindGatewayProps, "projectName" | "shortAddresses">;
const artifact = fixtureArtifact();
const define = (stack: TerraformStack, extra: Extra) =>
  new McpServerBehindGateway(stack, "mcp", {
    projectName: "tools",
    shortAddresses: true,
    ...(!extra.runtime && { agentRuntimeArtifact: artifact }),
    ...extra,
  });
const synthesized = (extra: (stack: TerraformStack) => Extra) =>
  Synthesized.from((stack) => define(stack, extra(stack)));

const people = (stack: TerraformStack) =>
  InboundUserPool.fromUserPoolAttributes(stack, "people", { userPoolId: "eu-west-1_AbC", clientId: "1abc" });
const jwt = {
  discoveryUrl: "https://id.example.com/.well-known/openid-configuration",
  allowedAudience: ["tools"],
};
const existingRuntime = (stack: TerraformStack) =>
  Runtime.fromAgentRuntimeAttributes(stack, "runtime", {
    agentRuntimeArn: "arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/tools-a1b2c3d4e5",
    agentRuntimeId: "tools-a1b2c3d4e5",
    agentRuntimeName: "tools",
    authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
      ...jwt,
      gatewayClient: { clientId: "gateway", clientSecret: secretOf(stack), scopes: ["tools"] },
    }),
  });

describe("McpServerBehindGateway with parts that exist", () => {
  test("says nothing of development or of an article by default", () => {
    const stack = synthesized(() => ({}));
    expect(JSON.stringify(stack.json.resource)).not.toMatch(/"dev"|-m2m-|M2M/);
    expect(stack.resource("aws_bedrockagentcore_agent_runtime.mcp_server")).not.toHaveProperty("environment_variables");
  });

  test("takes a pool of callers", () => {
    const stack = synthesized((scope) => ({ inboundUserPool: people(scope) }));
    expect(stack.addresses()).not.toContain("aws_cognito_user_pool.inbound");
    expect(JSON.stringify(stack.resource("aws_bedrockagentcore_gateway.main"))).toContain("eu-west-1_AbC");
    expect(stack.json.output).toMatchObject({
      inbound_user_pool_id: { value: "eu-west-1_AbC" },
      inbound_client_id: { value: "1abc" },
    });
  });

  test("takes another issuer of callers, and has no output for a pool then", () => {
    const stack = synthesized(() => ({ authorizerConfiguration: GatewayAuthorizer.usingCustomJwt(jwt) }));
    expect(Object.keys(stack.json.output)).toEqual(["gateway_url"]);
  });

  test("takes a pool of machines, several servers one", () => {
    const stack = Synthesized.from((scope) => {
      const outboundUserPool = new OutboundUserPool(scope, "machines");
      for (const projectName of ["one", "two"]) {
        const options = { agentRuntimeArtifact: artifact, outboundUserPool, inboundUserPool: people };
        new McpServerBehindGateway(scope, projectName, {
          ...options,
          projectName,
          inboundUserPool: undefined,
          authorizerConfiguration: GatewayAuthorizer.usingCustomJwt(jwt),
        });
      }
    });
    expect(Object.keys(stack.json.resource.aws_bedrockagentcore_oauth2_credential_provider ?? {})).toHaveLength(1);
    expect(Object.keys(stack.json.resource.aws_bedrockagentcore_gateway_target ?? {})).toHaveLength(2);
  });

  test("has the gateway sign where the runtime takes SigV4", () => {
    const stack = synthesized(() => ({ runtimeAuthorizerConfiguration: RuntimeAuthorizerConfiguration.usingIAM() }));
    expect(stack.addresses()).not.toContain("aws_cognito_user_pool.outbound");
    expect(stack.resource("aws_bedrockagentcore_gateway_target.mcp_server")).toMatchObject({
      credential_provider_configuration: [{ gateway_iam_role: [{ service: "bedrock-agentcore" }] }],
    });
  });

  test("takes a runtime, in whatever region", () => {
    const stack = synthesized((scope) => ({ runtime: existingRuntime(scope) }));
    expect(stack.json.resource).not.toHaveProperty("aws_bedrockagentcore_agent_runtime");
    expect(JSON.stringify(stack.resource("aws_bedrockagentcore_gateway_target.mcp_server"))).toContain(
      "https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/",
    );
  });

  test("takes a gateway, several servers one", () => {
    const stack = Synthesized.from((scope) => {
      const gateway = Gateway.fromGatewayAttributes(scope, "gateway", {
        gatewayArn: "arn:aws:bedrock-agentcore:eu-west-1:123456789012:gateway/team-a1b2c3d4e5",
        gatewayId: "team-a1b2c3d4e5",
        gatewayName: "team",
        role: Role.fromRoleArn("arn:aws:iam::123456789012:role/path/team", { mutable: false }),
      });
      for (const projectName of ["one", "two"]) {
        const { gateway: used } = new McpServerBehindGateway(scope, projectName, {
          projectName,
          agentRuntimeArtifact: artifact,
          gateway,
        });
        expect(used.gatewayUrl).toBe("https://team-a1b2c3d4e5.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp");
      }
    });
    expect(Object.keys(stack.json.resource.aws_bedrockagentcore_gateway_target ?? {})).toHaveLength(2);
    expect(JSON.stringify(stack.json.resource.aws_iam_role_policy)).not.toContain("GetWorkloadAccessToken");
  });

  test("takes a role whose ARN only Terraform knows", () => {
    const stack = synthesized((scope) => {
      const roleArn = new TerraformVariable(scope, "gateway_role", { type: "string" }).stringValue;
      return { gatewayRole: Role.fromRoleArn(roleArn) };
    });
    expect(stack.only("aws_bedrockagentcore_gateway").role_arn).toBe("${var.gateway_role}");
    expect(Object.values(stack.json.resource.aws_iam_role_policy ?? {})).toContainEqual(
      expect.objectContaining({ role: '${element(reverse(split("/", var.gateway_role)), 0)}' }),
    );
  });

  test("passes on what its parts take", () => {
    const stack = synthesized(() => ({
      inboundUserPoolProps: { mfa: Mfa.REQUIRED },
      outboundUserPoolProps: { accessTokenValidityInMinutes: 10 },
      networkConfiguration: RuntimeNetworkConfiguration.usingVpc({
        subnetIds: ["subnet-1"],
        securityGroupIds: ["sg-1"],
      }),
      protocolConfiguration: GatewayProtocol.mcp({ supportedVersions: [MCPProtocolVersion.MCP_2025_11_25] }),
      kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111",
      environmentVariables: { STAGE: "blue" },
      endpoints: { stable: { version: "3" } },
      targetEndpointName: "stable",
      waitUntilReady: true,
      rolePath: "/tools/",
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      tags: { team: "tools" },
    }));
    expect(stack.resource("aws_cognito_user_pool.inbound")).toMatchObject({
      mfa_configuration: "ON",
      tags: { team: "tools" },
    });
    expect(stack.resource("aws_cognito_user_pool_client.m2m").access_token_validity).toBe(10);
    expect(stack.resource("aws_bedrockagentcore_agent_runtime.mcp_server")).toMatchObject({
      network_configuration: [{ network_mode: "VPC" }],
      environment_variables: { STAGE: "blue" },
      tags: { team: "tools" },
    });
    expect(stack.resource("aws_bedrockagentcore_gateway.main")).toMatchObject({
      kms_key_arn: expect.stringContaining(":key/") as string,
      protocol_configuration: [{ mcp: [{ supported_versions: ["2025-11-25"] }] }],
      tags: { team: "tools" },
    });
    expect(JSON.stringify(stack.resource("aws_bedrockagentcore_gateway_target.mcp_server"))).toContain("?qualifier=");
    expect(Object.keys(stack.json.resource.terraform_data ?? {})).toHaveLength(3);
    for (const role of ["agent_runtime", "gateway"]) {
      expect(stack.resource(`aws_iam_role.${role}`)).toMatchObject({
        path: "/tools/",
        permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
      });
    }
  });

  test.each<[string, (stack: TerraformStack) => Extra, string]>([
    [
      "a pool and another issuer",
      (stack) => ({ inboundUserPool: people(stack), authorizerConfiguration: GatewayAuthorizer.usingCustomJwt(jwt) }),
      "ARGUMENTS_CONFLICT",
    ],
    [
      "a runtime and its environment",
      (stack) => ({ runtime: existingRuntime(stack), environmentVariables: {} }),
      "ARGUMENTS_CONFLICT",
    ],
    ["an endpoint that it does not get", () => ({ targetEndpointName: "stable" }), "NAME_INVALID"],
    ["a role path without a slash", () => ({ rolePath: "tools" }), "NAME_INVALID"],
  ])("fails with %s", (_, extra, code) => {
    const stack = createStack();
    expect(errorOf(() => define(stack, extra(stack)))).toMatchObject({ code });
  });

  test("fails when asked for a part that it does not make", () => {
    const stack = createStack();
    const pattern = define(stack, { inboundUserPool: people(stack) });
    expect(errorOf(() => pattern.inboundUserPool)).toMatchObject({
      code: "PART_ELSEWHERE",
      constructPath: "stack/mcp",
    });
  });
});

describe("what exists", () => {
  test.each(["my-role", "arn:aws:iam::123456789012:user/someone", "arn:aws:iam::12:role/short"])(
    "is no role with the ARN %s",
    (arn) => {
      expect(errorOf(() => Role.fromRoleArn(arn))).toMatchObject({ code: "ARN_INVALID" });
    },
  );

  const account = "us-east-1:123456789012";
  const vault = `arn:aws:bedrock-agentcore:${account}:token-vault/default`;
  const secret = `arn:aws:secretsmanager:${account}:secret:x-AbCdEf`;
  const oauth = (credentialProviderArn: string, clientSecretArn = secret) =>
    OAuth2CredentialProvider.fromOAuth2CredentialProviderAttributes({ credentialProviderArn, clientSecretArn });
  const apiKey = (credentialProviderArn: string) =>
    ApiKeyCredentialProvider.fromApiKeyCredentialProviderAttributes({ credentialProviderArn, apiKeySecretArn: secret });
  const server = (props: Partial<RuntimeProps>) => () =>
    new Runtime(createStack(), "x", { agentRuntimeArtifact: artifact, ...props });
  const front = (props: Partial<GatewayProps>) => () =>
    new Gateway(createStack(), "x", { authorizerConfiguration: GatewayAuthorizer.usingAwsIam(), ...props });

  test.each<[string, () => unknown]>([
    ["an OAuth2 provider with its name", () => oauth("m2m")],
    ["an OAuth2 provider with the ARN of an API key's", () => oauth(`${vault}/apikeycredentialprovider/m2m`)],
    ["an OAuth2 provider with a secret's name", () => oauth(`${vault}/oauth2credentialprovider/m2m`, "secret")],
    ["an API key provider with the ARN of an OAuth2 one", () => apiKey(`${vault}/oauth2credentialprovider/m2m`)],
    ["a boundary with a role's ARN", server({ permissionsBoundaryArn: "arn:aws:iam::123456789012:role/x" })],
    ["a gateway's boundary with a name", front({ permissionsBoundaryArn: "boundary" })],
    ["a KMS key with an alias", front({ kmsKeyArn: `arn:aws:kms:${account}:alias/x` })],
    ["a key of logs with an id", server({ observability: { logKmsKeyArn: "1234abcd" } })],
    [
      "a repository with its name",
      server({
        agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({
          containerUri: "public.ecr.aws/a/b:1",
          repositoryArn: "tools",
        }),
      }),
    ],
  ])("is not %s", (_, make) => {
    expect(errorOf(make)).toMatchObject({ code: "ARN_INVALID" });
  });

  test("is what its ARN says, with policies of AWS and tokens among them", () => {
    expect(oauth(`${vault}/oauth2credentialprovider/m2m`).clientSecretArn).toBe(secret);
    expect(apiKey("${aws_x.y.arn}").credentialProviderArn).toBe("${aws_x.y.arn}");
    const boundary = "arn:aws:iam::aws:policy/PowerUserAccess";
    expect(() => App.of(server({ permissionsBoundaryArn: boundary })()).synth()).not.toThrow();
  });

  test("is no runtime or gateway with an id for an ARN, or an ARN for an id", () => {
    const arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-a1b2c3d4e5";
    const runtime = (agentRuntimeArn: string, agentRuntimeId: string) =>
      errorOf(() =>
        Runtime.fromAgentRuntimeAttributes(createStack(), "runtime", {
          agentRuntimeArn,
          agentRuntimeId,
          agentRuntimeName: "tools",
        }),
      );
    expect(runtime("tools-a1b2c3d4e5", "tools-a1b2c3d4e5")).toMatchObject({ code: "ARN_INVALID" });
    expect(runtime(arn, arn)).toMatchObject({ code: "NAME_INVALID" });
  });

  test("gives the container's role more, when asked", () => {
    const stack = Synthesized.from((scope) => {
      const runtime = new Runtime(scope, "runtime", { agentRuntimeArtifact: artifact });
      runtime.addToRolePolicy({ sid: "ReadNotes", actions: ["dynamodb:GetItem"], resources: ["arn:aws:dynamodb:::n"] });
    });
    expect(stack.only("aws_iam_role_policy").policy).toContain("ReadNotes");
  });
});
