import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";

const TARGET = "m2m-auth-demo-mcp-target";
const call = toolsCall(`${TARGET}___add_numbers`, { a: 5, b: 3 });

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  const folder = await bentResources((resources) => {
    Object.assign(resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {}, {
      metadata_configuration: [
        {
          allowed_request_headers: ["X-Tenant", "X-Other"],
          allowed_response_headers: ["X-Answered"],
          allowed_query_parameters: ["version"],
        },
      ],
    });
    Object.assign(resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {}, {
      request_header_configuration: [{ request_header_allowlist: ["X-Tenant"] }],
    });
  });
  emulator = await emulate(folder, { serverCommand: scriptedServer() });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

async function lastSeen() {
  const seen = (await seenRequests(await serverOfRuntime(emulator, "m2m_auth_demo_mcp_server"))).at(-1);
  if (!seen) throw new Error("The server saw nothing.");
  return seen;
}

test("a header passes the gateway and the runtime where both let it, and comes back", async () => {
  const sent = { ...bearer(token), "x-tenant": "blue", "x-other": "no runtime takes it", "x-secret": "stays" };
  const { status, headers } = await postMcp(url, call, sent);
  const seen = await lastSeen();
  expect([seen.headers["x-tenant"], seen.headers["x-other"], seen.headers["x-secret"]]).toEqual([
    "blue",
    undefined,
    undefined,
  ]);
  expect([status, headers.get("x-answered"), headers.get("x-hidden")]).toEqual([200, "add_numbers", null]);
});

test.each([
  ["of more than 4 KB", "x".repeat(4_097)],
  ["of other characters than printable ASCII", "caf\u00e9"],
])("a value %s does not pass", async (_, value) => {
  await postMcp(url, call, { ...bearer(token), "x-tenant": value });
  expect((await lastSeen()).headers["x-tenant"]).toBeUndefined();
});
