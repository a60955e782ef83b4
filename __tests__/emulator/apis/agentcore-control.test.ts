import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate, outputOf } from "../../support/article-stack";
import { aws, boto3Session } from "../../support/aws-clients";
import { missingAwsCli, missingBoto3, testUnless } from "../../support/skip";

const boto3Test = testUnless(missingBoto3());
const awsCliTest = testUnless(missingAwsCli());

let emulator: Emulator;
const session = (name: string) => join(__dirname, "sessions", `${name}.py`);
const message = (text: string) => expect.stringContaining(text) as string;

beforeAll(async () => {
  emulator = await emulate(await articleStack(), { seed: "control" });
});

awsCliTest("the AWS CLI reads and synchronizes what Terraform declared", async () => {
  const control = async (...args: string[]) =>
    JSON.parse(await aws(emulator.url, "bedrock-agentcore-control", ...args)) as Record<string, unknown>;
  const [gateway] = emulator.account.gateways.all();
  const [target] = gateway?.targets ?? [];
  const gatewayId = ["--gateway-identifier", gateway?.attributes.gatewayId ?? ""];

  expect(await control("get-gateway", ...gatewayId)).toMatchObject({
    name: "m2m-auth-demo-gateway",
    status: "READY",
    authorizerType: "CUSTOM_JWT",
    gatewayUrl: outputOf(emulator, "gateway_url"),
  });
  const { targets } = await control(
    "synchronize-gateway-targets",
    ...gatewayId,
    "--target-id-list",
    target?.targetId ?? "",
  );
  expect(targets).toMatchObject([{ name: "m2m-auth-demo-mcp-target", status: "SYNCHRONIZING" }]);
  const atItsHost = `${emulator.url}/bedrock-agentcore-control.us-east-1.amazonaws.com`;
  const { agentRuntimes } = await control("list-agent-runtimes", "--endpoint-url", atItsHost);
  expect(agentRuntimes).toMatchObject([{ agentRuntimeName: "m2m_auth_demo_mcp_server", status: "READY" }]);
});

boto3Test("boto3 walks gateways and targets through their lives", async () => {
  const shown = await boto3Session(emulator.url, session("gateways"));
  const validation = { status: 400, code: "ValidationException", reason: "FieldValidationFailed" };
  const conflict = { status: 409, code: "ConflictException" };
  const missing = { status: 404, code: "ResourceNotFoundException" };
  expect(shown).toMatchObject({
    created: { status: "CREATING", gatewayId: expect.stringMatching(/^second-one-[0-9a-z]{10}$/) as string },
    ready: {
      description: "a second",
      protocolConfiguration: { mcp: { searchType: "SEMANTIC", supportedVersions: ["2025-06-18"] } },
    },
    taken: conflict,
    withoutAuthorizer: { ...validation, message: message("authorizerConfiguration is required") },
    noConstraint: { ...validation, message: message("At least one of allowedClients") },
    invalid: {
      ...validation,
      message: message("2 validation errors detected: Value 'no_underscores' at 'name' failed to satisfy constraint"),
      fieldList: [{ name: "name" }, { name: "roleArn" }],
    },
    notEmulated: { ...validation, fieldList: [{ name: "kmsKeyArn", message: message("does not offer this member") }] },
    byArn: { ...validation, fieldList: [{ name: "gatewayIdentifier" }] },
    once: 1,
    pages: [["m2m-auth-demo-gateway", "Second-One"], ["once"]],
    badToken: validation,
    renamed: validation,
    updated: ["UPDATING", "changed", { mcp: { supportedVersions: ["2025-06-18"] } }],
    target: { status: "CREATING", targetId: expect.stringMatching(/^[0-9A-Z]{10}$/) as string },
    targetReady: { name: "again", credentialProviderConfigurations: [{ credentialProviderType: "OAUTH" }] },
    targetTaken: conflict,
    smithy: { ...validation, message: "The payload is no Smithy model in JSON (the AST, not the IDL)." },
    http: { ...validation, fieldList: [{ name: "targetConfiguration.mcp.mcpServer.endpoint" }] },
    unknownTarget: missing,
    synchronizing: "SYNCHRONIZING",
    unsuccessful: [
      "Failed to connect and fetch tools from the provided MCP target server. " +
        "Error - Unable to connect to the MCP server. Please check the server",
    ],
    occupied: { ...validation, message: message("has targets associated with it. Delete all targets") },
    deletingTarget: "DELETING",
    targetGone: missing,
    tags: { team: "tools", stage: "test" },
    deleting: "DELETING",
    gone: missing,
    tagsGone: missing,
    unknown: { status: 404, code: "UnknownOperationException", message: message("does not offer POST /memories") },
  });
  expect(shown["age"]).toBeLessThan(60);
});

