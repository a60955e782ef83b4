// The article's stack on the provider's bindings alone. Unlike the constructs it copies and hashes no build context.
import { BedrockagentcoreAgentRuntime } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime";
import { BedrockagentcoreGateway } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { BedrockagentcoreGatewayTarget } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import { BedrockagentcoreOauth2CredentialProvider } from "@cdktf/provider-aws/lib/bedrockagentcore-oauth2-credential-provider";
import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, DataResource, Fn, LocalBackend, type TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const scopes = ["tools.read", "tools.write", "tools.execute"];

/** Terraform addresses and names as in the article. Unlike there, the gateway's role names exact resources. */
class ArticleStack extends TerraformStack {
  private readonly region: DataAwsRegion;
  private readonly identity: DataAwsCallerIdentity;

  public constructor(
    scope: Construct,
    private readonly project: string,
  ) {
    super(scope, project);
    new LocalBackend(this, { path: "terraform.tfstate" });
    new AwsProvider(this, "aws", { region: "us-east-1" });
    this.region = named("current", new DataAwsRegion(this, "region"));
    this.identity = named("current", new DataAwsCallerIdentity(this, "identity"));

    const inbound = this.inboundPool();
    const outbound = this.outboundPool();
    const runtime = this.runtime(this.image(), outbound);
    const gateway = this.gateway(inbound);
    this.target(gateway, runtime, outbound);
    this.outputs(inbound, gateway.gateway);
  }

  private inboundPool(): { pool: CognitoUserPool; client: CognitoUserPoolClient } {
    const pool = named("inbound", new CognitoUserPool(this, "inbound-pool", { name: `${this.project}-inbound-pool` }));
    const client = new CognitoUserPoolClient(this, "inbound-client", {
      name: `${this.project}-inbound-client`,
      userPoolId: pool.id,
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      generateSecret: false,
    });
    return { pool, client: named("inbound", client) };
  }

