import { join } from "node:path";

import { DeploymentError, HostMappingError, lambdaHandler, type Emulator } from "../../emulator";
import { bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { expectCause } from "../support/cause";
import { scriptedServer, seenRequests, serverOfRuntime, startScriptedServer } from "../support/scripted-server";
import { addSecondServer } from "../support/second-server";
import { allowGateway, policyOf } from "../support/policies";

type Resources = TerraformJson["resource"];
const TARGET = "aws_bedrockagentcore_gateway_target";
const GATEWAY_ID = "${aws_bedrockagentcore_gateway.main.gateway_id}";
const handler = (name: string) => lambdaHandler(`${join(__dirname, "../support/servers/lambda-tools.js")}#${name}`);

function addLambda(resources: Resources, { name = "orders", permission = "lambda:InvokeFunction" } = {}): void {
  const functions = (resources["aws_lambda_function"] ??= {});
  functions[name] = {
    function_name: name,
    role: "${aws_iam_role.gateway.arn}",
    handler: "lambda-tools.handler",
    timeout: 1,
    environment: [{ variables: { STAGE: "test" } }],
  };
  const policy = allowGateway(resources, `invoke_${name}`, permission, `\${aws_lambda_function.${name}.arn}`);
  const tool = (toolName: string) => ({
    name: toolName,
    description: `The tool ${toolName}`,
    input_schema: [{ type: "object" }],
  });
  const order = {
    name: "get_order",
    description: "Looks an order up",
    input_schema: [
      {
        type: "object",
        property: [
          { name: "orderId", type: "string", description: "Its number", required: true },
          {
            name: "lines",
            type: "array",
            items: [{ type: "object", property: [{ name: "sku", type: "string", required: true }] }],
          },
        ],
      },
    ],
  };
  (resources[TARGET] ??= {})[name] = {
    name: `${name}-target`,
    gateway_identifier: GATEWAY_ID,
    depends_on: [policy],
    credential_provider_configuration: [{ gateway_iam_role: [{}] }],
    target_configuration: [
      {
        mcp: [
          {
            lambda: [
              {
                lambda_arn: `\${aws_lambda_function.${name}.arn}`,
                tool_schema: [{ inline_payload: [order, ...["context", "throw", "hang", "exit"].map(tool)] }],
              },
            ],
          },
        ],
      },
    ],
  };
}

function addOutsideServer(resources: Resources): void {
  (resources[TARGET] ??= {})["outside"] = {
    name: "outside-target",
    gateway_identifier: GATEWAY_ID,
    target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://mcp.example.com/v1/mcp?tenant=a" }] }] }],
  };
}

function debug(resources: Resources): void {
  Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, { exception_level: "DEBUG" });
}

