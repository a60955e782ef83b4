import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Emulator } from "../../emulator";
import { inventoryOf, parseDocument, topologyOf } from "../../topology";
import { review } from "../../review";
import { bentResources, emulate, emulateTopology, outputOf, type TerraformJson } from "../support/article-stack";
import { expectCause } from "../support/cause";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { callTool, listTools, RecordingApi, type SeenRequest } from "../support/recording-api";
import { awsClient } from "../support/signing";
import { allowGateway } from "../support/policies";

const HOST = "api.example.com";
const api = new RecordingApi();
const { seen } = api;
let emulator: Emulator;

/** Documents in the shapes of public ones, by the name of their target. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["orders.json", "shapes.yaml", "files.yaml", "lists.json", "notes.yaml"].map((file) => [
      file.replace(/\..*/, ""),
      readFileSync(join(__dirname, "open-api", file), "utf8"),
    ]),
  ),
  many: JSON.stringify({
    openapi: "3.0.3",
    servers: [{ url: `https://${HOST}` }],
    paths: {
      "x-owner": "shop",
      ...Object.fromEntries(
        Array.from({ length: 200 }, (_, number) => [
          `/resources/${number}/{id}`,
          {
            get: {
              operationId: `getResource${number}`,
              parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
            },
          },
        ]),
      ),
    },
  }),
};

const gateway = { name: "demo", role_arn: "arn:aws:iam::123456789012:role/demo", authorizer_type: "NONE" };

function stackOf(documents: Readonly<Record<string, string>>, credential: object = {}): object {
  const targets = Object.entries(documents).map(([name, payload]) => [
    name,
    {
      name,
      gateway_identifier: "${aws_bedrockagentcore_gateway.demo.gateway_id}",
      ...credential,
      // As Terraform's own `file()` gives it, which is no template any more.
      target_configuration: [
        { mcp: [{ open_api_schema: [{ inline_payload: [{ payload: payload.replaceAll("${", "$${") }] }] }] },
      ],
    },
  ]);
  return {
    provider: { aws: [{ region: "us-east-1" }] },
    resource: {
      aws_bedrockagentcore_gateway: { demo: { ...gateway, protocol_type: "MCP" } },
      aws_bedrockagentcore_gateway_target: Object.fromEntries(targets) as object,
    },
  };
}

const documentOf = (stack: object) => parseDocument("main.tf.json", Buffer.from(JSON.stringify(stack)));

function start(stack: object): Promise<Emulator> {
  const topology = topologyOf(documentOf(stack));
  const serverCommand = { program: "false", arguments: [] };
  return emulateTopology(topology, { serverCommand, hosts: { [HOST]: api.origin } });
}

beforeAll(async () => {
  await api.start();
  emulator = await start(stackOf(DOCUMENTS));
});

async function call(
  tool: string,
  toolArguments: object,
): Promise<{ readonly result: unknown; readonly request?: SeenRequest }> {
  seen.length = 0;
  const result = await callTool(emulator, tool, toolArguments);
  return { result, ...(seen[0] && { request: seen[0] }) };
}

test("every operation is a tool, under its operationId", async () => {
  const tools = await listTools(emulator);
  const numberOf = (target: string) => tools.filter(({ name }) => name.startsWith(`${target}___`)).length;
  expect(Object.keys(DOCUMENTS).map((target) => [target, numberOf(target)])).toEqual([
    ["orders", 5],
    ["shapes", 2],
    ["files", 2],
    ["lists", 2],
    ["notes", 4],
    ["many", 200],
  ]);
  expect(tools.find(({ name }) => name === "orders___changeOrder")).toEqual({
    name: "orders___changeOrder",
    description: "Changes an order that is not sent yet.",
    inputSchema: {
      type: "object",
      properties: {
        shop: { type: "string", description: "Which shop" },
        orderId: { type: "integer" },
        "X-Request-Id": { type: "string" },
        dryRun: { type: "boolean", default: false },
        note: { type: ["string", "null"], maxLength: 100 },
        address: {
          type: "object",
          properties: { street: { type: "string" }, zip: { type: "string", pattern: "^[0-9]{5}$" } },
          required: ["street"],
        },
      },
      required: ["shop", "orderId", "address"],
    },
  });
  expect(tools.find(({ name }) => name === "shapes___addShape")?.inputSchema).toEqual({
    type: "object",
    properties: {
      name: { type: "string" },
      size: { type: "number", exclusiveMinimum: 0, maximum: 10 },
      colour: { type: "string", enum: ["red", "green"] },
    },
    required: ["name"],
  });
});