  private outboundPool() {
    const pool = named(
      "outbound",
      new CognitoUserPool(this, "outbound-pool", { name: `${this.project}-outbound-pool` }),
    );
    const domain = `${this.project}-${this.identity.accountId}`;
    named("outbound", new CognitoUserPoolDomain(this, "outbound-domain", { domain, userPoolId: pool.id }));
    const resourceServer = named(
      "mcp",
      new CognitoResourceServer(this, "resource-server", {
        identifier: "mcp-server",
        name: `${this.project}-mcp-server`,
        userPoolId: pool.id,
        scope: scopes.map((scopeName) => ({ scopeName, scopeDescription: scopeName })),
      }),
    );
    const client = new CognitoUserPoolClient(this, "m2m-client", {
      name: `${this.project}-m2m-client`,
      userPoolId: pool.id,
      generateSecret: true,
      allowedOauthFlows: ["client_credentials"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthScopes: scopes.map((scope) => `${resourceServer.identifier}/${scope}`),
      dependsOn: [resourceServer],
    });
    return { pool, client: named("m2m", client), resourceServer };
  }

  private image(): { uri: string; pushed: DataResource } {
    const repository = named(
      "mcp_server",
      new EcrRepository(this, "repository", { name: `${this.project}-mcp-server`, forceDelete: true }),
    );
    const uri = `${repository.repositoryUrl}:latest`;
    const registry = Fn.element(Fn.split("/", repository.repositoryUrl), 0) as unknown as string;
    const pushed = new DataResource(this, "image", {
      triggersReplace: { image: uri },
      provisioners: [
        {
          type: "local-exec",
          command: [
            `aws ecr get-login-password | docker login --username AWS --password-stdin ${registry}`,
            `docker buildx build --platform linux/arm64 --tag ${uri} --push .`,
          ].join(" && "),
        },
      ],
    });
    return { uri, pushed: named("image", pushed) };
  }

  private runtime(
    { uri, pushed }: ReturnType<ArticleStack["image"]>,
    outbound: ReturnType<ArticleStack["outboundPool"]>,
  ) {
    const role = named(
      "runtime",
      new IamRole(this, "runtime-role", { name: `${this.project}-runtime-role`, assumeRolePolicy: trust() }),
    );
    const policy = new IamRolePolicy(this, "runtime-policy", {
      name: `${this.project}-runtime-policy`,
      role: role.id,
      policy: policyOf([
        ["PullImage", ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken"], ["*"]],
      ]),
    });
    const runtime = new BedrockagentcoreAgentRuntime(this, "runtime", {
      agentRuntimeName: `${this.project.replaceAll("-", "_")}_mcp_server`,
      roleArn: role.arn,
      agentRuntimeArtifact: [{ containerConfiguration: [{ containerUri: uri }] }],
      networkConfiguration: [{ networkMode: "PUBLIC" }],
      protocolConfiguration: [{ serverProtocol: "MCP" }],
      authorizerConfiguration: [
        {
          customJwtAuthorizer: [
            { discoveryUrl: this.discoveryUrl(outbound.pool), allowedClients: [outbound.client.id] },
          ],
        },
      ],
      dependsOn: [pushed, named("runtime", policy)],
    });
    return named("mcp_server", runtime);
  }

  private gateway(inbound: ReturnType<ArticleStack["inboundPool"]>): {
    gateway: BedrockagentcoreGateway;
    role: IamRole;
  } {
    const role = named(
      "gateway",
      new IamRole(this, "gateway-role", { name: `${this.project}-gateway-role`, assumeRolePolicy: trust() }),
    );
    const gateway = new BedrockagentcoreGateway(this, "gateway", {
      name: `${this.project}-gateway`,
      roleArn: role.arn,
      protocolType: "MCP",
      authorizerType: "CUSTOM_JWT",
      authorizerConfiguration: [
        {
          customJwtAuthorizer: [{ discoveryUrl: this.discoveryUrl(inbound.pool), allowedClients: [inbound.client.id] }],
        },
      ],
      protocolConfiguration: [{ mcp: [{ searchType: "SEMANTIC" }] }],
    });
    return { gateway: named("main", gateway), role };
  }

  private credentialProvider({ pool, client }: ReturnType<ArticleStack["outboundPool"]>) {
    const discovery = { discoveryUrl: this.discoveryUrl(pool) };
    const provider = new BedrockagentcoreOauth2CredentialProvider(this, "credential-provider", {
      name: `${this.project}-m2m-oauth2-provider`,
      credentialProviderVendor: "CustomOauth2",
      oauth2ProviderConfig: [
        {
          customOauth2ProviderConfig: [
            { clientId: client.id, clientSecret: client.clientSecret, oauthDiscovery: [discovery] },
          ],
        },
      ],
    });
    return named("m2m", provider);
  }

  private gatewayPolicy(
    { gateway, role }: ReturnType<ArticleStack["gateway"]>,
    provider: BedrockagentcoreOauth2CredentialProvider,
  ): IamRolePolicy {
    const arns = `arn:aws:bedrock-agentcore:${this.region.region}:${this.identity.accountId}`;
    const identity = [
      `${arns}:workload-identity-directory/default`,
      gateway.workloadIdentityDetails.get(0).workloadIdentityArn,
    ];
    const policy = new IamRolePolicy(this, "gateway-policy", {
      name: `${this.project}-gateway-identity-policy`,
      role: role.id,
      policy: policyOf([
        ["GetWorkloadAccessToken", ["bedrock-agentcore:GetWorkloadAccessToken"], identity],
        [
          "GetResourceOauth2Token",
          ["bedrock-agentcore:GetResourceOauth2Token"],
          [...identity, `${arns}:token-vault/default`, provider.credentialProviderArn],
        ],
        ["GetSecretValue", ["secretsmanager:GetSecretValue"], [provider.clientSecretArn.get(0).secretArn]],
      ]),
    });
    return named("gateway_identity", policy);
  }

  private target(
    gateway: ReturnType<ArticleStack["gateway"]>,
    runtime: BedrockagentcoreAgentRuntime,
    outbound: ReturnType<ArticleStack["outboundPool"]>,
  ): void {
    const provider = this.credentialProvider(outbound);
    const host = `https://bedrock-agentcore.${this.region.region}.amazonaws.com`;
    const endpoint = `${host}/runtimes/${Fn.urlencode(runtime.agentRuntimeArn)}/invocations`;
    const target = new BedrockagentcoreGatewayTarget(this, "target", {
      name: `${this.project}-mcp-target`,
      gatewayIdentifier: gateway.gateway.gatewayId,
      credentialProviderConfiguration: [
        {
          oauth: [
            {
              providerArn: provider.credentialProviderArn,
              scopes: scopes.map((scope) => `${outbound.resourceServer.identifier}/${scope}`),
            },
          ],
        },
      ],
      targetConfiguration: [{ mcp: [{ mcpServer: [{ endpoint }] }] }],
      dependsOn: [this.gatewayPolicy(gateway, provider)],
    });
    named("mcp_server", target);
  }

  private outputs({ pool, client }: ReturnType<ArticleStack["inboundPool"]>, gateway: BedrockagentcoreGateway): void {
    new TerraformOutput(this, "inbound_user_pool_id", { value: pool.id });
    new TerraformOutput(this, "inbound_client_id", { value: client.id });
    new TerraformOutput(this, "gateway_url", { value: gateway.gatewayUrl });
  }

  private discoveryUrl(pool: CognitoUserPool): string {
    return `https://cognito-idp.${this.region.region}.amazonaws.com/${pool.id}/.well-known/openid-configuration`;
  }
}

// At once, because a logical id is fixed as soon as something refers to it.
function named<Element extends TerraformElement>(logicalId: string, element: Element): Element {
  element.overrideLogicalId(logicalId);
  return element;
}

function trust(): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "bedrock-agentcore.amazonaws.com" } },
    ],
  });
}

function policyOf(
  statements: readonly (readonly [sid: string, actions: readonly string[], resources: readonly string[]])[],
): string {
  return Fn.jsonencode({
    Version: "2012-10-17",
    Statement: statements.map(([Sid, Action, Resource]) => ({ Sid, Effect: "Allow", Action, Resource })),
  });
}

const app = new App();
new ArticleStack(app, "m2m-auth-demo");
app.synth();
