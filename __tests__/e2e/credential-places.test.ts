import { join } from "node:path";

import type { Emulator } from "../../emulator";
import { outputOf } from "../support/article-stack";
import { boto3Session } from "../support/aws-clients";
import {
  allowing,
  apiKeyOf,
  callTool,
  OPEN_GATEWAY,
  RecordingApi,
  type SeenRequest,
  startFolder,
  targetOf,
} from "../support/recording-api";
import { seenRequests, startScriptedServer } from "../support/scripted-server";
import { missingBoto3, testUnless } from "../support/skip";
import { temporaryFolder } from "../support/temporary-folder";

const KEY = "k3y+of/the=notes&service";

const SHARED = `
${apiKeyOf("notes", KEY)}
${allowing("bedrock-agentcore:*", "secretsmanager:GetSecretValue", "execute-api:Invoke")}
locals {
  notes = {
    openapi = "3.0.1"
    info    = { title = "notes", version = "1" }
    servers = [{ url = "https://notes.example.com/v1" }]
    paths = {
      "/notes/{id}" = {
        put = {
          operationId = "Put"
          parameters = [
            { name = "id", in = "path", required = true, schema = { type = "string" } },
            { name = "q", in = "query", schema = { type = "string" } },
          ]
          requestBody = {
            content = { "application/json" = { schema = { type = "object", properties = { text = { type = "string" } } } } }
          }
        }
      }
    }
  }
}
resource "aws_api_gateway_rest_api" "notes" {
  name = "notes"
  body = jsonencode(merge(local.notes, {
    security   = [{ sigv4 = [] }]
    components = {
      securitySchemes = {
        sigv4 = { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = "awsSigv4" }
      }
    }
  }))
}
output "rest_api_id" {
  value = aws_api_gateway_rest_api.notes.id
}
resource "aws_api_gateway_rest_api" "open" {
  name = "open"
  body = jsonencode(local.notes)
}
resource "aws_api_gateway_deployment" "all" {
  for_each    = { notes = aws_api_gateway_rest_api.notes.id, open = aws_api_gateway_rest_api.open.id }
  rest_api_id = each.value
}
resource "aws_api_gateway_stage" "all" {
  for_each      = { notes = aws_api_gateway_rest_api.notes.id, open = aws_api_gateway_rest_api.open.id }
  rest_api_id   = each.value
  deployment_id = aws_api_gateway_deployment.all[each.key].id
  stage_name    = "live"
}
`;

const stageOf = (api: string) => `api_gateway {
  rest_api_id = aws_api_gateway_rest_api.${api}.id
  stage       = aws_api_gateway_stage.all["${api}"].stage_name
  api_gateway_tool_configuration {
    tool_filter {
      filter_path = "/notes/*"
      methods     = ["PUT"]
    }
  }
}`;
const OPEN_API = "open_api_schema {\n inline_payload {\n payload = jsonencode(local.notes)\n }\n }";

/** What Terraform says of each kind of target that takes an API key, by the kind. */
const KINDS = {
  openapi: () => OPEN_API,
  stage: () => stageOf("open"),
  server: (place: string) => `mcp_server {\n endpoint = "https://${place}.example.com/mcp"\n }`,
};
type Kind = keyof typeof KINDS;

const PLACES: Readonly<Record<string, { apiKey: string; header?: [string, string]; parameter?: [string, string] }>> = {
  prefixed: {
    apiKey:
      'credential_location = "HEADER"\n credential_parameter_name = "Authorization"\n credential_prefix = "Bearer"',
    header: ["authorization", `Bearer ${KEY}`],
  },
  bare: {
    apiKey: 'credential_location = "HEADER"\n credential_parameter_name = "X-Notes-Key"',
    header: ["x-notes-key", KEY],
  },
  parameter: {
    apiKey: 'credential_location = "QUERY_PARAMETER"\n credential_parameter_name = "key"',
    parameter: ["key", KEY],
  },
};

const withCredential = (credential: string) => `depends_on = [aws_iam_role_policy.gateway]
  credential_provider_configuration {
    ${credential}
  }`;
const withKey = (apiKey: string) =>
  withCredential(`api_key {
      provider_arn = aws_bedrockagentcore_api_key_credential_provider.notes.credential_provider_arn
      ${apiKey}
    }`);

/** Of the URL of an MCP server. */
const QUERIES = ["", "?b=2&a=1", "?a=b%2Fc&B=%C3%BC", "?q=x+y", "?flag", "?a=(1)*'!"];

/** So that nothing is asked of it before the first call. */
const LISTED = `mcp_tool_schema {
  inline_payload {
    payload = jsonencode({ tools = [{ name = "add", inputSchema = { type = "object" } }] })
  }
}`;

const kinds = Object.keys(KINDS) as Kind[];
const places = Object.keys(PLACES);
const api = new RecordingApi();
const servers: Record<string, Awaited<ReturnType<typeof startScriptedServer>>> = {};
let emulator: Emulator;

