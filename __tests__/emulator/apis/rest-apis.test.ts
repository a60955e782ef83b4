import { join } from "node:path";

import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingBoto3, testUnless } from "../../support/skip";

const refused = (status: number, code: string, message: string) => ({
  status,
  code,
  message: expect.stringContaining(message) as string,
});

testUnless(missingBoto3())(
  "boto3 makes REST APIs of a body and of resources, deploys them, and removes all of them",
  async () => {
    const emulator = await emulate(emptyStack());
    const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "rest_apis.py"));
    await emulator.stop();
    expect(emulator.calls()).toEqual([]);
    expect(shown).toMatchObject({
      made: ["first", ["REGIONAL"], "HEADER", true],
      empty: refused(400, "BadRequestException", "The REST API doesn't contain any methods"),
      merged: refused(400, "ValidationException", "'mode'"),
      noDocument: refused(400, "BadRequestException", "is no OpenAPI schema"),
      parameters: refused(400, "ValidationException", "basepath"),
      put: ["Pets", "All pets"],
      root: ["/", true],
      changed: ["pets", "The pets"],
      unknownPath: refused(400, "BadRequestException", "Invalid patch path  '/policy' specified for op 'replace'"),
      listed: ["pets"],
      got: true,
      described: "the first",
      twice: refused(409, "ConflictException", "Stage already exists"),
      noDeployment: refused(404, "NotFoundException", "Invalid deployment identifier specified"),
      inUse: refused(400, "BadRequestException", "Active stages pointing to this deployment"),
      moved: [true, { a: "1" }],
      kept: { team: "dogs" },
      gone: refused(404, "NotFoundException", "Invalid API identifier specified"),
      noTags: refused(404, "NotFoundException", "Invalid resource identifier specified"),
      path: "/orders/{orderId}",
      noParent: refused(404, "NotFoundException", "Invalid Resource identifier specified"),
      pathTwice: refused(
        409,
        "ConflictException",
        "Another resource with the same parent already has this name: orders",
      ),
      badPath: refused(400, "ValidationException", "'pathPart'"),
      belowItself: refused(400, "BadRequestException", "cannot be moved below itself"),
      rootMoves: refused(400, "ValidationException", "'parentId'"),
      noMethods: refused(400, "BadRequestException", "The REST API doesn't contain any methods"),
      noIntegration: refused(400, "BadRequestException", "No integration defined for method"),
      methodTwice: refused(409, "ConflictException", "Method already exists for this resource"),
      noMethod: refused(404, "NotFoundException", "Invalid Method identifier specified"),
      badMethod: refused(400, "ValidationException", "'method'"),
      noIntegrationYet: refused(404, "NotFoundException", "Invalid Integration identifier specified"),
      noWay: refused(400, "BadRequestException", "Enumeration value for HttpMethod must be non-empty"),
      modelTwice: refused(409, "ConflictException", "Model name already exists"),
      method: [true, { "application/json": "Order" }, { "method.request.header.X-Trace": true }, ["read"], "ReadOrder"],
      ofMethod: [["200"], "https://orders.example.com"],
      integration: ["POST", 29_000, "WHEN_NO_MATCH", true],
      integrated: {
        timeoutInMillis: 500,
        cacheKeyParameters: ["method.request.header.X-Trace"],
        requestTemplates: { "application/json": "{}" },
        tlsConfig: { insecureSkipVerification: true },
        integrationResponses: { "200": { selectionPattern: "200" } },
      },
      methodResponse: { "application/json": "Order" },
      integrationResponse: "200",
      responseTwice: refused(409, "ConflictException", "already exists for this resource"),
      noFlag: refused(400, "ValidationException", "apiKeyRequired"),
      noPath: refused(400, "BadRequestException", "Invalid patch path  '/uri' specified for op 'replace'"),
      noEntry: refused(400, "BadRequestException", "Invalid patch path  '/operationName/x' specified for op 'add'"),
      model: "An order",
      paths: ["/", "/orders", "/orders/{id}"],
      has: ["GET"],
      unanswered: refused(404, "NotFoundException", "Invalid Integration identifier specified"),
      noModel: refused(404, "NotFoundException", "Invalid Model identifier specified"),
      left: ["/"],
      besideBody: refused(400, "BadRequestException", "takes no resources, methods and models beside the body"),
    });
  },
);

testUnless(missingBoto3())("boto3 makes keys, usage plans, authorizers and the settings of a stage", async () => {
  const emulator = await emulate(emptyStack());
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "api_keys.py"));
  await emulator.stop();
  const unknown = (what: string) => refused(404, "NotFoundException", `Invalid ${what} identifier specified`);
  expect(shown).toMatchObject({
    key: [40, true, { team: "pets" }],
    twice: refused(409, "ConflictException", "API Key already exists"),
    short: refused(400, "BadRequestException", "at least 20 characters"),
    got: [true, false, "Second"],
    hidden: false,
    keys: ["other"],
    noKey: unknown("API Key"),
    keyPath: refused(400, "BadRequestException", "Invalid patch path  '/value'"),
    plan: [true, { burstLimit: 5, rateLimit: 1.5 }, { a: "1" }],
    changed: ["silver", [], { limit: 100, period: "DAY" }, null, "p1"],
    back: [true, "silver"],
    noStage: unknown("stage"),
    methodThrottle: refused(400, "BadRequestException", "Invalid patch path"),
    added: ["API_KEY", "mine", true],
    addedTwice: refused(409, "ConflictException", "already has this key"),
    ofPlan: ["mine"],
    one: "mine",
    notOfPlan: unknown("Usage Plan Key"),
    plansOfKey: ["silver"],
    inUse: refused(400, "BadRequestException", "has API stages"),
    authorizer: [300, 0, true],
    authorizers: 1,
    validator: { validateRequestBody: true, validateRequestParameters: true },
    validators: 1,
    badType: refused(400, "ValidationException", "'type'"),
    settings: { "*/*": [true, 10_000], "pets/{petId}/GET": [false, 2.5] },
    stage: [true, { colour: "blue" }, { format: "$context.requestId" }],
    cleared: [["pets/{petId}/GET"], null],
    badLevel: refused(400, "ValidationException", "'loggingLevel'"),
    badSetting: refused(400, "BadRequestException", "Invalid patch path"),
    left: [0, 0],
    gone: [unknown("Usage Plan"), unknown("Authorizer"), unknown("RequestValidator")],
  });
});
