import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";

import { type Emulator, lambdaHandler, ManualClock } from "../../emulator";
import type { JournalEntry } from "../../emulator/cloud/journal";
import { review } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { cdktfAgentcore } from "../support/command-here";
import { expectCause } from "../support/cause";
import { agentUrl, ask, askSigned, emulateAgent } from "../support/fronted-agent";
import { decideBy, INTERCEPTOR, intercept } from "../support/guarded-gateway";
import { OPEN_GATEWAY, RecordingApi, startFolder, targetOf } from "../support/recording-api";
import { scriptedServer } from "../support/scripted-server";
import { awsClient } from "../support/signing";
import { temporaryFolder } from "../support/temporary-folder";

const ADD = "m2m-auth-demo-mcp-target___add_numbers";
const GREET = "m2m-auth-demo-mcp-target___greet_user";
const CLAIM = "$.context.jwt.username";
const minutely = (rate: number) => ({ requests: [{ rate, period: "minute" }] });

async function start(bend: (resources: TerraformJson["resource"]) => void = () => undefined, options = {}) {
  return emulate(await bentResources(bend), { serverCommand: scriptedServer(), ...options });
}

/** Puts a rate limit on the gateway by the control API. */
async function limit(emulator: Emulator, rateLimitId: string, dimensions: Record<string, string>, rates: object) {
  const [gateway] = emulator.account.gateways.all();
  const dimensionKeys = Object.keys(dimensions);
  const response = await awsClient().fetch(`${emulator.url}/gateways/${gateway?.attributes.gatewayId}/rate-limits`, {
    method: "POST",
    body: JSON.stringify({ rateLimitId, dimensionKeys, entries: [{ dimensions, ...rates }] }),
  });
  expect([response.status, await response.text()]).toEqual([201, expect.stringContaining("CREATING") as string]);
}

const hopsOf = (emulator: Emulator) =>
  emulator
    .calls()
    .at(-1)
    ?.hops.map(({ name }) => name) ?? [];
const call = toolsCall(ADD, { a: 5, b: 3 });
const sum = { result: { structuredContent: { result: 8 } } };
const throttled = (limitKey: string, retryAfter = 60, metric = "requests") => ({
  error: { code: -32003, message: "Rate limit exceeded", data: { limitKey, metric, retryAfter } },
});

describe("a gateway with a limit for each user", () => {
  const clock = new ManualClock(Date.now());
  let emulator: Emulator;
  let url: string;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    emulator = await start(undefined, { clock });
    url = outputOf(emulator, "gateway_url");
    for (const user of ["ann", "bob", "eve"]) tokens[user] = await signIn(emulator, user);
  });

  const callAs = (user: string, message: object = call) => postMcp(url, message, bearer(tokens[user] ?? ""));

  test("has no hop for them before the first, and none for a call that is not let in", async () => {
    await callAs("ann");
    expect(hopsOf(emulator)).not.toContain("rate limits");
    await limit(emulator, "per-user", { [CLAIM]: "*" }, minutely(2));
    expect((await postMcp(url, call, bearer("none"))).status).toBe(401);
    expect(hopsOf(emulator)).not.toContain("rate limits");
  });

  test("lets so many requests of a user through, whatever they ask for, and answers the next as AWS does", async () => {
    expect(await callAs("ann", toolsList)).toMatchObject({ status: 200 });
    expect(await callAs("ann")).toMatchObject({ status: 200, body: sum });
    expect(
      emulator
        .calls()
        .at(-1)
        ?.hops.find(({ name }) => name === "rate limits")?.checks,
    ).toEqual([{ name: "rate", passed: true, actual: "asked were per-user:requests:ann" }]);
    clock.advance(1_500);
    const refused = await callAs("ann");
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.body).toEqual({ jsonrpc: "2.0", id: 2, ...throttled(`per-user/${CLAIM}=ann`, 59) });
    expect(refused.headers.has("retry-after")).toBe(false);
    expect(hopsOf(emulator)).toEqual(["gateway authorizer", "rate limits"]);
    expectCause(
      emulator.calls().at(-1),
      "rate limits",
      "rate: per-user stops it for 59 s; asked were per-user:requests:ann",
    );
    expect(await callAs("bob")).toMatchObject({ status: 200, body: sum });
    clock.advance(59_000);
    expect(await callAs("ann")).toMatchObject({ status: 200, body: sum });
  });

  test("counts a notification, too, and refuses it without an id", async () => {
    const notification = { jsonrpc: "2.0", method: "notifications/initialized" };
    expect((await callAs("eve", notification)).status).toBe(202);
    expect((await callAs("eve")).status).toBe(200);
    expect(await callAs("eve", notification)).toMatchObject({ status: 429, body: { id: null } });
  });

  test("is told to an MCP client as the status 429", async () => {
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: bearer(tokens["eve"] ?? "") },
    });
    await expect(new Client({ name: "test", version: "1" }).connect(transport)).rejects.toMatchObject({ code: 429 });
  });

  test("blocks one of its tools, and the user of a rate of 0, beside the limit for all", async () => {
    clock.advance(60_000);
    await limit(emulator, "no-greeting", { toolName: GREET, [CLAIM]: "*" }, minutely(0));
    const greet = toolsCall(GREET, { name: "Ann" });
    expect((await callAs("ann", greet)).body).toMatchObject(throttled(`no-greeting/toolName=${GREET},${CLAIM}=ann`));
    expectCause(emulator.calls().at(-1), "rate limits", "rate: no-greeting lets none through; asked were no-greeting:");
    // The limit that was not asked has lost nothing.
    expect([(await callAs("ann")).status, (await callAs("ann")).status]).toEqual([200, 200]);
  });
});

