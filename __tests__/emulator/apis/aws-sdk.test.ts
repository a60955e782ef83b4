import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { testUnless } from "../../support/skip";
import { articleStack, emulate } from "../../support/article-stack";
import { awsSdkSession, installAwsSdk } from "../../support/aws-sdk";
import { emptyStack } from "../../support/empty-stack";

const sdkTest = testUnless(installAwsSdk());
const session = (name: string) => join(__dirname, "sessions", `${name}.mjs`);
const message = (text: string) => expect.stringContaining(text) as string;

describe("in an empty account", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await emulate(emptyStack())));

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
      notInvocable: { status: 400, message: "Gateway execution role lacks permission to invoke Lambda function" },
      tools: [{ name: "forecast", inputSchema: { required: ["city"] } }],
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

  /** An instance of the class that the SDK has for the error. */
  const typed = (status: number, name: string) => ({ status, name, isTyped: true, fault: "client" });
  const ofField = (name: string) => ({
    ...typed(400, "ValidationException"),
    reason: "FieldValidationFailed",
    fieldList: [{ name, message: expect.any(String) as string }],
  });
  const matching = (expected: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(expected).map(([name, refusal]) => [name, expect.objectContaining(refusal) as object]),
    );
  const missing = typed(404, "ResourceNotFoundException");
  const conflict = typed(409, "ConflictException");

  sdkTest("the AWS SDK walks the rate limits of a gateway through their lives", async () => {
    const invalid = (told: string) => ({ ...typed(400, "ValidationException"), message: message(told) });
    expect(await awsSdkSession(emulator.url, session("rate_limits"))).toEqual({
      created: ["CREATING", 201, true],
      active: expect.objectContaining({
        gatewayIdentifier: true,
        description: "Per target",
        dimensionKeys: ["targetName"],
        entries: [
          { dimensions: { targetName: "tools" }, requests: [{ rate: 100, period: "second" }] },
          { dimensions: { targetName: "*" }, requests: [{ rate: 10, period: "second" }] },
        ],
        status: "ACTIVE",
      }) as object,
      dates: true,
      once: ["per-caller.rpm_1", "per-caller.rpm_1"],
      refused: matching({
        sameKeys: { ...conflict, message: "A rate limit with the dimension keys targetName already exists." },
        sameKeysTurned: conflict,
        sameId: { ...conflict, message: message("A rate limit with id") },
        unknownGateway: missing,
        unknownLimit: { ...missing, message: "Rate limit nowhere not found." },
        unknownKey: invalid("Value 'userName' at 'dimensionKeys.1.member' failed to satisfy constraint"),
        keyTwice: invalid("The rate limit names the dimension key toolName twice."),
        missingKey: invalid("has an entry with values of toolName, and not of toolName, targetName."),
        leadingStar: invalid("has an entry with the values *, a: only * may stand behind *."),
        untrusted: invalid("has the key $.context.request.header.X-Tier, of what callers write themselves, and none"),
        tokensBySecond: invalid('limits tokens by the period "second", and not by minute.'),
        connectionsByMinute: invalid('limits connections by the period "minute", and not by second.'),
        tooFast: invalid("Member must have value less than or equal to 10000000"),
        noEntries: ofField("entries"),
        longText: ofField("description"),
        idTwice: { ...conflict, message: message("A rate limit with id own") },
        otherKeys: invalid("has other dimension keys, which stay."),
      }),
      updated: [
        "UPDATING",
        "Per target",
        [{ dimensions: { targetName: "*" }, requests: [{ rate: 20, period: "second" }] }],
      ],
      put: [
        ["UPDATING", "targetName", true],
        ["CREATING", "$.context.iam.principal", false],
      ],
      pages: [2, 1],
      quota: matching({ tooMany: typed(402, "ServiceQuotaExceededException") }),
      deleted: "DELETING",
      left: 2,
      goneWithGateway: true,
    });
  });

  sdkTest("the AWS SDK finds the classes of its errors, dates, and pages", async () => {
    expect(await awsSdkSession(emulator.url, session("classes_and_pages"))).toMatchObject({
      dates: { gateway: true, target: true, runtime: true, provider: true, role: true, secret: true, user: true },
      pages: {
        gateways: [["m2m-auth-demo-gateway"], ["second"]],
        targets: [["m2m-auth-demo-mcp-target"], ["again"]],
        endpoints: [["DEFAULT"], ["pinned"]],
        versions: 1,
        runtimes: 1,
        providers: [["m2m-auth-demo-m2m-oauth2-provider"]],
        keys: [["key"]],
        identities: 3,
        roles: [2, 1],
        repositories: [1],
        pools: 2,
      },
      statuses: [201, 204],
      control: {
        gatewayTaken: conflict,
        targetTaken: conflict,
        keyTaken: conflict,
        defaultStays: conflict,
        byArn: ofField("gatewayIdentifier"),
        plainHttp: ofField("targetConfiguration.mcp.mcpServer.endpoint"),
        unknownGateway: missing,
        unknownRuntime: missing,
        unknownOperation: { status: 404, name: "UnknownOperationException", isTyped: false },
      },
      data: { noWorkload: missing, stranger: { status: 403, name: "UnrecognizedClientException" } },
      sts: { stranger: { status: 403, name: "InvalidClientTokenId" } },
      iam: {
        taken: typed(409, "EntityAlreadyExistsException"),
        malformed: typed(400, "MalformedPolicyDocumentException"),
        missing: typed(404, "NoSuchEntityException"),
      },
      secrets: { missing: typed(400, "ResourceNotFoundException") },
      ecr: { missing: typed(400, "RepositoryNotFoundException") },
      cognito: {
        taken: typed(400, "UsernameExistsException"),
        weak: typed(400, "InvalidPasswordException"),
        noPool: typed(400, "ResourceNotFoundException"),
        noUser: typed(400, "UserNotFoundException"),
      },
    });
  });
});