boto3Test("boto3 walks runtimes, their versions and endpoints through their lives", async () => {
  const shown = await boto3Session(emulator.url, session("runtimes"));
  const validation = { status: 400, code: "ValidationException" };
  const arn = (suffix: string) =>
    expect.stringMatching(
      new RegExp(`^arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/second-[0-9a-zA-Z]{10}${suffix}$`),
    ) as string;
  expect(shown).toMatchObject({
    model: {
      status: "READY",
      lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
      protocolConfiguration: { serverProtocol: "MCP" },
      authorizerConfiguration: { customJWTAuthorizer: { allowedClients: [expect.any(String)] } },
    },
    created: { status: "CREATING", agentRuntimeVersion: "1", agentRuntimeArn: arn("") },
    ready: { description: "d", environmentVariables: { A: "1" }, lifecycleConfiguration: { maxLifetime: 600 } },
    taken: { status: 409, code: "ConflictException" },
    hyphen: { ...validation, fieldList: [{ name: "agentRuntimeName" }] },
    noRole: { ...validation, message: message("Role validation failed for 'arn:aws:iam::123456789012:role/nobody'") },
    noRepository: { ...validation, message: message("Access denied while validating ECR URI") },
    dockerHub: { ...validation, fieldList: [{ name: "agentRuntimeArtifact.containerConfiguration.containerUri" }] },
    default: { status: "READY", liveVersion: "1", agentRuntimeEndpointArn: arn("/runtime-endpoint/DEFAULT") },
    pinned: { status: "CREATING", targetVersion: "1" },
    updated: { status: "UPDATING", agentRuntimeVersion: "2" },
    cleared: true,
    first: { A: "1" },
    noVersion: { status: 404, code: "ResourceNotFoundException" },
    versions: ["1", "2"],
    live: { DEFAULT: "2", pinned: "1" },
    moved: "2",
    defaultStays: { status: 409, code: "ConflictException" },
    deletingEndpoint: "DELETING",
    endpointGone: { status: 404 },
    deleting: "DELETING",
    gone: { status: 404, message: message("was not found") },
  });
});

boto3Test("boto3 walks credential providers and workload identities through their lives", async () => {
  const shown = await boto3Session(emulator.url, session("identities"));
  const missing = { status: 404, code: "ResourceNotFoundException" };
  const vault = "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default";
  const secret = (name: string) =>
    expect.stringMatching(
      `^arn:aws:secretsmanager:us-east-1:123456789012:secret:bedrock-agentcore-identity!default/${name}-[a-zA-Z]{6}$`,
    ) as string;
  expect(shown).toMatchObject({
    model: {
      credentialProviderVendor: "CustomOauth2",
      createdTime: expect.stringMatching(/^20\d\d-/) as string,
      oauth2ProviderConfigOutput: {
        customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl: message("https://cognito-idp.") } },
      },
    },
    created: {
      credentialProviderArn: `${vault}/oauth2credentialprovider/mine`,
      clientSecretArn: { secretArn: secret("oauth2/mine") },
      callbackUrl: message("https://bedrock-agentcore.us-east-1.amazonaws.com/identities/oauth2/callback/"),
    },
    taken: { status: 409, code: "ConflictException" },
    otherVendor: {
      status: 400,
      message: "The vendor GoogleOauth2 is configured by 'googleOauth2ProviderConfig' alone.",
    },
    updated: {
      customOauth2ProviderConfig: {
        oauthDiscovery: { authorizationServerMetadata: { tokenEndpoint: "https://i/t" } },
        clientId: "c",
      },
    },
    google: { googleOauth2ProviderConfig: { clientId: "c" } },
    noConfig: {
      status: 400,
      message: message(
        "Value null at 'oauth2ProviderConfigInput' failed to satisfy constraint: Member must not be null",
      ),
    },
    page: 2,
    rest: ["cognito"],
    gone: missing,
    goneAgain: missing,
    apiKey: {
      credentialProviderArn: `${vault}/apikeycredentialprovider/key`,
      apiKeySecretArn: { secretArn: secret("apikey/key") },
    },
    keys: 1,
    keyGone: missing,
    linked: ["m2m-auth-demo-gateway", "m2m_auth_demo_mcp_server"],
    linkedStays: {
      status: 400,
      message: "WorkloadIdentity is linked to a service and cannot be deleted by the caller.",
    },
    identity: { workloadIdentityArn: message("workload-identity-directory/default/workload-identity/my.workload") },
    identityTaken: { status: 400, code: "ValidationException", reason: "ResourceConflict" },
    returnUrls: ["https://app/callback"],
    identityGone: missing,
    vault: { keyType: "ServiceManagedKey" },
    otherVault: missing,
  });
  expect(JSON.stringify(shown)).not.toMatch(/s3cret-value|k3y-value/);
});
