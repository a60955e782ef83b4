import type { Emulator } from "../../emulator";
import {
  allowing,
  callTool,
  listTools,
  OPEN_GATEWAY,
  RecordingApi,
  startFolder,
  targetOf,
} from "../support/recording-api";
import { temporaryFolder } from "../support/temporary-folder";

const api = new RecordingApi();
beforeAll(() => api.start());
/** The API of the developer guide's examples, which is public. */
const PETS = `
resource "aws_lambda_function" "pets" {
  function_name = "pets"
  role          = aws_iam_role.gateway.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "pets.zip"
}
resource "aws_api_gateway_rest_api" "pets" {
  name = "pets"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "pets", version = "1" }
    components = {
      securitySchemes = {
        sigv4   = { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = "awsSigv4" }
        api_key = { type = "apiKey", name = "x-api-key", in = "header" }
      }
    }
    paths = {
      "/" = { get = { summary = "Root" } }
      "/pets" = {
        get     = { operationId = "ListPets", parameters = [{ name = "type", in = "query", schema = { type = "string" } }] }
        options = { operationId = "PetsOptions" }
      }
      "/pets/{petId}" = {
        parameters = [{ name = "petId", in = "path", required = true, schema = { type = "string" } }]
        get = {
          operationId                       = "GetPet"
          description                       = "One pet"
          x-amazon-apigateway-integration = {
            type       = "aws_proxy"
            httpMethod = "POST"
            uri        = aws_lambda_function.pets.invoke_arn
          }
        }
        post = {
          operationId = "ChangePet"
          security    = [{ sigv4 = [] }]
          requestBody = { content = { "application/json" = { schema = { type = "object", properties = { name = { type = "string" } } } } } }
        }
        options = { operationId = "PetOptions" }
        delete  = { operationId = "RemovePet", security = [{ sigv4 = [], api_key = [] }] }
      }
      "/files/{proxy+}" = { get = { operationId = "AnyFile" } }
      "__proto__" = { get = { operationId = "NoPath" } }
    }
  })
}
resource "aws_api_gateway_deployment" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
}
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  deployment_id = aws_api_gateway_deployment.pets.id
  stage_name    = "prod"
}
resource "aws_iam_role_policy" "gateway" {
  name   = "invoke"
  role   = aws_iam_role.gateway.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "execute-api:Invoke", Resource = "\${aws_api_gateway_stage.prod.execution_arn}/POST/pets/1*" }]
  })
}
`;

/** The same in resources and methods. */
const BY_RESOURCES = `
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}
resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "orders"
}
resource "aws_api_gateway_resource" "order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders.id
  path_part   = "{orderId}"
}
resource "aws_api_gateway_model" "order" {
  rest_api_id  = aws_api_gateway_rest_api.orders.id
  name         = "Order"
  content_type = "application/json"
  schema = jsonencode({
    "$schema"  = "http://json-schema.org/draft-04/schema#"
    type       = "object"
    required   = ["item"]
    properties = { item = { type = "string" } }
  })
}
resource "aws_api_gateway_method" "get" {
  rest_api_id        = aws_api_gateway_rest_api.orders.id
  resource_id        = aws_api_gateway_resource.order.id
  http_method        = "GET"
  authorization      = "NONE"
  operation_name     = "GetOrder"
  request_parameters = { "method.request.querystring.verbose" = false, "method.request.header.X-Trace" = false }
}
resource "aws_api_gateway_method" "put" {
  rest_api_id    = aws_api_gateway_rest_api.orders.id
  resource_id    = aws_api_gateway_resource.order.id
  http_method    = "PUT"
  authorization  = "NONE"
  request_models = { "application/json" = aws_api_gateway_model.order.name }
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.order.id
  http_method = aws_api_gateway_method.get.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_integration" "put" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.order.id
  http_method = aws_api_gateway_method.put.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  depends_on  = [aws_api_gateway_integration.get, aws_api_gateway_integration.put]
}
resource "aws_api_gateway_stage" "v1" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "v1"
}
`;

const filter = (path: string, ...methods: string[]) =>
  `tool_filter {\n filter_path = "${path}"\n methods = ${JSON.stringify(methods)}\n }`;