test("schemas of 3.1 keep what stands beside a reference, and lead to no other place", async () => {
  const tools = await listTools(emulator);
  const number = { type: "number" };
  expect(tools.find(({ name }) => name === "notes___putNote")?.inputSchema).toEqual({
    type: "object",
    properties: {
      note: { type: ["string", "null"] },
      text: { type: "string", description: "What it says" },
      point: { type: "array", prefixItems: [number], items: false },
      marks: { type: "object", patternProperties: { "^m": { type: "string", description: "A text" } } },
      anything: true,
    },
    required: ["note"],
    additionalProperties: number,
  });
});

const JSON_BODY = { "content-type": "application/json" };

test.each<[tool: string, toolArguments: object, request: Record<string, unknown>]>([
  ["orders___listOrders", { shop: "a b/c" }, { method: "GET", url: "/v2/eu/shops/a%20b%2Fc/orders", body: "" }],
  [
    "orders___listOrders",
    { shop: "a", status: ["open", "sent & paid"], limit: 5 },
    { url: "/v2/eu/shops/a/orders?status=open&status=sent%20%26%20paid&limit=5" },
  ],
  [
    "orders___changeOrder",
    { shop: "a", orderId: 7, "X-Request-Id": "r1", dryRun: true, note: null, address: { street: "Main" } },
    {
      method: "PATCH",
      url: "/v2/eu/shops/a/orders/7?dryRun=true",
      headers: { "x-request-id": "r1", ...JSON_BODY },
      body: '{"note":null,"address":{"street":"Main"}}',
    },
  ],
  ["orders___cancelOrder", { shop: "a", orderId: 7 }, { method: "DELETE", url: "/v2/eu/shops/a/orders/7", body: "" }],
  ["orders___probeOrder", { shop: "a", orderId: 7 }, { method: "HEAD", url: "/v2/eu/shops/a/orders/7", body: "" }],
  ["orders___status", {}, { method: "GET", url: "/status" }],
  [
    "shapes___addShape",
    { name: "square", size: 1.5 },
    { method: "POST", url: "/shapes", headers: JSON_BODY, body: '{"name":"square","size":1.5}' },
  ],
  ["shapes___getShape", { id: "Ünï✓" }, { url: "/shapes/%C3%9Cn%C3%AF%E2%9C%93" }],
  [
    "files___upload",
    { title: 'The "title"', file: "line 1\r\nagentcore-gateway", tags: ["a", "b"] },
    {
      method: "POST",
      url: "/files",
      headers: { "content-type": "multipart/form-data; boundary=agentcore-gateway-" },
      body:
        '--agentcore-gateway-\r\nContent-Disposition: form-data; name="title"\r\n\r\nThe "title"\r\n' +
        '--agentcore-gateway-\r\nContent-Disposition: form-data; name="file"\r\n\r\nline 1\r\nagentcore-gateway\r\n' +
        '--agentcore-gateway-\r\nContent-Disposition: form-data; name="tags"\r\n\r\na\r\n' +
        '--agentcore-gateway-\r\nContent-Disposition: form-data; name="tags"\r\n\r\nb\r\n' +
        "--agentcore-gateway---\r\n",
    },
  ],
  [
    "files___subscribe",
    { email: "a+b@example.com", topics: ["x y", "z"] },
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "email=a%2Bb%40example.com&topics=x+y&topics=z",
    },
  ],
  [
    "lists___replaceAll",
    { body: [{ id: 1, labels: ["a"] }, { id: 2 }] },
    { method: "PUT", url: "/items", body: '[{"id":1,"labels":["a"]},{"id":2}]' },
  ],
  [
    "lists___annotate",
    { id: 3, anything: { goes: [1] } },
    { method: "POST", url: "/items/3", body: '{"anything":{"goes":[1]}}' },
  ],
  ["notes___getNote", { note: "a", fields: null }, { method: "GET", url: "/notes/a", body: "" }],
  ["notes___putNote", { note: "a", text: "x", further: 1 }, { url: "/notes/a", body: '{"text":"x","further":1}' }],
  ["notes___patchNote", { note: "a", text: null, mark: "m" }, { url: "/notes/a", body: "mark=m" }],
  ["notes___findShort", { page: 2 }, { method: "GET", url: "/notes/?kind=short&page=2" }],
  ["many___getResource199", { id: 4 }, { method: "GET", url: "/resources/199/4" }],
])("%s %j calls the server", async (tool, toolArguments, expected) => {
  const { result, request } = await call(tool, toolArguments);
  expect(request).toMatchObject(expected);
  const text = request?.method === "HEAD" ? "HTTP status 200" : JSON.stringify({ served: request?.url?.split("?")[0] });
  expect(result).toEqual({ content: [{ type: "text", text }], isError: false });
});

