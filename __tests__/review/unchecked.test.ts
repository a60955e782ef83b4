import { formats, fails, review, type Review } from "../../review";
import { inventoryOf, readDocument } from "../../topology";
import { temporaryFolder } from "../support/temporary-folder";
import { cleanStack, GATEWAY } from "./clean-stack";
import { inHcl } from "./hcl";
import { print } from "./reports";

function reviewed(more: string, bend: (hcl: string) => string = (hcl) => hcl): Review {
  return review(inventoryOf(readDocument(temporaryFolder({ "main.tf": bend(inHcl(cleanStack())) + more }))));
}

const replaced =
  (search: string | RegExp, replacement: string) =>
  (hcl: string): string => {
    const changed = hcl.replace(search, replacement);
    if (changed === hcl) throw new Error(`The stack has no ${String(search)}.`);
    return changed;
  };

const unchecked = (found: Review): string[] =>
  found.unchecked.map(({ address, what, reason }) => `${address}: ${what}: ${reason}`);

test("nothing is left open in the clean stack", () => {
  expect(reviewed("").unchecked).toEqual([]);
});

interface Open {
  readonly title: string;
  readonly more?: string;
  readonly bend?: (hcl: string) => string;
  readonly told: RegExp;
}

const variable = (name: string): string => `variable "${name}" { type = string }\n`;

const policy = (statement: string): string => `data "local_file" "cedar" { filename = "more.cedar" }
resource "aws_bedrockagentcore_policy" "more" {
  name             = "more"
  policy_engine_id = "rules-0123456789"
  definition {
    cedar { statement = ${statement} }
  }
}
`;