const override = (path: string, method: string, name: string) =>
  `tool_override {\n path = "${path}"\n method = "${method}"\n name = "${name}"\n description = "${name} it"\n }`;
const ROLE =
  "credential_provider_configuration {\n gateway_iam_role {}\n }\n depends_on = [aws_iam_role_policy.gateway]";

function petsTarget(name: string, tools: string, more = ROLE): string {
  return targetOf(
    name,
    `api_gateway {
      rest_api_id = aws_api_gateway_rest_api.pets.id
      stage       = aws_api_gateway_stage.prod.stage_name
      api_gateway_tool_configuration {
        ${tools}
      }
    }`,
    more,
  );
}

const start = async (...parts: string[]) =>
  startFolder(temporaryFolder({ "main.tf": [OPEN_GATEWAY, ...parts].join("") }), {
    hosts: { "execute-api.us-east-1.amazonaws.com": api.origin },
  });

/** The examples of the developer guide, with what they result in; GET / has no operationId here. */
test.each<[string, string, string[]]>([
  ["a wildcard", filter("/pets/*", "GET", "POST"), ["GetPet", "ChangePet"]],
  ["a path", filter("/pets/{petId}", "GET", "POST"), ["GetPet", "ChangePet"]],
  ["a path twice", filter("/pets/{petId}", "POST") + "\n" + filter("/pets/{petId}", "GET"), ["GetPet", "ChangePet"]],
  ["a path and a wildcard", filter("/pets/{petId}", "GET") + "\n" + filter("/*", "GET"), ["ListPets", "GetPet"]],
  [
    "overrides",
    [
      filter("/pets/*", "GET"),
      filter("/", "GET"),
      override("/pets/{petId}", "GET", "GetPetById"),
      override("/", "GET", "Root"),
    ].join("\n"),
    ["Root", "GetPetById"],
  ],
])("%s selects operations", async (_, tools, names) => {
  const emulator = await start(PETS, petsTarget("pets", tools));
  const listed = await listTools(emulator);
  expect(listed.map(({ name }) => name).sort()).toEqual(names.map((name) => `pets___${name}`).sort());
});

describe("an API Gateway target", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start(
      PETS,
      BY_RESOURCES,
      petsTarget("pets", filter("/*", "GET", "POST")),
      petsTarget("unsigned", filter("/pets/{petId}", "POST"), ""),
      petsTarget(
        "keyed",
        filter("/pets/{petId}", "GET"),
        `credential_provider_configuration {
        api_key {
          provider_arn              = aws_bedrockagentcore_api_key_credential_provider.key.credential_provider_arn
          credential_parameter_name = "x-api-key"
        }
      }
      depends_on = [aws_iam_role_policy.keys]`,
      ),
      `resource "aws_bedrockagentcore_api_key_credential_provider" "key" {
        name    = "key"
        api_key = "k3y"
      }
      resource "aws_iam_role_policy" "keys" {
        name   = "keys"
        role   = aws_iam_role.gateway.name
        policy = jsonencode({
          Version   = "2012-10-17"
          Statement = [{ Effect = "Allow", Action = ["bedrock-agentcore:*", "secretsmanager:GetSecretValue"], Resource = "*" }]
        })
      }`,
      targetOf(
        "orders",
        `api_gateway {
          rest_api_id = aws_api_gateway_rest_api.orders.id
          stage       = aws_api_gateway_stage.v1.stage_name
          api_gateway_tool_configuration {
            ${filter("/orders/*", "GET", "PUT")}
            ${override("/orders/{orderId}", "PUT", "ChangeOrder")}
          }
        }`,
      ),
    );
  });
  beforeEach(() => void api.seen.splice(0));

  test("has the tools of what the API's resources and methods export", async () => {
    const tools = (await listTools(emulator)).filter(({ name }) => name.startsWith("orders___"));
    expect(tools).toEqual([
      {
        name: "orders___ChangeOrder",
        description: "ChangeOrder it",
        inputSchema: {
          type: "object",
          properties: { item: { type: "string" }, orderId: { type: "string" } },
          required: ["orderId", "item"],
        },
      },
      {
        name: "orders___GetOrder",
        inputSchema: {
          type: "object",
          properties: { verbose: { type: "string" }, "X-Trace": { type: "string" }, orderId: { type: "string" } },
          required: ["orderId"],
        },
      },
    ]);
  });

  test.each<[tool: string, toolArguments: object, request: object]>([
    ["pets___ListPets", { type: "dog" }, { method: "GET", url: "/prod/pets?type=dog" }],
    ["keyed___GetPet", { petId: "7" }, { method: "GET", url: "/prod/pets/7", headers: { "x-api-key": "k3y" } }],
    [
      "orders___GetOrder",
      { orderId: "7", verbose: "1", "X-Trace": "t" },
      { url: "/v1/orders/7?verbose=1", headers: { "x-trace": "t" } },
    ],
    [
      "orders___ChangeOrder",
      { orderId: "7", item: "pen" },
      { method: "PUT", url: "/v1/orders/7", body: '{"item":"pen"}' },
    ],
    [
      "pets___ChangePet",
      { petId: "12", name: "Rex" },
      {
        method: "POST",
        url: "/prod/pets/12",
        headers: { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 .*\/us-east-1\/execute-api\//) as string },
      },
    ],
  ])("%s %j calls the stage", async (tool, toolArguments, request) => {
    expect(await callTool(emulator, tool, toolArguments)).toMatchObject({ isError: false });
    expect(api.seen).toMatchObject([request]);
  });

  test.each([
    [
      "the gateway's role may not",
      "pets___ChangePet",
      { petId: "2" },
      /not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\d{12}:[a-z0-9]{10}\/prod\/POST\/pets\/2/,
    ],
    ["nobody signs", "unsigned___ChangePet", { petId: "12" }, /Missing Authentication Token/],
  ])("a method with IAM authorization that %s call is not called", async (_, tool, toolArguments, words) => {
    expect(await callTool(emulator, tool, toolArguments)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(words) as string }],
    });
    expect(api.seen).toEqual([]);
  });
});