test.each([
  ["misses one", "orders___listOrders", {}, "Missing required field(s): 'shop'"],
  ["has one of another type", "lists___annotate", { id: "x" }, "Field '/id' has invalid type"],
  ["has no part of the path", "shapes___getShape", { id: "" }, "An internal error occurred"],
  ["has null for it", "notes___getNote", { note: null }, "An internal error occurred"],
  [
    "has what its object may not have",
    "notes___patchNote",
    { note: "a", other: "x" },
    "property 'other' is not defined",
  ],
  ["leads to another path", "shapes___getShape", { id: ".." }, "An internal error occurred"],
])("a call that %s does not reach the server", async (_, tool, toolArguments, words) => {
  const { result, request } = await call(tool, toolArguments);
  expect(request).toBeUndefined();
  expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(words) as string }] });
});

test.each([302, 404, 503])("the status %d of the server makes the tool's result an error", async (given) => {
  api.status = given;
  const { result } = await call("shapes___getShape", { id: "none" });
  api.status = 200;
  expect(result).toEqual({ content: [{ type: "text", text: '{"served":"/shapes/none"}' }], isError: true });
  const hop = emulator
    .calls()
    .at(-1)
    ?.hops.find(({ name }) => name === "HTTP API");
  expect(hop).toMatchObject({
    request: { method: "GET", url: `https://${HOST}/shapes/none` },
    checks: [{ name: "HTTP status", passed: false, actual: String(given) }],
  });
});

test("a server that breaks off in its answer fails the tool, as one that is not there", async () => {
  api.answer = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    setTimeout(() => response.destroy(), 20);
  };
  const { result } = await call("shapes___getShape", { id: "none" });
  api.answer = undefined;
  expect(result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining("An internal error") as string }],
  });
  expectCause(emulator.calls().at(-1), "HTTP API", /^answer: .*broke off/);
});

function findingsOf(stack: object): readonly object[] {
  return review(inventoryOf(documentOf(stack))).findings.filter(({ rule }) => rule === "tool-schema-invalid");
}

test("the API takes a schema and gives it back", async () => {
  const aws = awsClient();
  const targets = `${emulator.url}/bedrock-agentcore-control.us-east-1.amazonaws.com/gateways/${gatewayId()}/targets/`;
  const send = async (path: string, body?: object) => {
    const request = { method: body ? "POST" : "GET", ...(body && { body: JSON.stringify(body) }) };
    return (await (await aws.fetch(targets + path, request)).json()) as Record<string, unknown>;
  };
  const targetConfiguration = { mcp: { openApiSchema: { inlinePayload: minimal({}) } } };
  const { targetId } = await send("", { name: "by-api", targetConfiguration });
  expect(await send(String(targetId))).toMatchObject({ name: "by-api", status: "READY", targetConfiguration });
  expect((await send(""))["items"]).toContainEqual(
    expect.objectContaining({ name: "by-api", targetType: "OPEN_API_SCHEMA" }),
  );
  const refused = { mcp: { openApiSchema: { inlinePayload: minimal({ paths: undefined }) } } };
  expect(await send("", { name: "refused", targetConfiguration: refused })).toMatchObject({
    message: "The OpenAPI schema has no paths.",
  });
});

