import { AwsClient } from "aws4fetch";

import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, toolsCall, toolsList, type HttpAnswer } from "../support/callers";
import { expectCause } from "../support/cause";
import { scriptedServer } from "../support/scripted-server";
import { awsClient } from "../support/signing";
import { allow, policyOf } from "../support/policies";

type Resources = TerraformJson["resource"];
const ADD = "m2m-auth-demo-mcp-target___add_numbers";

/** Everything by SigV4: the caller to the gateway, and the gateway to the runtime. */
function signEverything(
  resources: Resources,
  { service = "bedrock-agentcore", action = "bedrock-agentcore:InvokeAgentRuntime" } = {},
): void {
  const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
  delete gateway["authorizer_configuration"];
  Object.assign(gateway, { authorizer_type: "AWS_IAM" });
  delete resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"]?.["authorizer_configuration"];
  Object.assign(resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {}, {
    credential_provider_configuration: [{ gateway_iam_role: [{ service }] }],
    depends_on: ["aws_iam_role_policy.gateway_identity"],
  });
  const arn = "${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn}";
  Object.assign(resources["aws_iam_role_policy"]?.["gateway_identity"] ?? {}, {
    policy: policyOf(allow(action, [arn, `${arn}/runtime-endpoint/*`])),
  });
}

async function callSigned(
  url: string,
  message: unknown,
  credentials = { accessKeyId: "test", secretAccessKey: "test" },
): Promise<HttpAnswer> {
  const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: "us-east-1", retries: 0 });
  const { headers } = await client.sign(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
  });
  return postMcp(url, message, Object.fromEntries(headers));
}

