import { join } from "node:path";

import { DeploymentError, type Emulator } from "../../emulator";
import { articleStack, bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { boto3Session } from "../support/aws-clients";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { seenRequests, startScriptedServer, type Demanded } from "../support/scripted-server";
import { missingBoto3, testUnless } from "../support/skip";
import { allowGateway } from "../support/policies";

const boto3Test = testUnless(missingBoto3());

type Resources = TerraformJson["resource"];

const KEY = "k3y+of/the=weather&service";
const KEY_IN_ENDPOINT = "in-the-endpoint";
const PROVIDER = "aws_bedrockagentcore_api_key_credential_provider";
const TARGET = "aws_bedrockagentcore_gateway_target";
const NO_TOOLS = "Failed to connect and fetch tools from the provided MCP target server. Error - ";

const READ_KEY = [
  "bedrock-agentcore:GetWorkloadAccessToken",
  "bedrock-agentcore:GetResourceApiKey",
  "secretsmanager:GetSecretValue",
];

/** A target outside AWS, at a host of its own name, with a role policy for its API key. */
function addTarget(resources: Resources, name: string, apiKey: object, allowed = READ_KEY): void {
  resources[PROVIDER] = { weather: { name: "weather", api_key: KEY } };
  (resources[TARGET] ??= {})[name] = {
    name,
    gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
    depends_on: [allowGateway(resources, "api_key", allowed)],
    credential_provider_configuration: [
      { api_key: [{ provider_arn: `\${${PROVIDER}.weather.credential_provider_arn}`, ...apiKey }] },
    ],
    target_configuration: [
      {
        mcp: [
          { mcp_server: [{ endpoint: `https://${name}.example.com/mcp?tenant=a&tenantApiKey=${KEY_IN_ENDPOINT}` }] },
        ],
      },
    ],
  };
}

function debug(resources: Resources): void {
  Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, { exception_level: "DEBUG" });
}

async function callAt(emulator: Emulator, target: string): Promise<unknown> {
  const headers = bearer(await signIn(emulator));
  const { body } = await postMcp(
    outputOf(emulator, "gateway_url"),
    toolsCall(`${target}___add_numbers`, { a: 5, b: 3 }),
    headers,
  );
  return (body as { result: unknown }).result;
}

/** By the name of the target: what Terraform says of its key, and what its server has to see. */
const PLACES: Record<string, { apiKey: object; demanded: Demanded }> = {
  header: {
    apiKey: { credential_location: "HEADER", credential_parameter_name: "X-Api-Key" },
    demanded: { header: "x-api-key", value: KEY },
  },
  prefix: {
    apiKey: { credential_parameter_name: "Authorization", credential_prefix: "Bearer" },
    demanded: { header: "authorization", value: `Bearer ${KEY}` },
  },
  default: { apiKey: {}, demanded: { header: "authorization", value: KEY } },
  parameter: {
    apiKey: { credential_location: "QUERY_PARAMETER", credential_parameter_name: "k", credential_prefix: "Key" },
    demanded: { parameter: "k", value: `Key ${KEY}` },
  },
  unnamed: { apiKey: { credential_location: "QUERY_PARAMETER" }, demanded: { parameter: "api_key", value: KEY } },
};

describe("targets whose servers demand an API key", () => {
  let emulator: Emulator;
  const hosts: Record<string, string> = {};

  beforeAll(async () => {
    for (const [name, { demanded }] of Object.entries(PLACES)) {
      hosts[`${name}.example.com`] = (await startScriptedServer(demanded)).url;
    }
    const folder = await bentResources((resources) => {
      debug(resources);
      for (const [name, { apiKey }] of Object.entries(PLACES)) addTarget(resources, name, apiKey);
    });
    emulator = await emulate(folder, { hosts });
  });

  test.each(Object.keys(PLACES))("are shown it as the target says: %s", async (name) => {
    expect(await callAt(emulator, name)).toMatchObject({ structuredContent: { result: 8 } });
    const seen = await seenRequests(hosts[`${name}.example.com`] ?? "");
    const queries = seen.map(({ url }) => new URL(url, "http://localhost").searchParams.get("tenant"));
    expect(new Set(queries)).toEqual(new Set(["a"]));
  });

  test("fail calls once the key is another one, with the cause at the level DEBUG, and work again with the right one", async () => {
    const { apiKeyProviders } = emulator.account;
    apiKeyProviders.update({ name: "weather", apiKey: "outdated" });
    for (const name of Object.keys(PLACES)) {
      expect(await callAt(emulator, name)).toMatchObject({
        isError: true,
        content: [{ text: expect.stringContaining("Authorization error when sending message") as string }],
      });
    }
    apiKeyProviders.update({ name: "weather", apiKey: KEY });
    expect(await callAt(emulator, "parameter")).toMatchObject({ structuredContent: { result: 8 } });
  });

  test("leave no key in the trace", () => {
    const trace = JSON.stringify(emulator.calls());
    expect(trace).toContain("GetResourceApiKey");
    for (const secret of [KEY, encodeURIComponent(KEY), KEY_IN_ENDPOINT, "outdated"]) {
      expect(trace).not.toContain(secret);
    }
  });
});

describe("a target whose server demands an API key fails at its creation", () => {
  const failureOf = async (allowed: string[] | undefined, demanded: Demanded): Promise<string> => {
    const { url } = await startScriptedServer(demanded);
    const folder = await bentResources((resources) =>
      addTarget(resources, "header", PLACES["header"]?.apiKey ?? {}, allowed),
    );
    const outcome: unknown = await emulate(folder, { hosts: { "header.example.com": url } }).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof DeploymentError) return outcome.reason;
    await (outcome as Emulator).stop();
    throw new Error("It was deployed.");
  };

  test("with another key", async () => {
    expect(await failureOf(READ_KEY, { header: "x-api-key", value: "other" })).toBe(
      `${NO_TOOLS}Authorization error when sending message`,
    );
  });

  test.each([
    [
      "GetResourceApiKey",
      /is not authorized to perform: bedrock-agentcore:GetResourceApiKey on resource: arn:.*:token-vault\/default /,
    ],
    ["GetSecretValue", /You are not authorized to perform: secretsmanager:GetSecretValue/],
  ])("where the gateway's role may not %s", async (action, reason) => {
    const allowed = READ_KEY.filter((name) => !name.endsWith(action));
    expect(await failureOf(allowed, { header: "x-api-key", value: KEY })).toMatch(reason);
  });
});

boto3Test("boto3 makes a target with an API key, and changes the key", async () => {
  const { url } = await startScriptedServer({ header: "x-api-key", value: `Key ${KEY}` });
  const emulator = await emulate(await articleStack(), { hosts: { "weather.example.com": url } });
  const values = { key: KEY, endpoint: "https://weather.example.com/mcp" };
  expect(await boto3Session(emulator.url, join(__dirname, "sessions", "api_key_target.py"), values)).toEqual({
    wrongKey: [`${NO_TOOLS}Authorization error when sending message`],
    credential: {
      providerArn: expect.stringMatching(/:token-vault\/default\/apikeycredentialprovider\/weather$/) as string,
      credentialLocation: "HEADER",
      credentialParameterName: "X-Api-Key",
      credentialPrefix: "Key",
    },
    secret: "bedrock-agentcore-identity!default/apikey/weather",
  });
  expect(await callAt(emulator, "weather")).toMatchObject({ structuredContent: { result: 8 } });
  expect(JSON.stringify(emulator.calls())).not.toContain(KEY);
});