function gatewayId(): string {
  return emulator.account.gateways.all()[0]?.attributes.gatewayId ?? "";
}

const minimal = (more: object, operation: object = {}) =>
  JSON.stringify({
    openapi: "3.0.0",
    servers: [{ url: `https://${HOST}` }],
    paths: { "/a": { post: { operationId: "a", ...operation } } },
    ...more,
  });
const parameter = (more: object) => minimal({}, { parameters: [{ name: "p", in: "query", schema: {}, ...more }] });
const bodyOf = (content: object) => minimal({}, { requestBody: { content } });
const schemaOf = (schema: object) => bodyOf({ "application/json": { schema } });

const REFUSED: [what: string, payload: string, words: string][] = [
  [
    "Swagger 2.0",
    minimal({ openapi: undefined, swagger: "2.0" }),
    'OpenAPI versions 3.0 and 3.1 are supported, and the schema is of version "2.0".',
  ],
  ["no document", "a: [", "The payload is no OpenAPI schema in JSON or YAML."],
  ["no paths", minimal({ paths: undefined }), "The OpenAPI schema has no paths."],
  ["no server", minimal({ servers: [] }), "The server attribute needs to have a valid URL"],
  [
    "a server without encryption",
    minimal({ servers: [{ url: "http://api.example.com" }] }),
    '"http://api.example.com"',
  ],
  [
    "a server variable without a default",
    minimal({ servers: [{ url: "https://{host}/" }] }),
    "The server variable host has no default.",
  ],
  [
    "no operationId",
    minimal({}, { operationId: undefined }),
    "must include operationId fields for all operations: POST /a has none",
  ],
  [
    "an operationId twice",
    minimal({ paths: { "/a": { get: { operationId: "a" }, put: { operationId: "a" } } } }),
    "The operationId a stands twice.",
  ],
  ...["oneOf", "anyOf", "allOf"].map((keyword): [string, string, string] => [
    keyword,
    schemaOf({ properties: { pen: { [keyword]: [{ type: "string" }] } } }),
    `POST /a: the request body.pen: complex schema features like oneOf, anyOf, and allOf are not supported, and it has ${keyword}.`,
  ]),
  ["a cookie", parameter({ in: "cookie" }), "cookie parameters are not supported"],
  [
    "a style",
    parameter({ style: "pipeDelimited" }),
    "parameter serializers for path, query and header parameters are not supported",
  ],
  ["an object in the query", parameter({ schema: { type: "object" } }), "needs a serializer"],
  ["what may be an object", parameter({ schema: { type: ["object", "null"] } }), "needs a serializer"],
  ["an object by its properties", parameter({ schema: { properties: { a: {} } } }), "needs a serializer"],
  [
    "a list in a header that may be none",
    parameter({ in: "header", schema: { type: ["array", "null"] } }),
    "serializer",
  ],
  ["a header of no name", parameter({ in: "header", name: "x y" }), "no header can be called so"],
  [
    "a path parameter that is not declared",
    minimal({ paths: { "/a/{id}": { get: { operationId: "a" } } } }),
    'GET /a/{id}: the path parameter "id" is not declared.',
  ],
  [
    "a server with a query",
    minimal({ servers: [{ url: "https://api.example.com/a?b=c" }] }),
    '"https://api.example.com/a?b=c"',
  ],
  ["a joined list", parameter({ schema: { type: "array" }, explode: false }), "needs a serializer"],
  [
    "binary bodies",
    bodyOf({ "application/octet-stream": {} }),
    "of the type application/octet-stream is not supported",
  ],
  ["a dangling reference", schemaOf({ $ref: "#/components/schemas/None" }), "leads to nothing in the schema"],
  ["a reference to a file", schemaOf({ $ref: "other.json#/A" }), "leads to nothing in the schema"],
];