test("limits that the API made are there again where its calls are made again", async () => {
  const kept: JournalEntry[] = [];
  const emulator = await start(undefined, { seed: "limits" });
  emulator.account.journal.onKept = (entry) => kept.push(entry);
  await limit(emulator, "none", { targetName: "*" }, minutely(0));
  const again = await start(undefined, { seed: "limits" });
  await again.restore(kept, () => undefined);
  const headers = bearer(await signIn(again));
  expect((await postMcp(outputOf(again, "gateway_url"), call, headers)).status).toBe(429);
});

test("a limit is asked before a policy engine, so that a call that it denies counts", async () => {
  const emulator = await start((resources) => decideBy(resources, {}));
  await limit(emulator, "one", { targetName: "*" }, minutely(1));
  const headers = bearer(await signIn(emulator));
  const answers = [1, 2].map(() => postMcp(outputOf(emulator, "gateway_url"), call, headers));
  // Of two at once, either may come first.
  const [denied, refused] = (await Promise.all(answers)).sort((one, other) => one.status - other.status);
  expect(denied?.body).toMatchObject({ result: { isError: true } });
  expect(refused).toMatchObject({ status: 429, body: throttled("one/targetName=m2m-auth-demo-mcp-target") });
});

test("a limit is asked before an interceptor, which sees nothing of a call that it stops", async () => {
  const lambdaHandlers = { guard: lambdaHandler(INTERCEPTOR) };
  const emulator = await start((resources) => intercept(resources, {}), { lambdaHandlers });
  await limit(emulator, "none", { targetName: "*" }, minutely(0));
  const headers = bearer(await signIn(emulator));
  expect((await postMcp(outputOf(emulator, "gateway_url"), call, headers)).status).toBe(429);
  expect(hopsOf(emulator)).toEqual(["gateway authorizer", "rate limits"]);
});

test("the limit of an HTTP target is told in the form of HTTP", async () => {
  const emulator = await emulateAgent();
  await limit(emulator, "per-target", { targetName: "agent" }, minutely(1));
  const headers = bearer(await signIn(emulator));
  expect((await ask(agentUrl(emulator), {}, headers)).status).toBe(200);
  const { status, body } = await ask(agentUrl(emulator), {}, headers);
  expect([status, body]).toEqual([
    429,
    {
      error: "Rate limit exceeded",
      success: false,
      limitKey: "per-target/targetName=agent",
      metric: "requests",
      retryAfter: 60,
    },
  ]);
});