test.each([
  [
    "no name",
    petsTarget("refused", filter("/", "GET")),
    "must include operationId fields for all operations: GET / has none",
  ],
  [
    "a filter for nothing",
    petsTarget("refused", filter("/dogs", "GET")),
    "The tool filter GET /dogs matches no operation",
  ],
  [
    "a proxy resource",
    petsTarget("refused", filter("/files/*", "GET")),
    "matches no operation of the API that targets support",
  ],
  [
    "a signature and a key",
    petsTarget("refused", filter("/pets/*", "DELETE")),
    "matches no operation of the API that targets support",
  ],
  [
    "an override for what no filter selects",
    petsTarget("refused", filter("/pets", "GET") + "\n" + override("/pets/{petId}", "GET", "x")),
    "The tool override GET /pets/{petId} is for no operation that a filter selects",
  ],
  [
    "a stage that is not there",
    petsTarget("refused", filter("/pets", "GET")).replace("aws_api_gateway_stage.prod.stage_name", '"dev"'),
    "has no stage dev",
  ],
  [
    "an API of nobody",
    petsTarget("refused", filter("/pets", "GET")).replace("aws_api_gateway_rest_api.pets.id", '"abcdefghij"'),
    "The REST API abcdefghij is none of the account's",
  ],
  [
    "a service that is named",
    petsTarget(
      "refused",
      filter("/pets", "GET"),
      'credential_provider_configuration {\n gateway_iam_role {\n service = "execute-api"\n }\n }',
    ),
    "support only: none, gateway role without a service, API key",
  ],
])("%s is refused at deployment", async (_, target, words) => {
  await expect(start(PETS, target)).rejects.toThrow(words);
});

test("a path that is none gives no tool, and JavaScript's objects no member", async () => {
  const emulator = await start(PETS, petsTarget("pets", `${filter("__proto__", "GET")}\n${filter("/pets", "GET")}`));
  const tools = await listTools(emulator);
  expect(tools.map(({ name }) => name)).toEqual(["pets___ListPets"]);
  expect("get" in {}).toBe(false);
});