describe("a gateway and a runtime that are authorized by IAM", () => {
  let emulator: Emulator;
  let url: string;

  beforeAll(async () => {
    emulator = await emulate(await bentResources((resources) => signEverything(resources)), {
      serverCommand: scriptedServer(),
    });
    url = outputOf(emulator, "gateway_url");
  });

  test("let a signed call through, which the gateway signs again as its role", async () => {
    const { status, body } = await callSigned(url, toolsCall(ADD, { a: 5, b: 3 }));
    expect([status, body]).toMatchObject([200, { result: { structuredContent: { result: 8 } } }]);
    const authorizer = emulator
      .calls()
      .at(-1)
      ?.hops.find(({ name }) => name === "runtime authorizer");
    expect(authorizer?.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ["authorization method", true],
      ["SigV4 signature", true],
      ["bedrock-agentcore:InvokeAgentRuntime", true],
    ]);
    expect(authorizer?.checks[2]?.actual).toMatch(/:assumed-role\/m2m-auth-demo-gateway-role\/mcp-iam-auth-session$/);
  });

  test("let it through also where the gateway has a configuration for tokens, which is of no use to it", async () => {
    const { gateways } = emulator.account;
    const [gateway] = gateways.all();
    if (!gateway) throw new Error("There is no gateway.");
    const { declaration, attributes } = gateway;
    const customJwtAuthorizer = {
      discoveryUrl: "https://idp.example.com/.well-known/openid-configuration",
      allowedClients: ["app"],
    };
    gateways.update(attributes.gatewayId, { ...declaration, customJwtAuthorizer });
    expect(await callSigned(url, toolsList)).toMatchObject({ status: 200 });
    gateways.update(attributes.gatewayId, declaration);
  });

  test("lets the account's own credentials call the runtime", async () => {
    const runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
    expect(await callSigned(runtimeUrl, toolsList)).toMatchObject({ status: 200 });
  });

  test.each([
    ["no signature", (gatewayUrl: string) => postMcp(gatewayUrl, toolsList), "Missing Authentication Token"],
    [
      "a bearer token",
      (gatewayUrl: string) => postMcp(gatewayUrl, toolsList, bearer("x")),
      "Authorization header requires the algorithm",
    ],
    [
      "unknown credentials",
      (gatewayUrl: string) => callSigned(gatewayUrl, toolsList, { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" }),
      "The security token included in the request is invalid",
    ],
    [
      "a wrong secret",
      (gatewayUrl: string) => callSigned(gatewayUrl, toolsList, { accessKeyId: "test", secretAccessKey: "wrong" }),
      "The request signature we calculated does not match",
    ],
  ])("fails at the gateway with %s with 401", async (_, call, cause) => {
    expect(await call(url)).toMatchObject({
      status: 401,
      body: { error: { code: -32001, message: "Authentication error - Invalid credentials" } },
    });
    expectCause(emulator.calls().at(-1), "gateway authorizer", `SigV4 signature: ${cause}`);
  });

  test("fails at the gateway with another body than the signed one", async () => {
    const client = awsClient();
    const { headers } = await client.sign(url, {
      method: "POST",
      body: JSON.stringify(toolsList),
      headers: { "content-type": "application/json" },
    });
    expect((await postMcp(url, toolsCall(ADD, { a: 1, b: 1 }), Object.fromEntries(headers))).status).toBe(401);
  });

  test("fails at the runtime unsigned with 403 and without a challenge, and with a bearer token with 403", async () => {
    const runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
    const unsigned = await postMcp(runtimeUrl, toolsList);
    expect([unsigned.status, unsigned.headers.get("www-authenticate")]).toEqual([403, null]);
    expectCause(emulator.calls().at(-1), "runtime authorizer", "SigV4 signature: Missing Authentication Token");
    const mismatched = await postMcp(runtimeUrl, toolsList, bearer("x"));
    expect([mismatched.status, JSON.stringify(mismatched.body)]).toEqual([
      403,
      expect.stringContaining("Authorization method mismatch"),
    ]);
    expectCause(emulator.calls().at(-1), "runtime authorizer", "authorization method: bearer");
  });
});

describe("a target at an endpoint of its own", () => {
  const arn = "${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn}";

  /** The gateway's role may invoke the runtime by one endpoint, and the target asks for the endpoint `live`. */
  function allowEndpoint(resources: Resources, name: string): void {
    signEverything(resources);
    const id = "${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_id}";
    resources["aws_bedrockagentcore_agent_runtime_endpoint"] = { live: { agent_runtime_id: id, name: "live" } };
    const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {};
    const endpoint = JSON.stringify(target["target_configuration"]).replace(
      "/invocations",
      "/invocations?qualifier=live",
    );
    Object.assign(target, {
      target_configuration: JSON.parse(endpoint) as unknown,
      depends_on: ["aws_iam_role_policy.gateway_identity", "aws_bedrockagentcore_agent_runtime_endpoint.live"],
    });
    Object.assign(resources["aws_iam_role_policy"]?.["gateway_identity"] ?? {}, {
      policy: policyOf(allow("bedrock-agentcore:InvokeAgentRuntime", [arn, `${arn}/runtime-endpoint/${name}`])),
    });
  }

  test("is called by a role that may invoke this endpoint", async () => {
    const emulator = await emulate(await bentResources((resources) => allowEndpoint(resources, "live")), {
      serverCommand: scriptedServer(),
    });
    const { body } = await callSigned(outputOf(emulator, "gateway_url"), toolsCall(ADD, { a: 5, b: 3 }));
    expect(body).toMatchObject({ result: { structuredContent: { result: 8 } } });
    const authorizer = emulator
      .calls()
      .at(-1)
      ?.hops.find(({ name }) => name === "runtime authorizer");
    expect(authorizer?.checks[2]?.expected).toMatch(/ and arn:.*\/runtime-endpoint\/live$/);
  });

  test("fails for a role that may invoke the endpoint DEFAULT alone", async () => {
    const folder = await bentResources((resources) => allowEndpoint(resources, "DEFAULT"));
    await expect(emulate(folder, { serverCommand: scriptedServer() })).rejects.toThrow(
      /Authorization error when sending message/,
    );
  });
});

test.each([
  [
    "a permission that is not the one to invoke",
    { action: "bedrock-agentcore:InvokeGateway" },
    /^bedrock-agentcore:InvokeAgentRuntime: arn:aws:sts::.*mcp-iam-auth-session$/,
  ],
  [
    "a signature for another service",
    { service: "execute-api" },
    "SigV4 signature: Credential should be scoped to correct service",
  ],
])("fails the target's creation with %s", async (_, options, cause) => {
  const folder = await bentResources((resources) => signEverything(resources, options));
  const emulator = await emulate(folder, { serverCommand: scriptedServer(), keepFailed: true });
  expect(emulator.deploymentState()).toMatchObject({
    reason: expect.stringContaining("Authorization error when sending message") as string,
  });
  expectCause(emulator.calls().at(-1), "runtime authorizer", cause);
});