test("a connection is taken until its answer is complete", async () => {
  const api = new RecordingApi();
  await api.start();
  const paths = { "/slow": { get: { operationId: "wait" } } };
  const document = { openapi: "3.0.3", servers: [{ url: "https://api.example.com" }], paths };
  const payload = `open_api_schema {\n inline_payload {\n payload = ${JSON.stringify(JSON.stringify(document))}\n }\n }`;
  const hcl = OPEN_GATEWAY + targetOf("api", payload);
  const emulator = await startFolder(temporaryFolder({ "main.tf": hcl }), { hosts: { "api.example.com": api.origin } });
  await limit(emulator, "one-at-a-time", { targetName: "api" }, { connections: [{ rate: 1, period: "second" }] });
  const ask = () => postMcp(emulator.gateways()[0]?.url ?? "", toolsCall("api___wait", {}));
  const held = new Promise<ServerResponse>((resolve) => (api.answer = resolve));
  const first = ask();
  const response = await held;
  expect(await ask()).toMatchObject({
    status: 429,
    body: throttled("one-at-a-time/targetName=api", 1, "connections"),
  });
  response.end("{}");
  expect(await first).toMatchObject({ status: 200, body: { result: { isError: false } } });
  delete api.answer;
  expect((await ask()).status).toBe(200);
});

test("a stream has its connection until it ends", async () => {
  const emulator = await start((resources) => {
    const streaming = {
      protocol_configuration: [{ mcp: [{ streaming_configuration: [{ enable_response_streaming: true }] }] }],
    };
    Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, streaming);
  });
  await limit(emulator, "one-at-a-time", { [CLAIM]: "*" }, { connections: [{ rate: 1, period: "second" }] });
  const headers = bearer(await signIn(emulator));
  for (const body of [1, 2]) {
    void body;
    const answer = await postMcp(outputOf(emulator, "gateway_url"), call, headers);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  }
});

test("a signer is limited by the role or user that he is", async () => {
  const emulator = await emulateAgent({
    authorizerType: "AWS_IAM",
    runtime: "IAM",
    credential: { gateway_iam_role: [{}] },
  });
  const principal = "$.context.iam.principal";
  await limit(emulator, "administrator", { [principal]: "arn:aws:iam::123456789012:root" }, minutely(1));
  expect((await askSigned(agentUrl(emulator))).status).not.toBe(429);
  expect(await askSigned(agentUrl(emulator))).toMatchObject({
    status: 429,
    body: { limitKey: `administrator/${principal}=arn:aws:iam::123456789012:root` },
  });
});

/** A rate limit of the provider awscc on a gateway, whose reference it takes. */
const limitOf = (gateway: string) => `
resource "awscc_bedrockagentcore_gateway_rate_limit" "calls" {
  gateway_identifier = ${gateway}
  rate_limit_id      = "per-target"
  dimension_keys     = ["targetName"]
  entries = [
    { dimensions = { targetName = "api" }, requests = [{ rate = 1, period = "minute" }] },
    { dimensions = { targetName = "*" }, requests = [{ rate = 5, period = "minute" }] },
  ]
}
output "limit" {
  value = awscc_bedrockagentcore_gateway_rate_limit.calls.id
}
`;

test("a folder of HCL has the rate limits of its gateways, which the page names", async () => {
  const hcl = OPEN_GATEWAY + limitOf("aws_bedrockagentcore_gateway.demo.gateway_id");
  const emulator = await startFolder(temporaryFolder({ "main.tf": hcl }));
  const [gateway] = emulator.account.gateways.all();
  const { gatewayId = "" } = gateway?.attributes ?? {};
  expect(outputOf(emulator, "limit")).toBe(`${gatewayId}|per-target`);
  expect(gateway?.rateLimits).toMatchObject([
    { rateLimitId: "per-target", status: "ACTIVE", declaration: { dimensionKeys: ["targetName"] } },
  ]);
  const answers = [1, 2].map(() =>
    postMcp(emulator.gateways()[0]?.url ?? "", { ...call, params: { name: "api___x" } }),
  );
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  const system = (await (await fetch(`${emulator.url}/_emulator/system`)).json()) as {
    stations: { title: string; facts: object[] }[];
  };
  expect(system.stations.find(({ title }) => title === "Gateway")?.facts).toContainEqual({
    label: "rate limit",
    value: "per-target: targetName",
  });
});

