import type { Emulator } from "../../emulator";
import { review } from "../../review";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { callTool, listTools, OPEN_GATEWAY, RecordingApi, startFolder, targetOf } from "../support/recording-api";
import { temporaryFolder } from "../support/temporary-folder";
import { PARCELS, RULES } from "./parcels-model";
import { readInventory } from "../topology/reading";

const api = new RecordingApi();
beforeAll(() => api.start());
const ROLE = "credential_provider_configuration {\n gateway_iam_role {}\n }";
const INLINE = 'smithy_model {\n inline_payload {\n payload = file("${path.module}/model.json")\n }\n }';
const HOSTS = ["parcels", "write.parcels"].map((name) => `${name}.us-east-1.amazonaws.com`);

function folderOf(model: unknown, ...parts: string[]): string {
  const files = { "main.tf": [OPEN_GATEWAY, ...parts].join(""), "model.json": JSON.stringify(model) };
  return temporaryFolder(files);
}

const start = (folder: string) =>
  startFolder(folder, { hosts: Object.fromEntries(HOSTS.map((host) => [host, api.origin])) });

describe("a Smithy target", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    const objects = `
resource "aws_s3_bucket" "models" {
  bucket = "models"
}
resource "aws_s3_object" "parcels" {
  bucket = aws_s3_bucket.models.bucket
  key    = "parcels.json"
  source = "\${path.module}/model.json"
}
`;
    const stored = 'smithy_model {\n s3 {\n uri = "s3://models/${aws_s3_object.parcels.key}"\n }\n }';
    emulator = await start(
      folderOf(PARCELS, objects, targetOf("parcels", INLINE, ROLE), targetOf("stored", stored, ROLE)),
    );
  });
  beforeEach(() => void api.seen.splice(0));

  test("has the operations of the service and of its resources as tools, but for those that stream", async () => {
    const tools = await listTools(emulator);
    const own = (target: string) =>
      tools.map(({ name }) => name.split("___")).flatMap(([of, name]) => (of === target ? [name] : []));
    expect(own("parcels")).toEqual(["GetParcel", "Label", "ListNotes", "PutParcel", "Register", "Search"]);
    expect(own("stored")).toEqual(own("parcels"));
    expect(tools.find(({ name }) => name === "parcels___Search")).toEqual({
      name: "parcels___Search",
      description: "Search it.",
      inputSchema: {
        type: "object",
        properties: {
          state: { type: "array", items: { type: "string", enum: ["open", "sent"] }, maxItems: 3 },
          since: { type: "string", format: "date-time" },
          limit: { type: "integer", minimum: 1, maximum: 100, default: 10 },
          filters: { type: "object", additionalProperties: { type: "string" } },
          changed: { type: "string", format: "date-time" },
          tags: { type: "array", items: { type: "string" } },
          note: { type: "string" },
          hints: { type: "object", additionalProperties: { type: "string" } },
        },
      },
    });
    const contents = {
      type: "object",
      properties: {
        what: { type: "string" },
        packed: { type: "string", format: "date-time" },
        inside: { type: "array", items: { $ref: "#/$defs/example.parcels.Contents" } },
      },
    };
    expect(tools.find(({ name }) => name === "parcels___PutParcel")?.inputSchema).toEqual({
      type: "object",
      properties: {
        depot: { type: "string" },
        parcelId: { type: "string", description: "Which" },
        weight: { type: "number", minimum: 0 },
        due: { type: "string", format: "date-time" },
        sent: { type: "string", format: "date-time" },
        receiver: {
          type: "object",
          properties: {
            shop: { type: "string" },
            person: {
              type: "object",
              properties: {
                name: { type: "string" },
                zip: { type: "string", pattern: "^[0-9]{5}$", minLength: 5, maxLength: 5 },
              },
              required: ["name"],
            },
          },
          minProperties: 1,
          maxProperties: 1,
        },
        contents: { $ref: "#/$defs/example.parcels.Contents" },
        picture: { type: "string" },
        extra: {},
      },
      required: ["depot", "parcelId", "weight"],
      $defs: { "example.parcels.Contents": contents },
    });
  });

  test.each<[tool: string, toolArguments: object, request: object]>([
    ["GetParcel", { parcelId: "a b/c" }, { method: "GET", url: "/parcels/a%20b%2Fc", body: "" }],
    ["Search", {}, { method: "GET", url: "/parcels?view=short", body: "" }],
    [
      "Search",
      {
        state: ["open", "sent"],
        since: "2026-11-30T04:00:00+01:00",
        limit: 5,
        filters: { city: "Zürich", state: "lost" },
        changed: "2026-11-30T04:00:00Z",
        tags: ["a", "b, c", 'd"\\'],
        note: "<b>",
        hints: { Size: "small" },
      },
      {
        url: "/parcels?view=short&state=open&state=sent&since=2026-11-30T03%3A00%3A00Z&max-results=5&city=Z%C3%BCrich",
        headers: {
          "if-modified-since": "Mon, 30 Nov 2026 04:00:00 GMT",
          "x-tags": 'a, "b, c", "d\\"\\\\"',
          "x-note": "PGI+",
          "x-hint-size": "small",
        },
      },
    ],
    [
      "PutParcel",
      {
        depot: "north",
        parcelId: "2026/7 b",
        weight: 1.5,
        due: "2026-11-30T00:00:00Z",
        sent: "2026-11-30T00:00:00.250Z",
        receiver: { person: { name: "Ann", zip: "01234" } },
        contents: { what: "box", inside: [{ what: "pen", packed: "1970-01-01T00:00:10Z" }] },
        picture: "aGk=",
        extra: [{ any: 1 }],
      },
      {
        method: "PUT",
        url: "/depots/north/parcels/2026/7%20b",
        headers: { host: expect.any(String) as string, "content-type": "application/json" },
        body: JSON.stringify({
          weight_kg: 1.5,
          due: 1795996800,
          sent: "2026-11-30T00:00:00.250Z",
          receiver: { person: { name: "Ann", zip: "01234" } },
          contents: { what: "box", inside: [{ what: "pen", packed_at: 10 }] },
          picture: "aGk=",
          extra: [{ any: 1 }],
        }),
      },
    ],
    ["ListNotes", { parcelId: "1", query: { shop: "x" } }, { url: "/parcels/1/notes", body: '{"shop":"x"}' }],
    ["Register", {}, { headers: { "content-type": "application/json" }, body: "{}" }],
    ["Label", {}, { body: "" }],
    ["Label", { label: "^XA" }, { headers: { "content-type": "application/zpl" }, body: "^XA" }],
  ])("%s %j calls the service, signed as the gateway's role", async (tool, toolArguments, request) => {
    expect(await callTool(emulator, `parcels___${tool}`, toolArguments)).toMatchObject({ isError: false });
    expect(api.seen).toMatchObject([request]);
    expect(api.seen[0]?.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 .*\/us-east-1\/parcels\/aws4_request/);
  });

  test("an operation's host has the prefix of the operation", async () => {
    await callTool(emulator, "parcels___PutParcel", { depot: "a", parcelId: "b", weight: 1 });
    const hop = emulator
      .calls()
      .at(-1)
      ?.hops.find(({ name }) => name === "HTTP API");
    expect(hop?.request?.url).toBe("https://write.parcels.us-east-1.amazonaws.com/depots/a/parcels/b");
  });

  test.each([
    ["lacks a member", "GetParcel", {}, "Missing required field(s): 'parcelId'"],
    ["has none of an enum", "Search", { state: ["lost"] }, "must be equal to one of the allowed values"],
    [
      "has two members of a union",
      "ListNotes",
      { parcelId: "1", query: { shop: "x", person: { name: "y" } } },
      "Field '/query'",
    ],
    [
      "is wrong deep in a shape that is a part of itself",
      "PutParcel",
      { depot: "a", parcelId: "b", weight: 1, contents: { inside: [{ inside: [{ what: 1 }] }] } },
      "Field '/contents/inside/0/inside/0/what' has invalid type",
    ],
    ["leads to another path", "GetParcel", { parcelId: ".." }, "An internal error occurred"],
    ["has an empty label", "GetParcel", { parcelId: "" }, "An internal error occurred"],
    ["has a time that is none", "Search", { since: "soon" }, "An internal error occurred"],
  ])("a call that %s does not reach the service", async (_, tool, toolArguments, words) => {
    expect(await callTool(emulator, `parcels___${tool}`, toolArguments)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining(words) as string }],
    });
    expect(api.seen).toEqual([]);
  });

  test("an error of the service is one of the tool", async () => {
    api.status = 404;
    const result = await callTool(emulator, "parcels___GetParcel", { parcelId: "7" });
    api.status = 200;
    expect(result).toEqual({ content: [{ type: "text", text: '{"served":"/parcels/7"}' }], isError: true });
  });
});

