import { argumentsAt, type Change, together } from "../../../review/changes";
import {
  cleanStack,
  GATEWAY,
  GATEWAY_ROLE,
  OUTBOUND_CLIENT,
  OUTBOUND_POOL,
  RUNTIME,
  TARGET,
} from "../../../review/clean-stack";
import { Command, startUp } from "../../../support/command";
import { cdktfAgentcore } from "../../../support/command-here";
import { describeWhen, missing } from "../../../support/skip";
import { temporaryFolder } from "../../../support/temporary-folder";

const gateway = argumentsAt(GATEWAY);
const jwt = argumentsAt(GATEWAY, "authorizer_configuration.custom_jwt_authorizer");
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/\${${OUTBOUND_POOL}.id}`;

/** Stacks without outputs, by who calls their gateway. */
const CALLERS: readonly (readonly [string, Change])[] = [
  ["users of a pool", () => undefined],
  ...["AWS_IAM", "AUTHENTICATE_ONLY"].map((type): [string, Change] => [
    `whoever signs (${type})`,
    together(gateway.unset("authorizer_configuration"), gateway.set("authorizer_type", type)),
  ]),
  [
    "a machine",
    together(
      jwt.set("discovery_url", `${ISSUER}/.well-known/openid-configuration`),
      jwt.set("allowed_clients", [`\${${OUTBOUND_CLIENT}.id}`]),
    ),
  ],
  ["anybody", together(gateway.unset("authorizer_configuration"), gateway.set("authorizer_type", "NONE"))],
];

function stackOf(bend: Change): string {
  const stack = cleanStack();
  bend(stack);
  return temporaryFolder({ "main.tf.json": { ...stack, output: {} } });
}

test.each(CALLERS)("walks as %s", async (_, bend) => {
  const { status, stdout, stderr } = await cdktfAgentcore("up", stackOf(bend), "--once", "--walk", "--port", "0");
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("cdktf-agentcore:")]);
  expect(stdout).toContain('"structuredContent": { "result": 8 }');
});

const elsewhere = jwt.set("discovery_url", "https://login.example.com/.well-known/openid-configuration");
const toOthers = together(jwt.unset("allowed_clients"), jwt.set("allowed_audience", ["api"]));
const withoutUsers: Change = ({ resource }) => delete resource["aws_cognito_user_pool_client"]?.["person"];

test.each([
  ["has nobody who is let in", together(elsewhere, toOthers, withoutUsers)],
  ["has users, who are not let in", together(elsewhere, toOthers)],
])("fails with a walk where the stack %s", async (_, bend) => {
  const stack = stackOf(bend);
  const more = ["--once", "--walk", "--port", "0", "--issuer", "login.example.com"];
  const { status, stderr } = await cdktfAgentcore("up", stack, ...more);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^cdktf-agentcore: The walk needs a caller that the gateway lets in, and the stack has no client of a user pool that is one: leave out --walk, and call it with a token of your own \(--token\)\.$/m,
    ),
  ]);
});

test("says how a server of this machine stands for a target that is elsewhere, and what is not evaluated", async () => {
  const stack = stackOf(
    together(
      argumentsAt(TARGET).unset("credential_provider_configuration"),
      argumentsAt(TARGET, "target_configuration.mcp.mcp_server").set("endpoint", "https://mcp.example.com/mcp"),
      argumentsAt(GATEWAY_ROLE).set("permissions_boundary", "arn:aws:iam::123456789012:policy/boundary"),
    ),
  );
  const { status, stdout, stderr } = await cdktfAgentcore("up", stack, "--once", "--port", "0");
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /tools failed: .*Unable to connect to the MCP server\..* a server of it has to stand for that host \(--host mcp\.example\.com=http:\/\/127\.0\.0\.1:PORT\);/,
    ),
  ]);
  expect(stdout).toContain("boundaries are not evaluated");
});

test("says how to answer for a data source where what stands in for it is refused", async () => {
  const stack = cleanStack();
  stack.data["aws_ssm_parameter"] = { registry: { name: "/platform/registry" } };
  const image = "${data.aws_ssm_parameter.registry.value}/tools:1";
  argumentsAt(RUNTIME, "agent_runtime_artifact.container_configuration").set("container_uri", image)(stack);
  const folder = temporaryFolder({ "main.tf.json": stack });
  const { status, stderr } = await cdktfAgentcore("up", folder, "--once", "--port", "0");
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      `; a stand-in answers for data.aws_ssm_parameter.registry: say what it answers with --data 'data.aws_ssm_parameter.registry={"value": …}';`,
    ),
  ]);
});

const need = missing("curl") ?? missing("jq") ?? missing("aws");

describeWhen(need === undefined, need ?? "", "the lines that up prints", () => {
  test.each(CALLERS)("call as %s, all of them as they stand", async (_, bend) => {
    const { command } = await startUp(stackOf(bend));
    try {
      const [, lines = ""] = await command.says(/From another terminal.*?\n\n((?: {2}.*\n|\n)*)/);
      const script = lines.replaceAll("npx cdktf-agentcore", `"${process.execPath}" dist/cli/main.js`);
      const { status, stdout } = await new Command("sh", ["-e", "-c", script]).end();
      expect([status, stdout]).toEqual([
        0,
        expect.stringMatching(/^tools___add_numbers$.*^8$.*"name": "tools___add_numbers"/ms),
      ]);
    } finally {
      await command.kill();
    }
  });
});
