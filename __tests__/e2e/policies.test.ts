import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { calls, decideBy, type Engine, forbid, permit } from "../support/guarded-gateway";
import { awsClient } from "../support/signing";

const ADD = "m2m-auth-demo-mcp-target___add_numbers";
const GREET = "m2m-auth-demo-mcp-target___greet_user";

async function start(policies: Readonly<Record<string, string>>, engine: Engine = {}): Promise<Emulator> {
  return emulate(await bentResources((resources) => decideBy(resources, policies, engine)));
}

const claim = (name: string, value: string): string =>
  ` when { principal.hasTag("${name}") && principal.getTag("${name}") == "${value}" }`;

const DENIED =
  "AuthorizeActionException - Tool Execution Denied: Tool call not allowed due to policy enforcement " +
  "[Policy evaluation denied due to no determining policies]";

interface Answers {
  readonly add: string;
  readonly greet: string;
  readonly listed: readonly string[];
}

/** What a user is told for a call of each of two tools, and the names of the tools that are listed. */
async function answers(emulator: Emulator, user: string): Promise<Answers> {
  const url = outputOf(emulator, "gateway_url");
  const headers = bearer(await signIn(emulator, user));
  const call = async (name: string, args: object): Promise<string> => {
    const { body } = await postMcp(url, toolsCall(name, args), headers);
    const { result, error } = body as {
      result?: { isError: boolean; content: { text: string }[] };
      error?: { message: string };
    };
    return error?.message ?? (result?.isError ? (result.content[0]?.text ?? "") : "called");
  };
  const { body } = await postMcp(url, toolsList, headers);
  const { result } = body as { result?: { tools: { name: string }[] } };
  const listed = (result?.tools ?? []).map(({ name }) => name.replace(/^.*___/, ""));
  return {
    add: await call(ADD, { a: 5, b: 3 }),
    greet: await call(GREET, { name: "Ann" }),
    listed: listed.filter((name) => !name.startsWith("x_amz")),
  };
}

const ALL = ["add_numbers", "greet_user", "multiply_numbers"];
const EVERYTHING = { add: "called", greet: "called", listed: ALL };
const NOTHING = { add: DENIED, greet: DENIED, listed: [] };
const by = (policy: string): string => DENIED.replace("no determining policies", `determining policies: ${policy}`);

test.each<[string, Readonly<Record<string, string>>, Engine, Readonly<Record<string, Answers>>]>([
  ["no policy", {}, {}, { ann: NOTHING }],
  ["a policy that permits everybody everything", { all: permit() }, {}, { ann: EVERYTHING }],
  [
    "a policy for one tool",
    { adding: permit(calls(ADD)) },
    {},
    { ann: { add: "called", greet: DENIED, listed: ["add_numbers"] } },
  ],
  [
    "a policy that forbids what another permits",
    { all: permit(), no_sums: forbid(calls(ADD)) },
    {},
    { ann: { add: by("no_sums"), greet: "called", listed: ["greet_user", "multiply_numbers"] } },
  ],
  [
    "a policy for one user",
    { only_ann: permit("action", claim("username", "ann")) },
    {},
    { ann: EVERYTHING, bob: NOTHING },
  ],
  [
    "a policy for a claim that every token has",
    { access: permit("action", claim("token_use", "access")) },
    {},
    { ann: EVERYTHING },
  ],
  ["a policy for a claim that no token has", { id: permit("action", claim("token_use", "id")) }, {}, { ann: NOTHING }],
  [
    "a policy about arguments, which lists what some arguments allow",
    { small: permit(calls(ADD), " when { context.input.a < 5 }") },
    {},
    { ann: { add: DENIED, greet: DENIED, listed: ["add_numbers"] } },
  ],
  [
    "a policy of other principals",
    { signed: permit().replace("is AgentCore::OAuthUser", "is AgentCore::IamEntity") },
    {},
    { ann: NOTHING },
  ],
  ["LOG_ONLY without any policy", {}, { mode: "LOG_ONLY" }, { ann: EVERYTHING }],
  ["LOG_ONLY and a policy that forbids", { no_sums: forbid(calls(ADD)) }, { mode: "LOG_ONLY" }, { ann: EVERYTHING }],
  [
    "a role that may not ask",
    { all: permit() },
    { allowed: [] },
    {
      ann: {
        add: "InternalServerException - Policy evaluation failed for tool call",
        greet: "InternalServerException - Policy evaluation failed for tool call",
        listed: [],
      },
    },
  ],
  [
    "a policy about a tool that is not there, whose findings are ignored",
    { other: permit(calls("m2m-auth-demo-mcp-target___sub")), adding: permit(calls(ADD)) },
    { validationMode: "IGNORE_ALL_FINDINGS" },
    { ann: { add: "called", greet: DENIED, listed: ["add_numbers"] } },
  ],
])("an engine with %s decides", async (_, policies, engine, expected) => {
  const emulator = await start(policies, engine);
  for (const [user, told] of Object.entries(expected)) expect(await answers(emulator, user)).toEqual(told);
});