const opens: readonly Open[] = [
  {
    title: "a gateway that is named by a variable",
    more: variable("gateway"),
    bend: replaced(/gateway_identifier = .*/, "gateway_identifier = var.gateway"),
    told: /gateway_target\.tools: the gateway that has the target: var\.gateway has no value that is shown/,
  },
  {
    title: "a role that a data source looks up",
    more: 'data "aws_iam_role" "mine" { name = "mine" }\n',
    bend: replaced("role_arn = aws_iam_role.gateway.arn", "role_arn = data.aws_iam_role.mine.arn"),
    told: /gateway\.main: what its role may do: data\.aws_iam_role\.mine\.arn is looked up at the apply/,
  },
  {
    title: "an interceptor that something else declares",
    bend: replaced(
      "role_arn = aws_iam_role.gateway.arn",
      `role_arn = aws_iam_role.gateway.arn
      interceptor_configuration {
        interception_points = ["REQUEST"]
        interceptor {
          lambda { arn = "arn:aws:lambda:us-east-1:123456789012:function:guard" }
        }
      }`,
    ),
    told: /gateway\.main: whether the gateway's role may invoke the interceptor: "arn:.*:guard" is declared nowhere here/,
  },
  {
    title: "an endpoint of a variable",
    more: variable("endpoint"),
    bend: replaced(/endpoint = .*/, "endpoint = var.endpoint"),
    told: /gateway_target\.tools: the runtime that it calls, and whether that takes its credential: var\.endpoint/,
  },
  {
    title: "a discovery URL of a variable",
    more: variable("issuer"),
    bend: replaced(/(resource "aws_bedrockagentcore_gateway" "main"[\s\S]*?discovery_url = ).*/, "$1var.issuer"),
    told: /gateway\.main: the user pool that issues the tokens, its clients and scopes: var\.issuer/,
  },
  {
    title: "a pool of another configuration",
    bend: replaced(
      /(resource "aws_bedrockagentcore_gateway" "main"[\s\S]*?discovery_url = ).*/,
      '$1"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Elsewhere/.well-known/openid-configuration"',
    ),
    told: /gateway\.main: the user pool that issues the tokens, its clients and scopes: ".*Elsewhere.*" is declared nowhere here/,
  },
  {
    title: "each.key where nothing is repeated",
    more: 'resource "aws_bedrockagentcore_workload_identity" "more" { name = "${each.key}-agent" }\n',
    told: /identity\.more: whether it can be planned: .* cannot evaluate .*: each\.key, which has no value outside of known/,
  },
  {
    title: "a role that each.value would have",
    bend: replaced(/role_arn\s+= aws_iam_role\.gateway\.arn/, "role_arn = each.value.arn"),
    told: /gateway\.main: what its role may do: .* cannot evaluate .*: each\.value, which has no value outside of known/,
  },
  {
    title: "an app client of a variable",
    more: variable("client"),
    bend: replaced("client_id = aws_cognito_user_pool_client.machine.id", "client_id = var.client"),
    told: /provider\.machine: the app client, its secret, flows and scopes: var\.client/,
  },
  {
    title: "policies of AWS's that are not shown",
    more: 'resource "aws_iam_role_policy_attachment" "more" {\n role = aws_iam_role.gateway.name\n policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}\n',
    told: /aws_iam_role\.gateway: all that the role may do: the source does not show what arn:aws:iam::aws:policy\/ReadOnlyAccess allows/,
  },
  {
    title: "an attached policy that is a variable's",
    more: `${variable("arn")}resource "aws_iam_role_policy_attachment" "more" {
  role       = aws_iam_role.gateway.name
  policy_arn = var.arn
}
`,
    told: /aws_iam_role\.gateway: all that the role may do: the source does not show which policy aws_iam_role_policy_attachment\.more attaches/,
  },
  {
    title: "a policy of a role that is a variable's",
    more: `${variable("role")}resource "aws_iam_role_policy" "more" {
  role   = var.role
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
`,
    told: /aws_iam_role\.gateway: all that the role may do: the source does not show whether it has aws_iam_role_policy\.more/,
  },
  {
    title: "a permissions boundary",
    bend: replaced(
      /(resource "aws_iam_role" "gateway" \{)/,
      '$1\npermissions_boundary = "arn:aws:iam::123456789012:policy/boundary"',
    ),
    told: /aws_iam_role\.gateway: what its permissions boundary leaves of what its policies allow: permissions boundaries are not evaluated/,
  },
  {
    title: "a dynamic block over what is known only at apply",
    more: variable("clients"),
    bend: replaced(
      /protocol_configuration \{\nserver_protocol = "MCP"\n\}/,
      'dynamic "protocol_configuration" {\nfor_each = var.clients\ncontent { server_protocol = "MCP" }\n}',
    ),
    told: /agent_runtime\.tools: the blocks protocol_configuration: a dynamic block makes them of what is known only at apply/,
  },
  {
    title: "commands of a provisioner",
    more: 'resource "terraform_data" "more" {\n provisioner "local-exec" { command = "aws bedrock-agentcore-control update-gateway" }\n}\n',
    told: /terraform_data\.more: what its provisioners do/,
  },
  {
    title: "a way of authorization that is newer",
    bend: replaced("oauth {", "mutual_tls {"),
    told: /gateway_target\.tools: how the target authorizes itself: its way of authorization is not read/,
  },
  {
    title: "a target of a newer kind",
    bend: replaced("mcp_server {", "connector {"),
    told: /gateway_target\.tools: what the target calls: targets of the kind connector are not read/,
  },
  {
    title: "a target that calls nothing",
    bend: replaced(/target_configuration \{\n(.*\n){5}\}\n/, ""),
    told: /gateway_target\.tools: what the target calls: its target_configuration is left out/,
  },
  {
    title: "a command that is an action",
    more: 'action "local_command" "more" {\n config { command = "aws" }\n}\n',
    told: /action\.local_command\.more: what is inside: its command runs at the apply/,
  },
  ...(
    [
      [
        "a template of CloudFormation",
        "stack",
        'template_body = jsonencode({ Type = "AWS::BedrockAgentCore::Gateway", Name = var.name })',
      ],
      ["a template that a file holds", "stack", "template_body = data.local_file.template.content"],
      ["a template elsewhere", "stack_set", 'template_url = "https://templates.example.com/gateway.json"'],
    ] as const
  ).map(([title, kind, template]): Open => ({
    title,
    more: `${variable("name")}data "local_file" "template" { filename = "template.json" }
resource "aws_cloudformation_${kind}" "more" {\n name = "more"\n ${template}\n}\n`,
    told: new RegExp(`aws_cloudformation_${kind}\\.more: what CloudFormation makes of it`),
  })),
  {
    title: "a type of CloudFormation's",
    more: `resource "aws_cloudcontrolapi_resource" "more" {
  type_name     = "AWS::BedrockAgentCore::GatewayTarget"
  desired_state = jsonencode({ Name = "more" })
}
`,
    told: /aws_cloudcontrolapi_resource\.more: what CloudFormation makes of it/,
  },
  {
    title: "a module that is not there",
    more: 'module "more" { source = "hashicorp/more/aws" }\n',
    told: /module\.more: what is inside/,
  },
  ...(
    [
      ["of a file that is read at the apply", "data.local_file.cedar.content"],
      ["whose effect is a variable's", '"${var.effect} (principal, action, resource);"'],
      ["whose annotation is a variable's", '"@id(${var.effect})\\npermit(principal, action, resource);"'],
      ["of which the scope is not whole", '"permit(principal, action, ${var.effect});"'],
    ] as const
  ).map(([title, statement]): Open => ({
    title: `a policy ${title}`,
    more: `${policy(statement)}${variable("effect")}`,
    told: /policy\.more: what the policy permits or forbids: the source shows only what the text is made of/,
  })),
  {
    title: "what follows the scope of a policy",
    more: `${policy('"permit(principal, action, resource) ${var.condition};"')}${variable("condition")}`,
    told: /policy\.more: when the policy applies/,
  },
  ...["aws_bedrockagentcore_gateway_rule", "aws_bedrockagentcore_memory", "awscc_bedrockagentcore_memory"].map(
    (type): Open => ({
      title: `a ${type}`,
      more: `resource "${type}" "more" { name = "more" }\n`,
      told: new RegExp(`${type}\\.more: all of it: the kind ${type} is not read`),
    }),
  ),
];

describe("what nobody can compare is told:", () => {
  test.each(opens)("$title, in every format", ({ more = "", bend, told }) => {
    const found = reviewed(more, bend);
    const line = unchecked(found).find((text) => told.test(text));
    expect({ line, told: unchecked(found) }).toMatchObject({ line: expect.stringMatching(told) as unknown });
    expect(fails(found, { failOn: "error", strict: true })).toBe(true);
    expect(found.findings.filter(({ rule }) => rule === "policy-text-invalid")).toEqual([]);
    const [, what = ""] = (line ?? "").split(": ");
    for (const format of Object.keys(formats).filter((name) => name !== "junit")) {
      expect(
        print(format, found).replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
      ).toContain(what.slice(0, 12));
    }
    expect(print("junit", found)).toContain("not-checked");
  });
});

test("a template of other services, and a parameter that somebody calls nonsensitive, leave nothing open", () => {
  const { unchecked, findings } = reviewed(`resource "aws_cloudformation_stack" "queue" {
  name          = "queue"
  template_body = jsonencode({ Resources = { Queue = { Type = "AWS::SQS::Queue" } } })
}
data "aws_ssm_parameter" "network" {
  name = "/network/id"
}
output "network" {
  value = nonsensitive(data.aws_ssm_parameter.network.value)
}
`);
  expect({ unchecked, findings }).toEqual({ unchecked: [], findings: [] });
});

test("a key that is looked up is no block", () => {
  const { unchecked } = reviewed(`data "aws_ssm_parameter" "key" { name = "/weather/key" }
resource "aws_bedrockagentcore_api_key_credential_provider" "weather" {
  name    = "weather"
  api_key = data.aws_ssm_parameter.key.value
}
`);
  expect(unchecked).toEqual([]);
});

test("an issuer that is known to be elsewhere leaves nothing open", () => {
  const found = reviewed(
    "",
    replaced(
      /(resource "aws_bedrockagentcore_gateway" "main"[\s\S]*?discovery_url = ).*/,
      '$1"https://login.example.com/.well-known/openid-configuration"',
    ),
  );
  expect(found.unchecked.filter(({ address }) => address === GATEWAY)).toEqual([]);
});

test("what is wrong in a block that may not be there is an error", () => {
  const found = reviewed(
    variable("enabled"),
    replaced(
      /(resource "aws_bedrockagentcore_gateway" "main" \{)\n\s*name\s*= .*/,
      '$1\ncount = var.enabled ? 1 : 0\nname = "a_b"',
    ),
  );
  expect(found.findings.map(({ rule, address }) => `${rule} ${address}`)).toContain(`name-invalid ${GATEWAY}`);
  expect(unchecked(found)).toContainEqual(
    expect.stringMatching(/gateway\.main: what is inside: its count is made of var\.enabled/),
  );
});

test("of an object that is marked as sensitive, what is known only at apply is followed", () => {
  const machine = "aws_cognito_user_pool_client.machine";
  const found = reviewed(
    `locals {
  machine = sensitive({ id = ${machine}.id, secret = ${machine}.client_secret, note = "correct horse" })
}
output "note" {
  value     = local.machine.note
  sensitive = true
}
`,
    (hcl) =>
      replaced(
        `client_id = ${machine}.id`,
        "client_id = local.machine.id",
      )(replaced(`client_secret = ${machine}.client_secret`, "client_secret = local.machine.secret")(hcl)),
  );
  expect({ findings: found.findings, unchecked: found.unchecked }).toEqual({ findings: [], unchecked: [] });
  for (const format of Object.keys(formats)) expect(print(format, found)).not.toContain("correct horse");
});