const SERVICE = "example.parcels#Parcels";
const bent = (changes: object) => ({ ...PARCELS, shapes: { ...PARCELS.shapes, ...changes } });
const service = (changes: object) => bent({ [SERVICE]: { ...PARCELS.shapes[SERVICE], ...changes } });
const traits = (changes: object) => service({ traits: { ...PARCELS.shapes[SERVICE].traits, ...changes } });
const protocol = (name: string) => service({ traits: { [name]: {} } });

const REFUSED: [what: string, model: unknown, words: string][] = [
  ...[
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#restXml",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "smithy.protocols#rpcv2Cbor",
  ].map((name): [string, unknown, string] => [
    name,
    protocol(name),
    `Only the RestJson protocol (aws.protocols#restJson1) is supported, and ${SERVICE} speaks ${name}.`,
  ]),
  ["no protocol", service({ traits: {} }), "names no protocol"],
  ["no model", "service Parcels {}", "The payload is no Smithy model in JSON"],
  ["no version", { shapes: {} }, "Smithy versions 1.0 and 2.0 are supported, and the model has none."],
  ["no service", { smithy: "2.0", shapes: {} }, "has to have one service, and has no service"],
  [
    "two services",
    bent({ "example.other#Other": PARCELS.shapes[SERVICE] }),
    `has 2 services: ${SERVICE}, example.other#Other`,
  ],
  ["no operations", service({ operations: [], resources: [] }), "has no operation that is supported"],
  [
    "streams alone",
    service({ operations: [{ target: "example.parcels#Watch" }], resources: [] }),
    "has no operation that is supported",
  ],
  [
    "a shape that is not there",
    service({ operations: [{ target: "example.parcels#None" }] }),
    "the shape example.parcels#None is not in the model",
  ],
  [
    "an operation that is none",
    service({ operations: [{ target: "example.parcels#Tags" }] }),
    "is of the type list, and not of operation",
  ],
  [
    "a type that is none, and a member of JavaScript's objects",
    bent({ "example.parcels#Tags": { type: "constructor" } }),
    "example.parcels#Tags is of the type constructor, which no member can have.",
  ],
  [
    "no binding",
    bent({ "example.parcels#Label": { type: "operation" } }),
    "has no smithy.api#http trait with a method and a uri",
  ],
];

