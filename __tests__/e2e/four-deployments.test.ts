import { join } from "node:path";
import { App, TerraformStack } from "cdktf";

import { emulate } from "../../testing/emulate";
import { stopAll } from "../../testing/emulation";
import type { Stack } from "../../testing/synthesis";
import { readDocument, type ValueObject } from "../../topology";
import { type AccountContents, contentsOf } from "../support/account-contents";
import { synthesize } from "../support/synthesize";

const FOLDER = join(__dirname, "../review/article");
const PLAN = join(FOLDER, "plan.json");

afterAll(stopAll);

async function deployed(stack: Stack | string, source?: string): Promise<AccountContents> {
  const { emulator } = await emulate(stack, { source });
  return contentsOf(emulator);
}

/** The article's blocks in a stack of CDKTF. */
function articleInCdktf(): Stack {
  const stack = new TerraformStack(new App(), "article");
  const document = readDocument(FOLDER);
  const files = document.kind === "configuration" ? document.source.files : [];
  for (const { content } of files) addBlocks(stack, "", content);
  return stack;
}

/** As many levels as blocks have labels. */
const LEVELS = 3;

function addBlocks(stack: TerraformStack, path: string, content: ValueObject): void {
  for (const [name, value] of Object.entries(content)) {
    const inner = path === "" ? name : `${path}.${name}`;
    const isLabel = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isLabel && inner.split(".").length < LEVELS) addBlocks(stack, inner, value as ValueObject);
    else stack.addOverride(inner, value);
  }
}

/** The paths of what two values do not have alike, such as `role.gateway.inlinePolicies`; elements of lists have none. */
function differences(one: unknown, other: unknown, path = ""): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (!isRecord(one) || !isRecord(other)) return [path.slice(1)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const isList = Array.isArray(one);
  return [...new Set(names.flatMap((name) => differences(one[name], other[name], isList ? path : `${path}.${name}`)))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const RUNTIME_ROLE = "role.m2m-auth-demo-agent-runtime-role";
const RUNTIME_POLICY = `${RUNTIME_ROLE}.inlinePolicies.m2m-auth-demo-agent-runtime-policy`;
const GATEWAY_ROLE = "role.m2m-auth-demo-gateway-role";
const INBOUND = "userPool.m2m-auth-demo-inbound-pool";
const OUTBOUND = "userPool.m2m-auth-demo-outbound-pool";

/** A plan hides it, and `up` says what it takes for it. */
const HIDDEN_POLICY = [`${RUNTIME_POLICY}.json.Statement.Action`, `${RUNTIME_POLICY}.json.Statement`];

/** Where the constructs grant less, ask for more, pin the image and let people sign in by browser. */
const OF_CONSTRUCTS = [
  "agentRuntime.<runtime m2m_auth_demo_mcp_server>.versions.declaration.containerUri",
  "gateway.m2m-auth-demo-gateway.declaration.exceptionLevel",
  "gateway.m2m-auth-demo-gateway.declaration.supportedVersions",
  "gateway.m2m-auth-demo-gateway.supportedVersions",
  "gatewayTarget.m2m-auth-demo-mcp-target.declaration.description",
  RUNTIME_POLICY,
  `${RUNTIME_ROLE}.inlinePolicies.m2m-auth-demo-agent-runtime-role-policy`,
  `${RUNTIME_ROLE}.trustPolicy.json.Statement.Action`,
  `${RUNTIME_ROLE}.trustPolicy.json.Statement.Condition`,
  `${GATEWAY_ROLE}.inlinePolicies.m2m-auth-demo-gateway-identity-policy.json.Statement.Resource`,
  `${GATEWAY_ROLE}.inlinePolicies.m2m-auth-demo-gateway-policy`,
  `${GATEWAY_ROLE}.trustPolicy.json.Statement.Action`,
  `${GATEWAY_ROLE}.trustPolicy.json.Statement.Condition`,
  `${INBOUND}.clients.allowedOAuthFlows`,
  `${INBOUND}.clients.allowedOAuthFlowsUserPoolClient`,
  `${INBOUND}.clients.allowedOAuthScopes`,
  `${INBOUND}.clients.callbackUrls`,
  `${INBOUND}.clients.explicitAuthFlows`,
  `${INBOUND}.clients.logoutUrls`,
  `${INBOUND}.clients.preventUserExistenceErrors`,
  `${INBOUND}.declaration.allowAdminCreateUserOnly`,
  `${INBOUND}.domain`,
  `${OUTBOUND}.clients.explicitAuthFlows`,
  `${OUTBOUND}.clients.preventUserExistenceErrors`,
  `${OUTBOUND}.declaration.passwordPolicy.requireLowercase`,
  `${OUTBOUND}.declaration.passwordPolicy.requireNumbers`,
  `${OUTBOUND}.declaration.passwordPolicy.requireSymbols`,
  `${OUTBOUND}.declaration.passwordPolicy.requireUppercase`,
  `${OUTBOUND}.domain`,
];

describe("the article's system, resource by resource of the account that it is deployed into", () => {
  let hcl: AccountContents;
  beforeAll(async () => {
    hcl = await deployed(FOLDER);
  });

  test("is what the article has", () => {
    const names = Object.entries(hcl).map(([kind, resources]) => [kind, Object.keys(resources)] as const);
    expect(Object.fromEntries(names.filter(([, resources]) => resources.length > 0))).toEqual({
      userPool: ["m2m-auth-demo-outbound-pool", "m2m-auth-demo-inbound-pool"],
      role: ["m2m-auth-demo-agent-runtime-role", "m2m-auth-demo-gateway-role"],
      repository: ["m2m-auth-demo-mcp-server"],
      secret: ["bedrock-agentcore-identity!default/oauth2/m2m-auth-demo-m2m-oauth2-provider"],
      workloadIdentity: ["<gateway m2m-auth-demo-gateway>", "<runtime m2m_auth_demo_mcp_server>"],
      oauth2CredentialProvider: ["m2m-auth-demo-m2m-oauth2-provider"],
      agentRuntime: ["<runtime m2m_auth_demo_mcp_server>"],
      gateway: ["m2m-auth-demo-gateway"],
      gatewayTarget: ["m2m-auth-demo-mcp-target"],
      output: ["inbound_user_pool_id", "inbound_client_id", "gateway_url"],
    });
  });

  test.each<[string, () => Stack | string | Promise<string>, string | undefined, readonly string[]]>([
    ["from its plan with the source", () => PLAN, FOLDER, []],
    ["from its plan", () => PLAN, undefined, HIDDEN_POLICY],
    ["from a stack of CDKTF with its blocks", articleInCdktf, undefined, []],
    ["from the constructs", () => synthesize("examples/article/main.ts"), undefined, OF_CONSTRUCTS],
  ])("is the same %s", async (_, stack, source, expected) => {
    expect(differences(hcl, await deployed(await stack(), source))).toEqual(expected);
  });
});
