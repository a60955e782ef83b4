import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, lambdaHandler } from "../../emulator";
import { parseDocument, readDocument, topologyOf, type Topology } from "../../topology";
import { plansOf } from "../review/kept-plan";
import {
  articleStack,
  bentResources,
  bentStack,
  emulate,
  emulateTopology,
  outputOf,
  type TerraformJson,
} from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList, type HttpAnswer } from "../support/callers";
import { describeWithTerraform } from "../support/skip";
import { ADDED, GREETED, LISTED } from "./article-transcript";
import { readTopology } from "../topology/reading";

const ARTICLE = join(__dirname, "../review/article");
const TOOLS = join(__dirname, "../topology/plan/tools");
const PREFIX = "m2m-auth-demo-mcp-target___";

function keptText(name: "plan" | "deployed"): string {
  return readFileSync(join(ARTICLE, `${name}.json`), "utf8");
}

function planned(text: string): Topology {
  return topologyOf(parseDocument("plan.json", Buffer.from(text)));
}

/** Everything in an answer that does not differ from call to call. */
function comparable({ status, headers, body }: HttpAnswer): object {
  return { status, type: headers.get("content-type"), body };
}

/** The article's session, and two calls that are refused. */
async function session(emulator: Emulator): Promise<object[]> {
  const url = outputOf(emulator, "gateway_url");
  const headers = bearer(await signIn(emulator));
  const calls = [
    [toolsList, headers],
    [toolsCall(`${PREFIX}add_numbers`, { a: 5, b: 3 }), headers],
    [{ ...toolsCall(`${PREFIX}greet_user`, { name: "Alice" }), id: 3 }, headers],
    [toolsCall(`${PREFIX}multiply_numbers`, { a: 6, b: 7 }), headers],
    [toolsCall(`${PREFIX}add_numbers`, { a: "five" }), headers],
    [toolsList, bearer("eyJhbGciOiJub25lIn0.e30.")],
  ] as const;
  const answers: object[] = [];
  for (const [message, sent] of calls) answers.push(comparable(await postMcp(url, message, sent)));
  return answers;
}

async function sessionOf(emulator: Emulator): Promise<object[]> {
  const [target] = emulator.gateways()[0]?.targets ?? [];
  expect(target).toMatchObject({ name: "m2m-auth-demo-mcp-target", tools: 3 });
  return await session(emulator);
}

