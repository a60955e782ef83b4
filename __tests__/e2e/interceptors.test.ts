import { lambdaHandler, type Emulator, type EmulatorOptions } from "../../emulator";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList, type HttpAnswer } from "../support/callers";
import { INTERCEPTOR, intercept, type Interception } from "../support/guarded-gateway";

const TOOL = "m2m-auth-demo-mcp-target___add_numbers";
const HANDLER = lambdaHandler(INTERCEPTOR);
const INTERNAL = { error: { code: -32603, message: "An internal error occurred. Please retry later." } };

async function start(interception: Interception, options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const folder = await bentResources((resources) => intercept(resources, interception));
  return emulate(folder, { lambdaHandlers: { guard: HANDLER }, ...options });
}

async function call(emulator: Emulator, token: string, toolArguments: object): Promise<HttpAnswer> {
  return postMcp(outputOf(emulator, "gateway_url"), toolsCall(TOOL, { a: 5, b: 3, ...toolArguments }), bearer(token));
}

function told({ body }: HttpAnswer): { mcp?: object; headers?: object } {
  return JSON.parse((body as { result: { content: { text: string }[] } }).result.content[0]?.text ?? "{}") as object;
}

describe("a gateway with an interceptor of requests and answers", () => {
  let emulator: Emulator;
  let token: string;

  beforeAll(async () => {
    emulator = await start({});
    token = await signIn(emulator);
  });

  test.each([
    ["lets a call pass", {}, 200, { result: { structuredContent: { result: 8 } } }],
    ["changes a call", { before: "change" }, 200, { result: { structuredContent: { result: 43 } } }],
    ["changes an answer", { after: "change" }, 200, { result: { content: [], isError: false } }],
    ["answers in the target's place", { before: "deny" }, 403, { id: 2, error: { code: -32001, message: "Not you" } }],
    ["changes its own refusal", { before: "deny", after: "change" }, 403, { result: { content: [] } }],
    ["says nothing of the request", { before: "empty" }, 200, { error: { code: -32700 } }],
    ["throws", { before: "fail" }, 200, INTERNAL],
    ["takes longer than its timeout", { before: "slow" }, 200, INTERNAL],
    ["answers with no object", { before: "malformed" }, 200, INTERNAL],
    ["has another version", { before: "version" }, 200, INTERNAL],
    ["throws at the answer", { after: "fail" }, 200, INTERNAL],
    ["says nothing of the answer", { after: "empty" }, 200, INTERNAL],
    ["says nothing of the request's body", { before: "bodiless" }, 200, { error: { code: -32700 } }],
    [
      "says nothing of the answer but its status",
      { after: "status" },
      404,
      { result: { structuredContent: { result: 8 } } },
    ],
    ["adds a header to the request that HTTP cannot send", { before: "header" }, 200, INTERNAL],
    ["adds such a header to the answer", { after: "header" }, 200, INTERNAL],
  ])("which %s", async (_, toolArguments, status, body) => {
    expect(await call(emulator, token, toolArguments)).toMatchObject({ status, body });
  });

  test("is told the request, without its headers, and then the answer too", async () => {
    const gatewayRequest = { path: "/mcp", httpMethod: "POST", body: { method: "tools/call" } };
    const before = told(await call(emulator, token, { before: "tell" })).mcp;
    expect(before).toMatchObject({
      gatewayRequest,
      rawGatewayRequest: { body: expect.stringContaining(TOOL) as string },
    });
    expect(before).not.toHaveProperty("gatewayRequest.headers");
    expect(before).not.toHaveProperty("gatewayResponse");
    const after = told(await call(emulator, token, { after: "tell" }));
    expect(after).toMatchObject({ gatewayRequest, gatewayResponse: { statusCode: 200, body: { id: 2 } } });
  });

  test("sees every method, and nothing that the authorizer refuses", async () => {
    const url = outputOf(emulator, "gateway_url");
    expect(await postMcp(url, toolsList, bearer(token))).toMatchObject({ status: 200, body: { id: 1 } });
    const hops = () =>
      emulator
        .calls()
        .at(-1)
        ?.hops.map(({ name }) => name);
    expect(hops()).toEqual(expect.arrayContaining(["request interceptor", "response interceptor"]));
    expect(await postMcp(url, toolsList, {})).toMatchObject({ status: 401 });
    expect(hops()).not.toContain("request interceptor");
  });

  test.each([
    ["request", {}, "passed on as it came"],
    ["request", { before: "change" }, "changed params.arguments.a"],
    ["request", { before: "deny" }, "answered in the target's place with HTTP 403"],
    ["response", {}, "passed on as it came"],
    ["response", { after: "change" }, "changed result.content, result.structuredContent"],
    ["response", { before: "deny", after: "change" }, "changed result"],
  ])("tells what it decided about a %s of %j", async (point, toolArguments, decision) => {
    await call(emulator, token, toolArguments);
    const hop = emulator
      .calls()
      .at(-1)
      ?.hops.find(({ name }) => name === `${point} interceptor`);
    expect(hop?.checks.at(-1)).toStrictEqual({ name: "decision", passed: true, actual: decision });
  });

  test("leaves a refusal's reason and what to do in the trace", async () => {
    await call(emulator, token, { before: "malformed" });
    const trace = emulator.calls().at(-1);
    const hop = trace?.hops[trace.refusedAt ?? -1];
    expect(hop).toMatchObject({
      name: "request interceptor",
      fix: expect.stringContaining("transformedGatewayRequest") as string,
    });
  });
});

test("passes headers on where the configuration says so", async () => {
  const emulator = await start({ passRequestHeaders: true, points: ["REQUEST"] });
  const token = await signIn(emulator);
  const { mcp } = told(await call(emulator, token, { before: "tell" }));
  expect(mcp).toHaveProperty("gatewayRequest.headers.authorization", `Bearer ${token}`);
});

describe("a gateway that explains failures", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await start({ debug: true })));

  test.each([
    [{ before: "version" }, "interceptorOutputVersion: "],
    [{ before: "header" }, "mcp.transformedGatewayRequest.headers.Authorization: "],
    [{ after: "empty" }, "mcp.transformedGatewayResponse: "],
    [{ before: "malformed" }, "it as a whole: "],
  ])("tells which member of an interceptor's output is wrong: %j", async (toolArguments, member) => {
    const { body } = await call(emulator, await signIn(emulator), toolArguments);
    const message = expect.stringContaining(`; wrong is ${member}`) as string;
    expect(body).toMatchObject({ error: { code: -32603, message } });
  });
});

test.each([
  ["a role that may not invoke it", { permission: "lambda:GetFunction" }, { guard: HANDLER }, /lambda:InvokeFunction/],
  ["no handler for it", {}, {}, /name one with --lambda/],
])("tells callers why with DEBUG: %s", async (_, interception, lambdaHandlers, reason) => {
  const emulator = await start({ ...interception, debug: true }, { lambdaHandlers });
  const { body } = await call(emulator, await signIn(emulator), {});
  expect(body).toMatchObject({ error: { code: -32603, message: expect.stringMatching(reason) as string } });
});