beforeAll(async () => {
  await api.start();
  for (const place of places) servers[place] = await startScriptedServer();
  const targets = kinds.flatMap((kind) =>
    Object.entries(PLACES).map(([place, { apiKey }]) =>
      targetOf(`${kind}-${place}`, KINDS[kind](place), withKey(apiKey)),
    ),
  );
  const signed = [
    targetOf("signed-stage", stageOf("notes"), withCredential("gateway_iam_role {}")),
    targetOf(
      "signed-openapi",
      OPEN_API,
      withCredential('gateway_iam_role {\n service = "notes"\n region = "eu-west-1"\n }'),
    ),
    ...QUERIES.map((query, index) =>
      targetOf(
        `signed-server-${index}`,
        `mcp_server {\n endpoint = "https://notes.example.com/mcp${query}"\n ${LISTED}\n }`,
        withCredential('gateway_iam_role {\n service = "notes"\n region = "eu-west-1"\n }'),
      ),
    ),
  ];
  const folder = temporaryFolder({ "main.tf": [OPEN_GATEWAY, SHARED, ...targets, ...signed].join("") });
  const hosts = Object.fromEntries(places.map((place) => [`${place}.example.com`, servers[place]?.url ?? ""]));
  emulator = await startFolder(folder, {
    hosts: { "execute-api.us-east-1.amazonaws.com": api.origin, "notes.example.com": api.origin, ...hosts },
  });
}, 120_000);
beforeEach(() => void api.seen.splice(0));

async function callNotes(target: string): Promise<SeenRequest> {
  expect(await callTool(emulator, `${target}___Put`, { id: "a b/ü", q: "1+1=2&", text: "é" })).toMatchObject({
    isError: false,
  });
  const [seen, ...others] = api.seen;
  expect(others).toEqual([]);
  if (!seen) throw new Error("The API saw nothing.");
  return seen;
}

async function callServer(place: string): Promise<Pick<SeenRequest, "url" | "headers">> {
  await callTool(emulator, `server-${place}___add_numbers`, { a: 5, b: 3 });
  const seen = (await seenRequests(servers[place]?.url ?? "")).at(-1);
  if (!seen) throw new Error("The server saw nothing.");
  return seen;
}

describe.each(kinds)("a target of the kind %s shows its API key", (kind) => {
  test.each(places)("%s", async (place) => {
    const { headers, url = "" } = kind === "server" ? await callServer(place) : await callNotes(`${kind}-${place}`);
    const { searchParams } = new URL(url, "http://localhost");
    const { header, parameter } = PLACES[place] ?? {};
    if (header) expect(headers[header[0]]).toBe(header[1]);
    if (parameter) expect(searchParams.getAll(parameter[0])).toEqual([parameter[1]]);
    // There, and nowhere else.
    const told = JSON.stringify([headers, url]).split(KEY).length + url.split(encodeURIComponent(KEY)).length - 2;
    expect(told).toBe(1);
  });
});

/** The signature of a request, and what botocore makes of the same. */
async function signatures(host: string, { method, url, headers, body }: SeenRequest): Promise<[string, unknown]> {
  const [, key = "", signature = ""] =
    /Credential=(\w+)\/.*Signature=(\w+)$/.exec(String(headers["authorization"])) ?? [];
  const secretAccessKey = emulator.account.sessionCredentials.find(key)?.credentials.secretAccessKey;
  const values = { method, url: `https://${host}${url ?? ""}`, headers, body, secretAccessKey };
  return [signature, await boto3Session(emulator.url, join(__dirname, "sessions", "signature.py"), values)];
}

const SIGNED = ["host", "x-amz-date", "x-amz-security-token", "content-type"];
const names = expect.arrayContaining(SIGNED) as string[];

describe("botocore signs the same, of what the gateway's role has signed", () => {
  const signed = testUnless(missingBoto3());

  signed("REST APIs and OpenAPI", async () => {
    const stageHost = `${outputOf(emulator, "rest_api_id")}.execute-api.us-east-1.amazonaws.com`;
    for (const [target, host, service, region] of [
      ["signed-stage", stageHost, "execute-api", "us-east-1"],
      ["signed-openapi", "notes.example.com", "notes", "eu-west-1"],
    ] as const) {
      api.seen.splice(0);
      const [signature, again] = await signatures(host, await callNotes(target));
      expect(again).toEqual({ signature, service, region, names });
    }
  });

  signed.each(QUERIES.map((query, index) => [query, index] as const))("an MCP server at /mcp%s", async (_, index) => {
    await callTool(emulator, `signed-server-${index}___add`, {});
    const [seen] = api.seen;
    if (!seen) throw new Error("The server saw nothing.");
    const [signature, again] = await signatures("notes.example.com", seen);
    expect(again).toEqual({ signature, service: "notes", region: "eu-west-1", names });
  });
});