test.each(REFUSED)("%s is refused at deployment, which the review tells", async (_, model, words) => {
  const folder = folderOf(model, targetOf("refused", INLINE, ROLE));
  await expect(start(folder)).rejects.toThrow(words);
  expect(findingsOf(folder)).toMatchObject([
    { address: "aws_bedrockagentcore_gateway_target.refused", message: expect.stringContaining(words) as string },
  ]);
});

const rules = (...own: object[]) => traits({ "smithy.rules#endpointRuleSet": { ...RULES, rules: own } });

test.each<[what: string, model: unknown, words: string]>([
  [
    "rules that end in an error",
    rules({ conditions: [], error: "Not in {Region}" }),
    "The endpoint rules end in an error: Not in us-east-1",
  ],
  [
    "rules for another region",
    rules({
      conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, "eu-west-1"] }],
      endpoint: { url: "https://a.example.com" },
    }),
    "The endpoint rules have no endpoint for the region us-east-1.",
  ],
  [
    "no encryption",
    rules({ endpoint: { url: "http://parcels.{Region}.amazonaws.com" } }),
    'the endpoint "http://parcels.us-east-1.amazonaws.com" is no https:// URL',
  ],
  [
    "a function of rules",
    rules({ conditions: [{ fn: "parseURL", argv: ["x"] }] }),
    "The function parseURL of endpoint rules is not emulated.",
  ],
  ["rules without end", rules(nested(2_000)), "The endpoint rules are too many to be emulated."],
  ["no endpoint", traits({ "smithy.rules#endpointRuleSet": undefined }), "has neither endpoint rules"],
  [
    "mixins",
    bent({
      "example.parcels#LabelInput": { ...PARCELS.shapes["example.parcels#LabelInput"], mixins: [{ target: "a#B" }] },
    }),
    "has mixins, which are not emulated",
  ],
  [
    "a host of the arguments",
    bent({
      "example.parcels#Label": {
        ...PARCELS.shapes["example.parcels#Label"],
        traits: {
          ...PARCELS.shapes["example.parcels#Label"].traits,
          "smithy.api#endpoint": { hostPrefix: "{label}." },
        },
      },
    }),
    "has an endpoint of its own, which is not emulated",
  ],
])("%s is refused at deployment, and the review says nothing", async (_, model, words) => {
  const folder = folderOf(model, targetOf("refused", INLINE, ROLE));
  await expect(start(folder)).rejects.toThrow(words);
  expect(findingsOf(folder)).toEqual([]);
});