/** What AWS takes, or may take. */
const UNSUPPORTED: typeof REFUSED = [
  ["XML alone", bodyOf({ "application/xml": {} }), "of the type application/xml is not emulated"],
  [
    "a schema that is a part of itself",
    minimal(
      {
        components: {
          schemas: { Tree: { type: "object", properties: { up: { $ref: "#/components/schemas/Tree" } } } },
        },
      },
      { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Tree" } } } } },
    ),
    "the schema is a part of itself",
  ],
  [
    "schemas that multiply",
    minimal(
      {
        components: {
          schemas: Object.fromEntries(
            Array.from({ length: 30 }, (_, level) => {
              const next = { $ref: `#/components/schemas/L${level + 1}` };
              return [`L${level}`, level === 29 ? {} : { properties: { a: next, b: next } }];
            }),
          ),
        },
      },
      { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/L0" } } } } },
    ),
    "the schemas of the document are too many to be emulated",
  ],
];

test.each(UNSUPPORTED)(
  "%s is refused as what is not emulated, and the review says nothing",
  async (_, payload, words) => {
    const stack = stackOf({ refused: payload });
    await expect(start(stack)).rejects.toThrow(words);
    expect(findingsOf(stack)).toEqual([]);
  },
);

test.each(REFUSED)("%s is refused at deployment, which the review tells", async (_, payload, words) => {
  const stack = stackOf({ refused: payload });
  await expect(start(stack)).rejects.toThrow(words);
  expect(findingsOf(stack)).toMatchObject([
    { address: "aws_bedrockagentcore_gateway_target.refused", message: expect.stringContaining(words) as string },
  ]);
});

const PROVIDER = "aws_bedrockagentcore_api_key_credential_provider";

describe("with a credential", () => {
  const CREDENTIALS: Readonly<Record<string, object>> = {
    header: {
      api_key: [{ provider_arn: `\${${PROVIDER}.key.credential_provider_arn}`, credential_parameter_name: "X-Key" }],
    },
    query: {
      api_key: [
        {
          provider_arn: `\${${PROVIDER}.key.credential_provider_arn}`,
          credential_location: "QUERY_PARAMETER",
          credential_parameter_name: "key",
        },
      ],
    },
    role: { gateway_iam_role: [{ service: "execute-api" }] },
  };
  let system: Emulator;

  beforeAll(async () => {
    const folder = await bentResources((resources) => addTargets(resources));
    system = await emulate(folder, { hosts: { [HOST]: api.origin } });
  });

  function addTargets(resources: TerraformJson["resource"]): void {
    resources[PROVIDER] = { key: { name: "key", api_key: "k3y" } };
    const everything = allowGateway(resources, "all", "*");
    const targets = (resources["aws_bedrockagentcore_gateway_target"] ??= {});
    const [mcp] = Object.values(targets);
    const oauth = mcp?.["credential_provider_configuration"];
    for (const [name, way] of Object.entries({ ...CREDENTIALS, oauth: undefined })) {
      targets[name] = {
        name,
        gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
        depends_on: [everything],
        credential_provider_configuration: way ? [way] : oauth,
        target_configuration: [{ mcp: [{ open_api_schema: [{ inline_payload: [{ payload: DOCUMENTS["lists"] }] }] }] }],
      };
    }
  }

  test.each<[target: string, { readonly url: string; readonly headers: Readonly<Record<string, string | RegExp>> }]>([
    ["header", { url: "/items/1", headers: { "x-key": "k3y" } }],
    ["query", { url: "/items/1?key=k3y", headers: {} }],
    ["role", { url: "/items/1", headers: { authorization: /^AWS4-HMAC-SHA256 .*\/us-east-1\/execute-api\// } }],
    ["oauth", { url: "/items/1", headers: { authorization: /^Bearer ey/ } }],
  ])("%s: the server is shown it", async (target, { url, headers }) => {
    seen.length = 0;
    const token = await signIn(system);
    const { body } = await postMcp(
      outputOf(system, "gateway_url"),
      toolsCall(`${target}___annotate`, { id: 1 }),
      bearer(token),
    );
    expect(body).toMatchObject({ result: { isError: false } });
    expect(seen[0]?.url).toBe(url);
    for (const [name, value] of Object.entries(headers)) expect(seen[0]?.headers[name]).toMatch(value);
    expect(JSON.stringify(system.calls())).not.toContain("k3y");
  });
});
