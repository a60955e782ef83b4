import { AwsClient } from "aws4fetch";
import { join } from "node:path";

import type { Emulator } from "../../emulator";
import { bentResources, articleStack, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { PROVIDER } from "../support/faulty-system";
import { signedRequest } from "../support/signing";
import { decode } from "../emulator/cognito/fixtures";
import { allow, policyOf } from "../support/policies";

const SERVER = { program: process.execPath, arguments: [join(__dirname, "../support/mcp-servers/vault-client.mjs")] };
const HEADERS = [
  "workloadaccesstoken",
  "x-amz-bedrock-agentcore-identity-wat",
  "x-amzn-bedrock-agentcore-runtime-workload-accesstoken",
];
const USER_ID = "x-amzn-bedrock-agentcore-runtime-user-id";

/** The JSON text that a tool answers with, in a JSON body or an event stream. */
function answerOf(body: unknown): Record<string, unknown> {
  const message = (typeof body === "string" ? JSON.parse(body.slice(body.indexOf("{"))) : body) as {
    result: { content: { text: string }[] };
  };
  return JSON.parse(message.result.content[0]?.text ?? "") as Record<string, unknown>;
}

describe("a runtime with a JWT authorizer", () => {
  let emulator: Emulator;
  let callTool: (
    name: string,
    toolArguments: unknown,
    headers?: Record<string, string>,
  ) => Promise<Record<string, unknown>>;

  beforeAll(async () => {
    emulator = await emulate(await articleStack(), { serverCommand: SERVER });
    const authorization = bearer(await signIn(emulator));
    callTool = async (name, toolArguments, headers = {}) => {
      const message = toolsCall(`m2m-auth-demo-mcp-target___${name}`, toolArguments);
      return answerOf(
        (await postMcp(outputOf(emulator, "gateway_url"), message, { ...authorization, ...headers })).body,
      );
    };
  });

  test("hands its server a workload access token, under the names that AWS uses, and none of the caller's", async () => {
    const seen = await callTool("headers", {}, { workloadaccesstoken: "forged" });
    const tokens = HEADERS.map((name) => seen[name]);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[\w-]{40,}$/);
    expect(seen).not.toHaveProperty("authorization");
  });

  test("lets its server draw an M2M token from the vault by it", async () => {
    const { status, accessToken } = await callTool("draw_token", { endpoint: emulator.url, provider: PROVIDER });
    expect(status).toBe(200);
    expect(decode(String(accessToken)).payload).toMatchObject({ token_use: "access", scope: "mcp-server/tools.read" });
    const vault = emulator
      .calls()
      .flatMap(({ hops }) => hops)
      .filter(({ name }) => name === "token vault");
    const { agentRuntimeId } = emulator.account.runtimes.all()[0]?.attributes ?? {};
    expect(vault.at(-1)?.claims).toEqual({ workload: agentRuntimeId, user: expect.stringMatching(/^\w+$/) as string });
    expect(JSON.stringify(emulator.calls())).not.toContain(accessToken);
  });

  test("fails to draw from a credential provider that there is not", async () => {
    expect(await callTool("draw_token", { endpoint: emulator.url, provider: "other" })).toMatchObject({ status: 404 });
  });

  test.each(["GetWorkloadAccessToken", "GetWorkloadAccessTokenForUserId"])(
    "fails %s of its own identity, as of a gateway's, by the API",
    async (name) => {
      const { runtimes, gateways } = emulator.account;
      for (const workloadName of [
        runtimes.all()[0]?.attributes.agentRuntimeId,
        gateways.all()[0]?.attributes.gatewayId,
      ]) {
        const body = JSON.stringify({ workloadName, ...(name.endsWith("UserId") && { userId: "me" }) });
        const request = await signedRequest({
          url: `${emulator.url}/identities/${name}`,
          service: "bedrock-agentcore",
          body,
        });
        const response = await fetch(request);
        expect([response.status, await response.json()]).toEqual([
          400,
          expect.objectContaining({
            message: "WorkloadIdentity is linked to a service and cannot retrieve an access token by the caller",
          }),
        ]);
      }
    },
  );
});

describe("a runtime that is authorized by IAM", () => {
  let emulator: Emulator;
  let url: string;

  beforeAll(async () => {
    const folder = await bentResources((resources) => {
      delete resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"]?.["authorizer_configuration"];
      resources["aws_bedrockagentcore_gateway_target"] = {};
    });
    emulator = await emulate(folder, { serverCommand: SERVER });
    const { agentRuntimeArn = "" } = emulator.account.runtimes.all()[0]?.attributes ?? {};
    url = `${emulator.url}/bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${encodeURIComponent(agentRuntimeArn)}/invocations`;
  });

  const callSigned = async (
    headers: Record<string, string>,
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  ) => {
    const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: "us-east-1", retries: 0 });
    const message = toolsCall("headers", {});
    const all = { ...headers, "content-type": "application/json", accept: "application/json, text/event-stream" };
    const signed = await client.sign(url, { method: "POST", headers: all, body: JSON.stringify(message) });
    return postMcp(url, message, Object.fromEntries(signed.headers));
  };
  const TEST = { accessKeyId: "test", secretAccessKey: "test" };

  test("hands its server a token where the request names a user, and else none", async () => {
    const without = answerOf((await callSigned({}, TEST)).body);
    expect(HEADERS.filter((name) => name in without)).toEqual([]);
    const forUser = answerOf((await callSigned({ [USER_ID]: "ann" }, TEST)).body);
    expect(forUser).toMatchObject({
      [USER_ID]: "ann",
      workloadaccesstoken: expect.stringMatching(/^[\w-]{40,}$/) as string,
    });
  });

  test("fails a request that names a user for a role that may only invoke", async () => {
    const { iam, sessionCredentials } = emulator.account;
    const roleName = "m2m-auth-demo-agent-runtime-role";
    const policy = policyOf(allow("bedrock-agentcore:InvokeAgentRuntime"));
    iam.putRolePolicy({ roleName, policyName: "invoke", policy });
    const session = iam.assumeRole({
      roleArn: iam.role(roleName).arn,
      service: "bedrock-agentcore.amazonaws.com",
      sourceArn: emulator.account.runtimes.all()[0]?.attributes.agentRuntimeArn ?? "",
      sessionName: () => "caller",
    });
    if (!session) throw new Error("The role cannot be assumed.");
    const credentials = sessionCredentials.issue(session);
    expect((await callSigned({}, credentials)).status).toBe(200);
    expect(await callSigned({ [USER_ID]: "ann" }, credentials)).toMatchObject({
      status: 403,
      body: {
        message: expect.stringContaining(
          "is not authorized to perform: bedrock-agentcore:InvokeAgentRuntimeForUser on resource: ",
        ) as string,
      },
    });
    expect(
      emulator
        .calls()
        .at(-1)
        ?.hops[0]?.checks.map(({ name, passed }) => [name, passed]),
    ).toEqual([
      ["authorization method", true],
      ["SigV4 signature", true],
      ["bedrock-agentcore:InvokeAgentRuntime", true],
      ["bedrock-agentcore:InvokeAgentRuntimeForUser", false],
    ]);
  });
});
