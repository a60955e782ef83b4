import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { AwsClient } from "aws4fetch";
import { ElicitRequestSchema, UrlElicitationRequiredError } from "@modelcontextprotocol/sdk/types.js";

import type { Emulator } from "../../emulator";
import { EMULATOR_CREDENTIALS } from "../../emulator/credentials";
import { sessionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn } from "../support/callers";
import { openCall } from "../support/event-streams";
import { allow, policyOf, trusting } from "../support/policies";

const SERVER = join(__dirname, "../support/servers/asking-server.mjs");
const serverCommand = { program: process.execPath, arguments: [SERVER] };
const TARGET = "m2m-auth-demo-mcp-target";

const initialize = (elicitation: object) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: { elicitation },
    clientInfo: { name: "x", version: "1" },
  },
});
const ping = { jsonrpc: "2.0", id: 2, method: "ping" };
const call = (name: string) => ({
  jsonrpc: "2.0",
  id: "mine",
  method: "tools/call",
  params: { name: `${TARGET}___${name}`, arguments: {} },
});

describe("a target that asks", () => {
  let emulator: Emulator;
  let url: string;
  let token: string;

  beforeAll(async () => {
    emulator = await emulate(await sessionStack(), { serverCommand });
    url = outputOf(emulator, "gateway_url");
    token = await signIn(emulator);
  }, 120_000);

  async function begin(elicitation: object): Promise<Record<string, string>> {
    const { headers } = await postMcp(url, initialize(elicitation), bearer(token));
    return { ...bearer(token), "mcp-session-id": headers.get("mcp-session-id") ?? "" };
  }

  test("to open a page by an error is heard by the SDK's client, with the page", async () => {
    const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: { url: {} } } });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept" }));
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } }));
    const refused = await client.callTool({ name: `${TARGET}___visit` }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UrlElicitationRequiredError);
    const elicitations = [{ mode: "url", elicitationId: "e1", message: "Look", url: "https://www.example.com/look" }];
    expect(refused).toMatchObject({ code: -32042, data: { elicitations } });
    await client.close();
  });

  test("so is not heard by callers that fill in forms alone", async () => {
    const { body } = await postMcp(url, call("visit"), { ...(await begin({ form: {} })), accept: "application/json" });
    expect(body).toMatchObject({ id: "mine", result: { isError: true } });
    expect(JSON.stringify(body)).not.toContain("example.com");
  });

  test("and whose connection breaks while it waits is a failed dependency of the call, which may be made again", async () => {
    const headers = await begin({ form: {} });
    const answers = await openCall(url, call("decide"), headers);
    const { id } = await answers.next();
    await emulator.account.runtimes.all()[0]?.container.stop();
    expect(await answers.next()).toMatchObject({
      id: "mine",
      error: { code: -32603, message: expect.stringContaining("DependencyFailedException") as string },
    });
    await expect(answers.next()).rejects.toThrow("The stream has ended");
    const late = await postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    expect(late).toMatchObject({ status: 400, body: { error: { code: -32600 } } });

    const again = await openCall(url, call("decide"), headers);
    expect(await again.next()).toMatchObject({ method: "elicitation/create" });
    again.close();
  });
});

describe("a session at a gateway whose callers sign", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    const folder = await sessionStack((resources) => {
      const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
      Object.assign(gateway, { authorizer_type: "AWS_IAM", authorizer_configuration: undefined });
      const policy = policyOf(allow("bedrock-agentcore:InvokeGateway"));
      for (const name of ["ann", "bob"]) {
        const role = { name, assume_role_policy: trusting() };
        Object.assign(resources["aws_iam_role"] ?? {}, { [name]: role });
        const allowed = { name, role: `\${aws_iam_role.${name}.name}`, policy };
        Object.assign(resources["aws_iam_role_policy"] ?? {}, { [name]: allowed });
      }
    });
    emulator = await emulate(folder, { serverCommand });
  }, 120_000);

  function credentialsOf(role: string): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
    const { iam, sessionCredentials } = emulator.account;
    const sourceArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/other";
    const roleArn = `arn:aws:iam::123456789012:role/${role}`;
    const service = "bedrock-agentcore.amazonaws.com";
    const session = iam.assumeRole({ roleArn, service, sourceArn, sessionName: () => "test" });
    if (!session) throw new Error("The role cannot be assumed.");
    return sessionCredentials.issue(session);
  }

  async function post(credentials: ReturnType<typeof credentialsOf>, message: object, session?: string) {
    const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: "us-east-1", retries: 0 });
    return client.fetch(outputOf(emulator, "gateway_url"), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "mcp-protocol-version": "2025-11-25",
        ...(session !== undefined && { "mcp-session-id": session }),
      },
      body: JSON.stringify(message),
    });
  }

  test("is that of the ARN which began it, and of nobody else", async () => {
    const [ann, bob] = [credentialsOf("ann"), credentialsOf("bob")];
    const begun = await post(ann, initialize({}));
    const session = begun.headers.get("mcp-session-id") ?? "";
    expect([begun.status, session]).toEqual([200, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect((await post(ann, ping, session)).status).toBe(200);
    for (const other of [bob, EMULATOR_CREDENTIALS]) {
      const refused = await post(other, ping, session);
      expect([refused.status, await refused.json()]).toMatchObject([404, { error: { message: "Session not found" } }]);
      expect((await post(other, initialize({}))).status).toBe(200);
    }
    expect((await post(ann, ping, session)).status).toBe(200);
  });
});