describe("a gateway with two runtimes, a Lambda function and a server outside of AWS", () => {
  let emulator: Emulator;
  let outside: Awaited<ReturnType<typeof startScriptedServer>>;
  let url: string;
  let headers: Record<string, string>;

  beforeAll(async () => {
    outside = await startScriptedServer();
    const folder = await bentResources((resources) => {
      addSecondServer(resources);
      addLambda(resources);
      addOutsideServer(resources);
      debug(resources);
    });
    emulator = await emulate(folder, {
      serverCommands: { second_server: scriptedServer() },
      lambdaHandlers: { orders: handler("handler") },
      hosts: { "mcp.example.com": outside.url },
    });
    url = outputOf(emulator, "gateway_url");
    headers = bearer(await signIn(emulator));
  });

  const call = async (name: string, toolArguments: unknown) => {
    const { body } = await postMcp(url, toolsCall(name, toolArguments), headers);
    return (body as { result: { content: { text: string }[]; isError: boolean; structuredContent?: unknown } }).result;
  };

  const callLambda = async (tool: string, toolArguments: unknown) => {
    const { content, isError } = await call(`orders-target___${tool}`, toolArguments);
    return {
      isError,
      answer: isError ? content[0]?.text : (JSON.parse(content[0]?.text ?? "") as Record<string, unknown>),
    };
  };

  test("lists each target's tools on a page of their own, and each server answers its own calls", async () => {
    const pages: string[][] = [];
    for (let cursor: string | undefined, end = false; !end; end = cursor === undefined) {
      const { body } = await postMcp(url, { ...toolsList, params: { cursor } }, headers);
      const { tools, nextCursor } = (body as { result: { tools: { name: string }[]; nextCursor?: string } }).result;
      pages.push(tools.map(({ name }) => name));
      cursor = nextCursor;
    }
    expect(pages[0]?.shift()).toBe("x_amz_bedrock_agentcore_search");
    expect(pages.map((names) => names.length).sort()).toEqual([2, 2, 3, 5]);
    expect(new Set(pages.flat()).size).toBe(12);
    expect(await call("second-target___multiply_numbers", { a: 6, b: 7 })).toMatchObject({
      structuredContent: { result: 42 },
    });
    expect(await call("m2m-auth-demo-mcp-target___greet_user", { name: "Ann" })).toMatchObject({ isError: false });
    expect(await call("outside-target___add_numbers", { a: 6, b: 7 })).toMatchObject({
      structuredContent: { result: 13 },
    });
  });

  test("reaches the outside server at its own path, without a credential of the account", async () => {
    await call("outside-target___add_numbers", { a: 1, b: 1 });
    const seen = await seenRequests(outside.url);
    expect(seen.at(-1)).toMatchObject({ method: "tools/call", params: { name: "add_numbers" } });
    expect(seen.at(-1)?.headers).not.toHaveProperty("authorization");
  });

  test("gives a runtime's server the runtime's environment variables and a session, but no credential", async () => {
    const seen = await seenRequests(await serverOfRuntime(emulator, "second_server"));
    expect(seen.map(({ method }) => method).slice(0, 4)).toEqual([
      "ping",
      "initialize",
      "notifications/initialized",
      "tools/list",
    ]);
    expect(seen.at(-1)?.headers).toHaveProperty("mcp-session-id");
    expect(seen.at(-1)?.headers).not.toHaveProperty("authorization");
  });

  test("turns Terraform's property blocks into a JSON schema", async () => {
    const { body } = await postMcp(url, toolsCall("x_amz_bedrock_agentcore_search", { query: "looks order" }), headers);
    const { tools } = (body as { result: { structuredContent: { tools: { name: string; inputSchema: unknown }[] } } })
      .result.structuredContent;
    expect(tools[0]).toEqual({
      name: "orders-target___get_order",
      description: "Looks an order up",
      inputSchema: {
        type: "object",
        properties: {
          orderId: { type: "string", description: "Its number" },
          lines: {
            type: "array",
            items: { type: "object", properties: { sku: { type: "string" } }, required: ["sku"] },
          },
        },
        required: ["orderId"],
      },
    });
    expect(await callLambda("get_order", { orderId: 5 })).toEqual({
      isError: true,
      answer: expect.stringContaining("Field '/orderId' has invalid type: integer found, string expected") as string,
    });
  });

  test("invokes the function with the arguments as its event, in one process that stays warm", async () => {
    const first = await callLambda("get_order", { orderId: "A1" });
    expect(first.answer).toMatchObject({ orderId: "A1", region: "us-east-1", stage: "test" });
    const again = await Promise.all([
      callLambda("get_order", { orderId: "A2" }),
      callLambda("get_order", { orderId: "A3" }),
    ]);
    const pids = [first, ...again].map(({ answer }) => (answer as { pid: number }).pid);
    expect(again.map(({ answer }) => (answer as { orderId: string }).orderId)).toEqual(["A2", "A3"]);
    expect(new Set(pids).size).toBe(1);
  });

  test("tells the function gateway, target and tool in its client context", async () => {
    const gateway = emulator.account.gateways.all()[0];
    const target = gateway?.targets.find(({ declaration }) => declaration.name === "orders-target");
    expect((await callLambda("context", {})).answer).toMatchObject({
      bedrockAgentCoreMessageVersion: "1.0",
      bedrockAgentCoreMcpMessageId: "2",
      bedrockAgentCoreGatewayId: gateway?.attributes.gatewayId,
      bedrockAgentCoreTargetId: target?.targetId,
      bedrockAgentCoreToolName: "orders-target___context",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:orders",
    });
  });

  test.each([
    ["throws", "throw", "RangeError: no such order"],
    ["takes longer than its timeout", "hang", "Sandbox.Timedout: Task timed out after 1.00 seconds"],
    ["ends", "exit", "Runtime.ExitError: Runtime exited with exit status 7"],
  ])("fails a call whose function %s, and answers the next one", async (_, tool, answer) => {
    expect(await callLambda(tool, {})).toEqual({ isError: true, answer });
    expectCause(emulator.calls().at(-1), "Lambda function", `result: ${answer}`);
    expect(await callLambda("get_order", { orderId: "B" })).toMatchObject({ isError: false, answer: { orderId: "B" } });
  });

  test("fails a call when the role may no longer invoke the function", async () => {
    const policy = policyOf();
    const roleName = "m2m-auth-demo-gateway-role";
    emulator.account.iam.putRolePolicy({ roleName, policyName: "invoke_orders", policy });
    expect(await callLambda("get_order", { orderId: "C" })).toEqual({
      isError: true,
      answer: expect.stringMatching(
        /^Access denied while invoking Lambda function arn:aws:lambda:\S+:orders\. Check the permissions on the Lambda function/,
      ) as string,
    });
    expectCause(emulator.calls().at(-1), "Lambda function", "lambda:InvokeFunction: denied");
  });
});

test("fails a Lambda target's creation where the role may not invoke the function", async () => {
  const folder = await bentResources((resources) => addLambda(resources, { permission: "lambda:GetFunction" }));
  await expect(emulate(folder, { lambdaHandlers: { orders: handler("handler") } })).rejects.toThrow(
    new DeploymentError(
      `${TARGET}.orders`,
      "ValidationException: Gateway execution role lacks permission to invoke Lambda function",
    ),
  );
});

test.each(["https://127.0.0.1:9000", "http://example.com", "not a url"])(
  "fails to map a host to %s",
  async (origin) => {
    const folder = await bentResources(addOutsideServer);
    await expect(emulate(folder, { hosts: { "mcp.example.com": origin } })).rejects.toThrow(HostMappingError);
  },
);