test("an API that AWS does not deploy, or that is not imitated, is refused by name", async () => {
  const bent = (from: string | RegExp, to: string) =>
    start(PETS.replace(from, to), petsTarget("refused", filter("/pets", "GET")));
  await expect(
    bent('  name = "pets"', 'name = "pets"\n endpoint_configuration {\n types = ["PRIVATE"]\n }'),
  ).rejects.toThrow("has a private endpoint");
  await expect(bent('openapi = "3.0.1"', 'swagger = "2.0"')).rejects.toThrow(
    'OpenAPI versions 3.0 and 3.1 are supported, and the schema is of version "2.0"',
  );
  await expect(bent('  name = "pets"', 'name = "pets"\n policy = "{}"')).rejects.toThrow("policy is not supported");
  await expect(
    start(
      BY_RESOURCES.replace(
        "  depends_on  = [aws_api_gateway_integration.get, aws_api_gateway_integration.put]\n",
        "",
      ).replace(/resource "aws_api_gateway_(method|integration)" "(get|put)" \{[^]*?\n\}\n/g, ""),
      targetOf(
        "orders",
        `api_gateway {
          rest_api_id = aws_api_gateway_rest_api.orders.id
          stage       = aws_api_gateway_stage.v1.stage_name
          api_gateway_tool_configuration {
            ${filter("/orders/*", "GET")}
          }
        }`,
      ),
    ),
  ).rejects.toThrow("The REST API doesn't contain any methods");
  const orders = targetOf(
    "orders",
    `api_gateway {
      rest_api_id = aws_api_gateway_rest_api.orders.id
      stage       = aws_api_gateway_stage.v1.stage_name
      api_gateway_tool_configuration {
        ${filter("/orders/*", "GET")}
      }
    }`,
  );
  const withoutPut = BY_RESOURCES.replace(", aws_api_gateway_integration.put]", "]").replace(
    /resource "aws_api_gateway_integration" "put" \{[^]*?\n\}\n/,
    "",
  );
  await expect(start(withoutPut, orders)).rejects.toThrow("No integration defined for method");
  await expect(
    start(BY_RESOURCES.replace('  name = "orders"', '  name = "orders"\n  body = "{}"'), orders),
  ).rejects.toThrow("takes no resources, methods and models beside the body of a REST API");
});

/** Methods that want a key, or whom an authorizer knows, and what lets a gateway call them. */
const KEYED = `
resource "aws_api_gateway_rest_api" "keyed" {
  name = "keyed"
}
resource "aws_api_gateway_authorizer" "people" {
  rest_api_id     = aws_api_gateway_rest_api.keyed.id
  name            = "people"
  type            = "COGNITO_USER_POOLS"
  provider_arns   = ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcdefghi"]
  identity_source = "method.request.header.X-Token"
}
resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.keyed.id
  name                        = "all"
  validate_request_parameters = true
}
resource "aws_api_gateway_method" "get" {
  rest_api_id          = aws_api_gateway_rest_api.keyed.id
  resource_id          = aws_api_gateway_rest_api.keyed.root_resource_id
  http_method          = "GET"
  authorization        = "NONE"
  operation_name       = "Read"
  api_key_required     = true
  request_validator_id = aws_api_gateway_request_validator.all.id
}
resource "aws_api_gateway_method" "post" {
  rest_api_id    = aws_api_gateway_rest_api.keyed.id
  resource_id    = aws_api_gateway_rest_api.keyed.root_resource_id
  http_method    = "POST"
  authorization  = "COGNITO_USER_POOLS"
  authorizer_id  = aws_api_gateway_authorizer.people.id
  operation_name = "Write"
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id = aws_api_gateway_rest_api.keyed.id
  resource_id = aws_api_gateway_rest_api.keyed.root_resource_id
  http_method = aws_api_gateway_method.get.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_integration" "post" {
  rest_api_id = aws_api_gateway_rest_api.keyed.id
  resource_id = aws_api_gateway_rest_api.keyed.root_resource_id
  http_method = aws_api_gateway_method.post.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_deployment" "keyed" {
  rest_api_id = aws_api_gateway_rest_api.keyed.id
  depends_on  = [aws_api_gateway_integration.get, aws_api_gateway_integration.post]
}
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.keyed.id
  deployment_id = aws_api_gateway_deployment.keyed.id
  stage_name    = "live"
}
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.keyed.id
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"
  settings {
    throttling_rate_limit = 100
  }
}
resource "aws_api_gateway_api_key" "gateway" {
  name = "gateway"
}
resource "aws_api_gateway_usage_plan" "gateway" {
  name = "gateway"
  api_stages {
    api_id = aws_api_gateway_rest_api.keyed.id
    stage  = aws_api_gateway_stage.live.stage_name
  }
}
resource "aws_api_gateway_usage_plan_key" "gateway" {
  key_id        = aws_api_gateway_api_key.gateway.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.gateway.id
}
resource "aws_bedrockagentcore_api_key_credential_provider" "key" {
  name    = "key"
  api_key = aws_api_gateway_api_key.gateway.value
}
${allowing("bedrock-agentcore:GetResourceApiKey", "bedrock-agentcore:GetWorkloadAccessToken", "secretsmanager:GetSecretValue")}
`;