describe("the article's system", () => {
  let own: object[];

  beforeAll(async () => {
    own = await sessionOf(await emulate(await articleStack()));
  });

  test("gives the article's answers from our own synthesis", () => {
    expect(own.slice(0, 3)).toMatchObject([{ body: LISTED }, { body: ADDED }, { body: GREETED }]);
  });

  test.each([
    ["its HCL", () => readTopology(ARTICLE)],
    ["the HCL's plan", () => planned(keptText("plan"))],
    ["the plan with its source", () => topologyOf(readDocument(join(ARTICLE, "plan.json"), { source: ARTICLE }))],
    ["the HCL's plan once it is deployed", () => planned(keptText("deployed"))],
  ])("gives the same answers from %s", async (_, read) => {
    expect(await sessionOf(await emulateTopology(read()))).toEqual(own);
  });

  test("gives the same answers from a plan of another account, under that account's ARNs", async () => {
    const emulator = await emulateTopology(planned(keptText("deployed").replaceAll("123456789012", "210987654321")));
    const [gateway] = emulator.account.gateways.all();
    expect(gateway?.attributes.gatewayArn).toMatch(/^arn:aws:bedrock-agentcore:us-east-1:210987654321:gateway\//);
    expect(await sessionOf(emulator)).toEqual(own);
  });

  describeWithTerraform("planned by terraform now", () => {
    test("gives the same answers before and after its apply", async () => {
      const { planned: before, afterApply } = await plansOf(ARTICLE);
      for (const plan of [before, afterApply]) {
        expect(await sessionOf(await emulateTopology(planned(JSON.stringify(plan))))).toEqual(own);
      }
    });
  });
});

/** What the deployment says, and each hop with the checks that it failed. */
async function refusalOf(topology: Topology): Promise<object> {
  const emulator = await emulateTopology(topology, { keepFailed: true });
  const { status, address, reason } = emulator.deploymentState();
  const call = emulator.calls().at(-1);
  const refused = call?.hops[call.refusedAt ?? -1];
  const failed = refused?.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  return { status, address, reason, hops: call?.hops.map(({ name }) => name), refused: refused?.name, failed };
}

type Block = Record<string, unknown>;

function inside(value: unknown, ...path: readonly (string | number)[]): Block {
  return path.reduce<unknown>((current, name) => (current as Block)[name], value) as Block;
}

const AUTHORIZER = ["authorizer_configuration", 0, "custom_jwt_authorizer", 0] as const;
const OAUTH = ["credential_provider_configuration", 0, "oauth", 0] as const;

/** Changes the plan as terraform would show the other wiring. */
function bentPlan(address: string, bend: (expressions: Block, values: Block) => void): Topology {
  interface Document {
    configuration: { root_module: { resources: { address: string; expressions: Block }[] } };
    planned_values: { root_module: { resources: { address: string; values: Block }[] } };
  }
  const document = JSON.parse(keptText("plan")) as Document;
  const { expressions } = document.configuration.root_module.resources.find((each) => each.address === address) ?? {
    expressions: {},
  };
  const { values } = document.planned_values.root_module.resources.find((each) => each.address === address) ?? {
    values: {},
  };
  bend(expressions, values);
  return planned(JSON.stringify(document));
}

function madeOf(address: string, attribute: string): { references: string[] } {
  return { references: [`${address}.${attribute}`, address] };
}

const TARGET = "aws_bedrockagentcore_gateway_target.mcp_server";
const RUNTIME = "aws_bedrockagentcore_agent_runtime.mcp_server";

function resource(resources: TerraformJson["resource"], address: string): Block {
  const [type = "", name = ""] = address.split(".");
  return resources[type]?.[name] ?? {};
}

describe("a mistake in the wiring", () => {
  test.each<[string, () => Topology, () => Promise<string>, RegExp]>([
    [
      "a scope that the client may not have",
      () =>
        bentPlan(TARGET, (_, values) =>
          Object.assign(inside(values, ...OAUTH), { scopes: ["mcp-server/tools.delete"] }),
        ),
      () =>
        bentResources((resources) =>
          Object.assign(inside(resource(resources, TARGET), ...OAUTH), { scopes: ["mcp-server/tools.delete"] }),
        ),
      /Error parsing ClientCredentials response/,
    ],
    [
      "another client than the runtime allows",
      () =>
        bentPlan(RUNTIME, (expressions) =>
          Object.assign(inside(expressions, ...AUTHORIZER), {
            allowed_clients: madeOf("aws_cognito_user_pool_client.inbound", "id"),
          }),
        ),
      () =>
        bentResources((resources) =>
          Object.assign(inside(resource(resources, RUNTIME), ...AUTHORIZER), {
            allowed_clients: ["${aws_cognito_user_pool_client.inbound.id}"],
          }),
        ),
      /Authorization error when sending message/,
    ],
    [
      "the other pool's tokens at the runtime",
      () =>
        bentPlan(RUNTIME, (expressions) =>
          Object.assign(inside(expressions, ...AUTHORIZER), {
            discovery_url: madeOf("aws_cognito_user_pool.inbound", "id"),
          }),
        ),
      () =>
        bentResources((resources) => {
          const authorizer = inside(resource(resources, RUNTIME), ...AUTHORIZER);
          authorizer["discovery_url"] = String(authorizer["discovery_url"]).replace(
            "user_pool.outbound",
            "user_pool.inbound",
          );
        }),
      /Authorization error when sending message/,
    ],
    [
      "the identifiers of the client of people in the provider",
      () =>
        bentPlan("aws_bedrockagentcore_oauth2_credential_provider.m2m", (expressions) =>
          Object.assign(inside(expressions, "oauth2_provider_config", 0, "custom_oauth2_provider_config", 0), {
            client_id: madeOf("aws_cognito_user_pool_client.inbound", "id"),
          }),
        ),
      () =>
        bentStack((json) =>
          json.replace(
            '"client_id": "${aws_cognito_user_pool_client.m2m.id}"',
            '"client_id": "${aws_cognito_user_pool_client.inbound.id}"',
          ),
        ),
      /Error parsing ClientCredentials response/,
    ],
  ])(
    "fails in a plan of HCL as in Terraform JSON, at the same hop for the same reason: %s",
    async (_, plan, json, reason) => {
      const refusal = await refusalOf(plan());
      expect(refusal).toMatchObject({
        status: "failed",
        address: TARGET,
        reason: expect.stringMatching(reason) as string,
      });
      expect(refusal).toEqual(await refusalOf(readTopology(await json())));
    },
  );
});

describe("a plan of modules, count and for_each", () => {
  test.each(["plan", "deployed"])("runs every instance, from the HCL's %s", async (name) => {
    const options = {
      lambdaHandlers: { orders: lambdaHandler(`${join(__dirname, "../support/servers/lambda-tools.js")}#handler`) },
    };
    const emulator = await emulateTopology(readTopology(join(TOOLS, `${name}.json`)), options);
    const targets = emulator
      .gateways()
      .flatMap((gateway) => gateway.targets.map(({ name: target, tools, runtime }) => [target, tools, runtime?.name]));
    expect(targets.sort()).toEqual([
      ["orders", 1, undefined],
      ["report", 3, "report"],
      ["search", 3, "search"],
    ]);
    const headers = bearer(await signIn(emulator));
    const url = outputOf(emulator, "gateway_url");
    const { body } = await postMcp(url, toolsCall("search___add_numbers", { a: 5, b: 3 }), headers);
    expect(body).toEqual(ADDED);
    expect(await postMcp(url, toolsCall("orders___get_order", { orderId: "42" }), headers)).toMatchObject({
      status: 200,
      body: { result: { isError: false } },
    });
  });
});