test("a service is shown an OAuth token, where that is the target's credential", async () => {
  const folder = await bentResources((resources) => {
    const targets = resources["aws_bedrockagentcore_gateway_target"] ?? {};
    const [tools] = Object.values(targets);
    targets["parcels"] = {
      ...tools,
      name: "parcels",
      target_configuration: [
        {
          mcp: [{ smithy_model: [{ inline_payload: [{ payload: JSON.stringify(PARCELS) }] }] }],
        },
      ],
    };
  });
  const emulator = await emulate(folder, { hosts: { "parcels.us-east-1.amazonaws.com": api.origin } });
  api.seen.splice(0);
  const call = toolsCall("parcels___GetParcel", { parcelId: "7" });
  const { body } = await postMcp(outputOf(emulator, "gateway_url"), call, bearer(await signIn(emulator)));
  expect(body).toMatchObject({ result: { isError: false } });
  expect(api.seen).toMatchObject([
    { url: "/parcels/7", headers: { authorization: expect.stringMatching(/^Bearer ey/) as string } },
  ]);
});

test("a structure that holds a list of itself by way of another is told once", async () => {
  const shapes = {
    LabelInput: { type: "structure", members: { themes: { target: "example.parcels#Themes" } } },
    Themes: { type: "list", member: { target: "example.parcels#Theme" } },
    Theme: { type: "structure", members: { value: { target: "example.parcels#Value" } } },
    Value: { type: "structure", members: { children: { target: "example.parcels#Themes" } } },
  };
  const named = Object.entries(shapes).map(([name, shape]) => [`example.parcels#${name}`, shape] as const);
  const emulator = await start(folderOf(bent(Object.fromEntries(named)), targetOf("parcels", INLINE, ROLE)));
  const label = (await listTools(emulator)).find(({ name }) => name === "parcels___Label");
  await emulator.stop();
  const themes = { type: "array", items: { $ref: "#/$defs/example.parcels.Theme" } };
  expect(label?.inputSchema).toEqual({
    type: "object",
    properties: { themes },
    $defs: {
      "example.parcels.Theme": {
        type: "object",
        properties: { value: { type: "object", properties: { children: themes } } },
      },
    },
  });
});

test("a credential that the matrix denies is refused", async () => {
  await expect(start(folderOf(PARCELS, targetOf("refused", INLINE)))).rejects.toThrow(/gateway role/);
});

test("a service without rules is where its endpointPrefix says", async () => {
  const model = traits({ "smithy.rules#endpointRuleSet": undefined, "aws.api#service": { endpointPrefix: "parcels" } });
  const emulator = await start(folderOf(model, targetOf("parcels", INLINE, ROLE)));
  api.seen.splice(0);
  expect(await callTool(emulator, "parcels___GetParcel", { parcelId: "1" })).toMatchObject({ isError: false });
  expect(api.seen).toMatchObject([{ url: "/parcels/1" }]);
});

test("a service whose endpoint is signed for in one region is called with that", async () => {
  const authSchemes = [{ name: "sigv4", signingName: "parcels-global", signingRegion: "eu-north-1" }];
  const rules = {
    parameters: { Region: { builtIn: "AWS::Region", type: "String" } },
    rules: [
      {
        conditions: [{ fn: "aws.partition", argv: [{ ref: "Region" }], assign: "PartitionResult" }],
        endpoint: { url: "https://parcels.us-east-1.amazonaws.com", properties: { authSchemes } },
      },
    ],
  };
  const model = traits({ "smithy.rules#endpointRuleSet": rules });
  const emulator = await start(folderOf(model, targetOf("parcels", INLINE, ROLE)));
  api.seen.splice(0);
  expect(await callTool(emulator, "parcels___GetParcel", { parcelId: "1" })).toMatchObject({ isError: false });
  const scope = expect.stringContaining("/eu-north-1/parcels-global/aws4_request") as string;
  expect(api.seen).toMatchObject([{ headers: { authorization: scope } }]);
});

function nested(levels: number): object {
  let rule: object = { endpoint: { url: "https://a.example.com" } };
  for (let level = 0; level < levels; level++) rule = { conditions: [], rules: [rule] };
  return rule;
}

function findingsOf(folder: string): readonly object[] {
  return review(readInventory(folder)).findings.filter(({ rule }) => rule === "tool-schema-invalid");
}
