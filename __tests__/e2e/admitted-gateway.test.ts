import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, outboundToken, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { expectCause } from "../support/cause";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";

const ADD = {
  name: "add_numbers",
  description: "Adds",
  inputSchema: { type: "object", properties: { a: { type: "integer" }, b: { type: "integer" } } },
};

/** The article's runtime takes calls of its gateway alone, whose target has its tools written down. */
function bend(resources: TerraformJson["resource"]): void {
  const runtime = resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] as {
    authorizer_configuration: [{ custom_jwt_authorizer: [Record<string, unknown>] }];
  };
  runtime.authorizer_configuration[0].custom_jwt_authorizer[0]["allowed_workload_configuration"] = [
    { hosting_environment: [{ arn: "${aws_bedrockagentcore_gateway.main.gateway_arn}" }] },
  ];
  const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] as {
    target_configuration: [{ mcp: [{ mcp_server: [Record<string, unknown>] }] }];
  };
  const payload = JSON.stringify({ tools: [ADD, { ...ADD, name: "unwritten", title: "Not in the server" }] });
  target.target_configuration[0].mcp[0].mcp_server[0]["mcp_tool_schema"] = [{ inline_payload: [{ payload }] }];
}

let emulator: Emulator;
let headers: Record<string, string>;
let gatewayUrl: string;
let seenAtCreation: string[];

beforeAll(async () => {
  emulator = await emulate(await bentResources(bend), { serverCommand: scriptedServer() });
  seenAtCreation = await seenMethods();
  gatewayUrl = outputOf(emulator, "gateway_url");
  headers = bearer(await signIn(emulator));
});

/** What of MCP the server has seen. */
async function seenMethods(): Promise<string[]> {
  const requests = await seenRequests(await serverOfRuntime(emulator, "m2m_auth_demo_mcp_server"));
  return requests.map(({ method }) => method).filter((method) => /^(initialize|tools\/)/.test(method));
}

test("the server is asked nothing when its target is created, and the tools are those that are written down", async () => {
  expect(seenAtCreation).toEqual([]);
  const { body } = await postMcp(gatewayUrl, toolsList, headers);
  const { tools } = (body as { result: { tools: { name: string }[] } }).result;
  expect(tools.slice(1)).toEqual([
    { inputSchema: ADD.inputSchema, name: "m2m-auth-demo-mcp-target___add_numbers", description: "Adds" },
    { inputSchema: ADD.inputSchema, name: "m2m-auth-demo-mcp-target___unwritten", description: "Adds" },
  ]);
});

test("the gateway's calls are let in, and those past it are not, even with its own token", async () => {
  const call = toolsCall("m2m-auth-demo-mcp-target___add_numbers", { a: 2, b: 3 });
  expect(await postMcp(gatewayUrl, call, headers)).toMatchObject({ body: { result: { isError: false } } });

  const runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
  const seen = await seenMethods();
  const { status, body } = await postMcp(runtimeUrl, toolsList, bearer(await outboundToken(emulator)));
  const message = "OAuth authorization failed: Workload is not allowed by configuration";
  expect([status, body]).toMatchObject([401, { error: { code: -32001, message } }]);
  expect(await seenMethods()).toEqual(seen);
  expectCause(emulator.calls().at(-1), "runtime authorizer", "workload: no workload");
});