const WITH_KEY = `credential_provider_configuration {
  api_key {
    provider_arn              = aws_bedrockagentcore_api_key_credential_provider.key.credential_provider_arn
    credential_parameter_name = "x-api-key"
  }
}
depends_on = [aws_iam_role_policy.gateway]`;
const PASSING = 'metadata_configuration {\n allowed_request_headers = ["X-Token"]\n }';

function keyedTarget(more: string): string {
  return targetOf(
    "keyed",
    `api_gateway {
      rest_api_id = aws_api_gateway_rest_api.keyed.id
      stage       = aws_api_gateway_stage.live.stage_name
      api_gateway_tool_configuration {
        ${filter("/", "GET", "POST")}
      }
    }`,
    more,
  );
}

/** What API Gateway answers to callers whom it does not let through. */
test.each<
  [what: string, resources: string, target: string, tool: string, headers: Record<string, string>, answer: string]
>([
  ["a key of its usage plan", KEYED, WITH_KEY, "Read", {}, "{}"],
  ["no key", KEYED, "", "Read", {}, '{"message":"Forbidden"}'],
  [
    "a key that is turned off",
    KEYED.replace('  name = "gateway"\n}', '  name = "gateway"\n  enabled = false\n}'),
    WITH_KEY,
    "Read",
    {},
    '{"message":"Forbidden"}',
  ],
  [
    "a key of no usage plan",
    KEYED.replace(/resource "aws_api_gateway_usage_plan_key"[^]*?\n\}\n/, ""),
    WITH_KEY,
    "Read",
    {},
    '{"message":"Forbidden"}',
  ],
  [
    "a key of a usage plan for nothing",
    KEYED.replace(/ {2}api_stages \{[^]*?\n {2}\}\n/, ""),
    WITH_KEY,
    "Read",
    {},
    '{"message":"Forbidden"}',
  ],
  [
    "no key where authorizers bring it",
    KEYED.replace('  name = "keyed"\n', '  name = "keyed"\n  api_key_source = "AUTHORIZER"\n'),
    "",
    "Read",
    {},
    "{}",
  ],
  ["no token for its authorizer", KEYED, "", "Write", {}, '{"message":"Unauthorized"}'],
  [
    "no token whose header JavaScript's objects have",
    KEYED.replace("X-Token", "constructor"),
    "",
    "Write",
    {},
    '{"message":"Unauthorized"}',
  ],
  ["a token for its authorizer", KEYED, PASSING, "Write", { "x-token": "t" }, "{}"],
])("a stage that is shown %s answers so", async (_, resources, target, tool, headers, answer) => {
  const emulator = await start(resources, keyedTarget(target));
  api.seen.splice(0);
  const called = await callTool(emulator, `keyed___${tool}`, {}, headers);
  const isLet = answer === "{}";
  expect(called).toMatchObject({ isError: !isLet, ...(!isLet && { content: [{ text: answer }] }) });
  expect(api.seen).toHaveLength(isLet ? 1 : 0);
});

test("a method whose authorizer is none is refused in the words of API Gateway", async () => {
  const resources = KEYED.replace("  authorizer_id  = aws_api_gateway_authorizer.people.id\n", "");
  await expect(start(resources, keyedTarget(""))).rejects.toThrow("requires a valid authorizer");
});