test.each([
  [
    "no Cedar",
    "permit(principal, action, resource) wenn { true };",
    /The policy broken is no Cedar: .*invalid policy condition: wenn/,
  ],
  [
    "about a tool that is not there",
    permit(calls("m2m-auth-demo-mcp-target___sub")),
    /The policy broken does not fit the gateway's tools: .*m2m-auth-demo-mcp-target___sub/,
  ],
  [
    "about an argument that a tool has not",
    permit(calls(ADD), " when { context.input.c == 1 }"),
    /The policy broken does not fit the gateway's tools: .*`input.c`/,
  ],
])("a policy that is %s ends the deployment", async (_, statement, message) => {
  await expect(start({ broken: statement })).rejects.toThrow(message);
});

test("the trace names the policies that decided", async () => {
  const emulator = await start({ all: permit(), no_sums: forbid(calls(ADD)) });
  await answers(emulator, "ann");
  const hops = emulator.calls().flatMap((call) => call.hops);
  const decided = hops.filter(({ name }) => name === "policy engine").flatMap(({ checks }) => checks);
  expect(decided.map(({ name, passed, actual }) => [name, passed, actual])).toEqual(
    expect.arrayContaining([
      ["policies", false, "denied by no_sums in ENFORCE"],
      ["policies", true, "permitted by all in ENFORCE"],
    ]),
  );
});

describe("what Cedar has no value for", () => {
  const UNDECIDED = "InternalServerException - Policy evaluation failed for tool call";

  test.each<[string, string, string, object, string]>([
    ["a whole number beyond its own", "ENFORCE", ADD, { a: 1e19, b: 1 }, UNDECIDED],
    ["half of a pair of characters", "ENFORCE", GREET, { name: "\ud800" }, UNDECIDED],
    ["the same where nothing is enforced", "LOG_ONLY", ADD, { a: 1e19, b: 1 }, "called"],
  ])("is %s", async (_, mode, tool, toolArguments, expected) => {
    const emulator = await start({ all: permit() }, { mode });
    const headers = bearer(await signIn(emulator));
    const { status, body } = await postMcp(outputOf(emulator, "gateway_url"), toolsCall(tool, toolArguments), headers);
    const { error } = body as { error?: { message: string } };
    expect([status, error?.message ?? "called"]).toEqual([200, expected]);
    expect(decisions(emulator)).toEqual([
      expect.stringMatching(/^undecided, since Cedar says: .+, in (ENFORCE|LOG_ONLY)$/),
    ]);
  });
});

test("the trace names a policy whose condition cannot be evaluated, which Cedar passes over", async () => {
  const unsafe = forbid(calls(ADD)).replace(/;$/, " when { context.input.c == 1 };");
  const emulator = await start({ all: permit(), unsafe }, { validationMode: "IGNORE_ALL_FINDINGS" });
  expect(await answers(emulator, "ann")).toMatchObject({ add: "called" });
  expect(decisions(emulator)).toContainEqual(
    expect.stringMatching(/^permitted by all, passed over unsafe: .+, in ENFORCE$/),
  );
});

/** What the engine told the trace. */
function decisions(emulator: Emulator): (string | undefined)[] {
  const hops = emulator.calls().flatMap((call) => call.hops);
  const checks = hops.filter(({ name }) => name === "policy engine").flatMap((hop) => hop.checks);
  return checks.filter(({ name }) => name === "policies").map(({ actual }) => actual);
}

test("the control API knows engines and policies, as the provider asks for them", async () => {
  const emulator = await start({});
  const client = awsClient();
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const request = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await client.fetch(`${emulator.url}${path}`, request);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const created = await control("POST", "/policy-engines", { name: "second", tags: { team: "a" } });
  expect(created).toMatchObject({ status: "ACTIVE", policyEngineId: expect.stringMatching(/^second-/) as string });
  const { policyEngineId, policyEngineArn } = created as Record<string, string>;
  const policies = `/policy-engines/${policyEngineId}/policies`;
  const definition = { cedar: { statement: "permit(principal, action, resource is AgentCore::Gateway);" } };
  const policy = (await control("POST", policies, { name: "all", definition })) as Record<string, string>;
  expect(await control("GET", `${policies}/${policy.policyId}`)).toMatchObject({ definition, status: "ACTIVE" });
  expect(await control("POST", policies, { name: "all", definition })).toMatchObject({ status: 409 });
  expect(await control("GET", policies)).toMatchObject({ policies: [{ policyId: policy.policyId }] });
  const forbidding = { cedar: { statement: "forbid(principal, action, resource is AgentCore::Gateway);" } };
  expect(await control("PATCH", `${policies}/${policy.policyId}`, { definition: forbidding })).toMatchObject({
    definition: forbidding,
  });
  expect(await control("GET", `/tags/${encodeURIComponent(policyEngineArn ?? "")}`)).toMatchObject({
    tags: { team: "a" },
  });
  expect(await control("DELETE", `/policy-engines/${policyEngineId}`)).toMatchObject({ status: 409 });
  expect(await control("DELETE", `${policies}/${policy.policyId}`)).toMatchObject({ status: "DELETING" });
  expect(await control("DELETE", `/policy-engines/${policyEngineId}`)).toMatchObject({ status: "DELETING" });
  expect(await control("GET", `/policy-engines/${policyEngineId}`)).toMatchObject({ status: 404 });
  const [gateway] = emulator.account.gateways.all();
  expect(await control("GET", `/gateways/${gateway?.attributes.gatewayId}`)).toMatchObject({
    policyEngineConfiguration: { mode: "ENFORCE" },
  });
});
