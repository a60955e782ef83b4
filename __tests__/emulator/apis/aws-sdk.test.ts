import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { testUnless } from "../../support/skip";
import { articleStack, emulate } from "../../support/article-stack";
import { awsSdkSession, installAwsSdk } from "../../support/aws-sdk";
import { emptyStack } from "../../support/empty-stack";
import { decode } from "../cognito/fixtures";

const sdkTest = testUnless(installAwsSdk());
const session = (name: string) => join(__dirname, "sessions", `${name}.mjs`);
const message = (text: string) => expect.stringContaining(text) as string;

describe("in an empty account", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await emulate(emptyStack())));
  afterAll(() => emulator.stop());

  sdkTest("the AWS SDK alone makes the article's system, calls its tool and takes it down", async () => {
    expect(await awsSdkSession(emulator.url, session("article"))).toMatchObject({
      created: true,
      waited: "SUCCESS",
      denied: [message("You are not authorized to perform: secretsmanager:GetSecretValue")],
      wrongPassword: {
        status: 400,
        name: "NotAuthorizedException",
        isTyped: true,
        message: "Incorrect username or password.",
      },
      attributes: expect.arrayContaining(["sub"]) as string[],
      called: {
        jsonrpc: "2.0",
        id: 1,
        result: { content: [{ type: "text", text: "8" }], isError: false, structuredContent: { result: 8 } },
      },
      invoked: {
        statusCode: 200,
        contentType: message("application/json"),
        session: "string",
        body: message('"text":"8"'),
      },
      jwtRuntime: {
        status: 403,
        name: "AccessDeniedException",
        isTyped: true,
        message: message("Authorization method mismatch."),
      },
      occupied: {
        status: 400,
        name: "ValidationException",
        isTyped: true,
        message: message("has targets associated with it."),
      },
      left: [],
    });
  });
});

describe("beside what Terraform declared", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await emulate(await articleStack())));
  afterAll(() => emulator.stop());

  /** An instance of the class that the SDK has for the error. */
  const typed = (status: number, name: string) => ({ status, name, isTyped: true, fault: "client" });
  const validation = typed(400, "ValidationException");
  const ofField = (name: string) => ({
    ...validation,
    reason: "FieldValidationFailed",
    fieldList: [{ name, message: expect.any(String) as string }],
  });
  const missing = typed(404, "ResourceNotFoundException");
  const conflict = typed(409, "ConflictException");

  sdkTest("the AWS SDK walks gateways and targets through their lives", async () => {
    expect(await awsSdkSession(emulator.url, session("gateways"))).toMatchObject({
      created: "CREATING",
      ready: ["Second-One", true, "MCP"],
      taken: conflict,
      invalid: { ...validation, fieldList: [{ name: "name" }, { name: "roleArn" }] },
      byArn: ofField("gatewayIdentifier"),
      unknown: missing,
      unknownOperation: { status: 404, name: "UnknownOperationException", isTyped: false },
      pages: [["m2m-auth-demo-gateway"], ["Second-One"]],
      badPage: validation,
      updated: ["UPDATING", "changed"],
      target: ["CREATING", true],
      targetTaken: conflict,
      plainHttp: ofField("targetConfiguration.mcp.mcpServer.endpoint"),
      targetPages: [["m2m-auth-demo-mcp-target"], ["again"]],
      synchronizing: [["again", "SYNCHRONIZING"]],
      unsuccessful: [message("Error - Unable to connect to the MCP server. Please check the server")],
      deletingTarget: "DELETING",
      tags: { team: "tools", stage: "test" },
      deleting: "DELETING",
    });
  });

  sdkTest("the AWS SDK walks runtimes, their versions and endpoints through their lives", async () => {
    expect(await awsSdkSession(emulator.url, session("runtimes"))).toMatchObject({
      created: ["CREATING", "1"],
      times: [true, true],
      taken: conflict,
      hyphen: ofField("agentRuntimeName"),
      noRole: { ...validation, message: message("Role validation failed for 'arn:aws:iam::123456789012:role/nobody'") },
      noVersion: missing,
      unknown: missing,
      pinned: "1",
      updated: ["UPDATING", "2"],
      runtimePages: [1, 1],
      versionPages: [["1"], ["2"]],
      endpointPages: [[["DEFAULT", "2"]], [["pinned", "1"]]],
      moved: "2",
      defaultStays: conflict,
      deletingEndpoint: "DELETING",
      deleting: "DELETING",
    });
  });

  sdkTest(
    "the AWS SDK walks credential providers and workload identities through their lives, and draws from the vault",
    async () => {
      const shown = await awsSdkSession(emulator.url, session("identities"));
      expect(shown).toMatchObject({
        declared: ["CustomOauth2", true, true],
        created: 201,
        updated: {
          customOauth2ProviderConfig: {
            oauthDiscovery: { authorizationServerMetadata: { tokenEndpoint: "https://i/t" } },
            clientId: "c",
          },
        },
        taken: conflict,
        providerPages: [["m2m-auth-demo-m2m-oauth2-provider"], ["mine"]],
        deleted: 204,
        gone: missing,
        key: [true, message(":token-vault/default/apikeycredentialprovider/key")],
        keyPages: [["key"]],
        linked: 2,
        linkedStays: validation,
        returnUrls: ["https://app/callback"],
        vault: { keyType: "ServiceManagedKey" },
        apiKey: "k3y-value",
        badScope: { ...validation, message: message("Error parsing ClientCredentials response") },
        badToken: validation,
        noProvider: missing,
        noWorkload: missing,
        stranger: { status: 403, name: "UnrecognizedClientException" },
        forger: { status: 403, name: "InvalidSignatureException" },
        identityGone: missing,
      });
      expect(decode(String(shown["accessToken"])).payload).toMatchObject({
        token_use: "access",
        scope: "mcp-server/tools.read",
      });
    },
  );

  sdkTest("the AWS SDK sees its identity, roles, secrets, repositories and user pools", async () => {
    expect(await awsSdkSession(emulator.url, session("account"))).toMatchObject({
      identity: ["123456789012", "arn:aws:iam::123456789012:user/administrator"],
      stranger: { status: 403, name: "InvalidClientTokenId" },
      role: ["/team/", "for <workers> & more", true],
      taken: typed(409, "EntityAlreadyExistsException"),
      malformed: typed(400, "MalformedPolicyDocumentException"),
      rolePages: [2, 1],
      policies: [["logs"]],
      occupied: typed(409, "DeleteConflictException"),
      gone: typed(404, "NoSuchEntityException"),
      secret: [["client_id", "client_secret"], true],
      noSecret: typed(400, "ResourceNotFoundException"),
      repositories: [["123456789012.dkr.ecr.us-east-1.amazonaws.com/m2m-auth-demo-mcp-server"]],
      noRepository: typed(400, "RepositoryNotFoundException"),
      pools: 2,
      user: ["FORCE_CHANGE_PASSWORD", true],
      userTaken: typed(400, "UsernameExistsException"),
      weak: typed(400, "InvalidPasswordException"),
      noPool: typed(400, "ResourceNotFoundException"),
      users: [1],
      userGone: typed(400, "UserNotFoundException"),
    });
  });
});
