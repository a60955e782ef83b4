import { AwsClient } from "aws4fetch";

import { DeploymentError, type Emulator } from "../../emulator";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../support/callers";
import { policyOf, trusting } from "../support/policies";

const POLICY = "aws_bedrockagentcore_resource_policy";
const SERVICE = "bedrock-agentcore.amazonaws.com";
const INVOKE = "bedrock-agentcore:InvokeGateway";
const CALLER = "arn:aws:iam::123456789012:role/caller";

interface Case {
  readonly statements: readonly object[];
  /** Of the role that signs. */
  readonly own?: string;
}

const ARNS = {
  gateway: "${aws_bedrockagentcore_gateway.main.gateway_arn}",
  runtime: "${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn}",
};

interface StackOptions {
  readonly isSigned?: boolean;
  readonly of?: keyof typeof ARNS;
}

function stackWith(statement: object, { isSigned = false, of = "gateway" }: StackOptions = {}): Promise<Emulator> {
  return bentResources((resources) => {
    const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
    if (isSigned) Object.assign(gateway, { authorizer_type: "AWS_IAM", authorizer_configuration: undefined });
    resources[POLICY] = { main: { resource_arn: ARNS[of], policy: policyOf(statement) } };
    (resources["aws_iam_role"] ??= {})["caller"] = { name: "caller", assume_role_policy: trusting() };
  }).then((folder) => emulate(folder));
}

/** As the role `caller`, whose credentials a service has got. */
async function callSigned({ account, url }: Emulator): Promise<{ status: number; text: string }> {
  const sourceArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/other";
  const session = account.iam.assumeRole({ roleArn: CALLER, service: SERVICE, sourceArn, sessionName: () => "test" });
  if (!session) throw new Error("The role cannot be assumed.");
  const credentials = account.sessionCredentials.issue(session);
  const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: "us-east-1", retries: 0 });
  const { host, pathname } = new URL(account.gateways.all()[0]?.attributes.gatewayUrl ?? "");
  const response = await client.fetch(`${url}/${host}${pathname}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-03-26",
    },
    body: JSON.stringify(toolsList),
  });
  return { status: response.status, text: await response.text() };
}

const statement = (Effect: string, Principal: unknown, Condition?: object) => ({
  Effect,
  Principal,
  Action: INVOKE,
  Resource: "*",
  ...(Condition && { Condition }),
});
const OTHER = statement("Allow", { AWS: "arn:aws:iam::123456789012:role/other" });
const VPC = { StringNotEquals: { "aws:SourceVpc": "vpc-1" } };

/** The developer guide's table, "resource-based-policies", and who a principal is. */
const SIGNED: readonly [name: string, given: Case, status: number, reason?: string][] = [
  ["its own policy allows, and the resource's is silent", { own: "Allow", statements: [OTHER] }, 200],
  [
    "its own policy allows, and the resource's denies",
    { own: "Allow", statements: [statement("Deny", "*")] },
    403,
    "with an explicit deny in a resource-based policy",
  ],
  ["both are silent", { statements: [OTHER] }, 403, "because no identity-based policy allows"],
  ["the resource's names the role", { statements: [statement("Allow", { AWS: CALLER })] }, 200],
  ["the resource's names the account", { statements: [statement("Allow", { AWS: "123456789012" })] }, 200],
  ["the resource's names everybody", { statements: [statement("Allow", { AWS: "*" })] }, 200],
  [
    "its own denies, and the resource's allows",
    { own: "Deny", statements: [statement("Allow", "*")] },
    403,
    "with an explicit deny in an identity-based policy",
  ],
  [
    "the resource's denies what comes from no VPC",
    { own: "Allow", statements: [statement("Deny", "*", VPC)] },
    403,
    "explicit deny in a resource-based policy",
  ],
];

describe("a gateway that takes signatures", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await stackWith(OTHER, { isSigned: true });
  });

  test.each(SIGNED)("where %s", async (_, { statements, own }, status, reason = "") => {
    const { iam, resourcePolicies, gateways } = emulator.account;
    const { inlinePolicies } = iam.role("caller");
    inlinePolicies.clear();
    if (own !== undefined) {
      const policy = policyOf({ Effect: own, Action: INVOKE, Resource: "*" });
      iam.putRolePolicy({ roleName: "caller", policyName: "own", policy });
    }
    const resourceArn = gateways.all()[0]?.attributes.gatewayArn ?? "";
    resourcePolicies.put({ resourceArn, policy: policyOf(...statements) });
    const answer = await callSigned(emulator);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(reason)]);
  });
});

describe("a gateway that takes tokens", () => {
  let emulator: Emulator;
  let token: string;
  beforeAll(async () => {
    emulator = await stackWith(statement("Allow", "*"));
    token = await signIn(emulator);
  });

  test.each<[name: string, statements: readonly object[], status: number]>([
    ["every principal may call", [statement("Allow", "*")], 200],
    ["a role may call", [statement("Allow", { AWS: CALLER })], 403],
    ["what comes from no VPC is denied", [statement("Allow", "*"), statement("Deny", "*", VPC)], 403],
  ])("where %s", async (_, statements, status) => {
    const { resourcePolicies, gateways } = emulator.account;
    const resourceArn = gateways.all()[0]?.attributes.gatewayArn ?? "";
    resourcePolicies.put({ resourceArn, policy: policyOf(...statements) });
    const answer = await postMcp(outputOf(emulator, "gateway_url"), toolsList, bearer(token));
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(JSON.stringify(answer.body)).toContain(`User: anonymous is not authorized to perform: ${INVOKE}`);
    const check = emulator.calls().at(-1)?.hops[0]?.checks.at(-1);
    expect(check).toMatchObject({ name: "resource policy", passed: false });
    if (statements.length > 1) expect(check?.actual).toBe("an explicit deny; nothing is known of aws:SourceVpc");
  });
});

test.each(["Allow", "Deny"])("a runtime's policy that says %s to tokens", async (effect) => {
  const INVOKE_RUNTIME = { Principal: "*", Action: "bedrock-agentcore:InvokeAgentRuntime", Resource: "*" };
  const deployed = stackWith({ Effect: effect, ...INVOKE_RUNTIME }, { of: "runtime" });
  if (effect === "Deny") {
    await expect(deployed).rejects.toThrow("Error - Authorization error when sending message");
    return;
  }
  const emulator = await deployed;
  expect(emulator.gateways()[0]?.targets[0]?.tools).toBeGreaterThan(0);
});

test("an operator that cannot be evaluated ends the deployment by name", async () => {
  const byAddress = statement("Deny", "*", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } });
  const failure = stackWith(byAddress);
  await expect(failure).rejects.toThrow(DeploymentError);
  await expect(failure).rejects.toThrow("The condition operator IpAddress is not emulated.");
});