test("a gateway of the provider awscc has the rate limits of the same", async () => {
  const hcl = `${OPEN_GATEWAY.replaceAll("aws_bedrockagentcore_gateway", "awscc_bedrockagentcore_gateway")}
    ${limitOf("awscc_bedrockagentcore_gateway.demo.gateway_identifier")}`;
  const emulator = await startFolder(temporaryFolder({ "main.tf": hcl }));
  expect(emulator.account.gateways.all()[0]?.rateLimits).toMatchObject([{ rateLimitId: "per-target" }]);
});

test("a rate limit that the service refuses is refused at the deployment", async () => {
  const hcl =
    OPEN_GATEWAY + limitOf("aws_bedrockagentcore_gateway.demo.gateway_id").replace('"targetName"]', '"toolName"]');
  await expect(startFolder(temporaryFolder({ "main.tf": hcl }))).rejects.toThrow(
    "awscc_bedrockagentcore_gateway_rate_limit.calls: ValidationException: The rate limit has an entry with values of " +
      "targetName, and not of toolName.",
  );
});

test("the command says that a limit stopped its call", async () => {
  const emulator = await start();
  await limit(emulator, "none", { toolName: "*" }, minutely(0));
  const told = await cdktfAgentcore("call", ADD, '{"a": 5, "b": 3}', "--port", new URL(emulator.url).port);
  expect(told).toMatchObject({ stderr: expect.stringContaining("HTTP status 429: Rate limit exceeded") as string });
});

test("the guide's rate limit is one that the service takes, and each caller has his own", async () => {
  const guide = readFileSync("docs/guides/policies.md", "utf8");
  const [, hcl = ""] = /```hcl\n([^]*?)```/.exec(guide) ?? [];
  const folder = temporaryFolder({ "main.tf": OPEN_GATEWAY + hcl.replace("gateway.main", "gateway.demo") });
  const [gateway] = (await startFolder(folder)).account.gateways.all();
  expect(gateway?.rateLimits).toMatchObject([{ declaration: { dimensionKeys: ["$.context.jwt.sub", "toolName"] } }]);
});

test("a plan has its rate limits, too, and they are reviewed", async () => {
  const [gateway, limits] = ["aws_bedrockagentcore_gateway", "awscc_bedrockagentcore_gateway_rate_limit"];
  const entries = [{ dimensions: { targetName: "others" }, requests: [{ rate: 0, period: "minute" }] }];
  const planned = [
    {
      ...{ type: gateway, after_unknown: { gateway_id: true } },
      after: {
        name: "demo",
        role_arn: "arn:aws:iam::123456789012:role/demo",
        authorizer_type: "NONE",
        protocol_type: "MCP",
      },
      expressions: {},
    },
    {
      ...{ type: limits, after_unknown: { gateway_identifier: true, id: true } },
      after: { rate_limit_id: "per-target", dimension_keys: ["targetName"], entries },
      expressions: { gateway_identifier: { references: [`${gateway}.demo.gateway_id`, `${gateway}.demo`] } },
    },
  ].map((resource) => ({ ...resource, address: `${resource.type}.demo`, mode: "managed", name: "demo" }));
  const plan = {
    format_version: "1.2",
    terraform_version: "1.14.0",
    planned_values: {
      root_module: { resources: planned.map(({ after, ...resource }) => ({ ...resource, values: after })) },
    },
    resource_changes: planned.map(({ after, after_unknown, ...resource }) => ({
      ...resource,
      change: { actions: ["create"], before: null, after, after_unknown },
    })),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "us-east-1" } } } },
      root_module: { resources: planned },
    },
  };
  const path = join(temporaryFolder({ "plan.json": plan }), "plan.json");
  const { account } = await startFolder(path);
  expect(account.gateways.all()[0]?.rateLimits).toMatchObject([
    { rateLimitId: "per-target", declaration: { entries } },
  ]);
  const { findings } = review(inventoryOf(parseDocument(path, readFileSync(path))));
  expect(findings.filter(({ address }) => address === `${limits}.demo`)).toMatchObject([
    { rule: "rate-limit-ineffective" },
  ]);
});
