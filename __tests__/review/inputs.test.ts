import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formats, review, type Review } from "../../review";
import { inventoryOf, parseDocument, readDocument } from "../../topology";
import { temporaryFolder } from "../support/temporary-folder";
import { print } from "./reports";

type Json = Record<string, unknown>;
interface Plan extends Json {
  planned_values: { root_module: { resources: { address: string }[] } };
  prior_state: { values: Json };
  resource_changes: { address: string; change: Json }[];
}

const text = readFileSync(join(__dirname, "article/deployed.json"), "utf8").trim();
const deployed = (): Plan => JSON.parse(text) as Plan;
const read = (bytes: string | Buffer): Review => review(inventoryOf(parseDocument("plan.json", Buffer.from(bytes))));
const told = ({ findings }: Review): string[] => findings.map(({ rule, address }) => `${rule} ${address}`);

const whole = read(text);

describe("a plan is read", () => {
  const little = Buffer.from(text, "utf16le");
  test.each<[string, string | Buffer]>([
    ["with a byte order mark", `\ufeff${text}`],
    ["in UTF-16, as PowerShell writes it", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["in UTF-16 of the other order", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["in UTF-16 without a byte order mark", little],
    ["in UTF-16 of the other order without one", Buffer.from(little).swap16()],
    [
      "between the lines of a wrapper of terraform",
      `[command]/opt/terraform-bin show -json tfplan\n${text}\n::debug::exitcode: 0\n::set-output name=x::y\n\n`,
    ],
    [
      "after a line of a script, spread over lines",
      `+ terraform show -json tfplan\n${JSON.stringify(deployed(), undefined, 2)}\n`,
    ],
  ])("%s", (_, bytes) => {
    expect(told(read(bytes))).toEqual(told(whole));
  });

  test("but not two of them, of which nobody knows which counts", () => {
    expect(() => read(`x\n${text}\n${text}`)).toThrow(/is not JSON/);
  });
});

describe("a plan or a state that is damaged is refused, not taken for one without AgentCore:", () => {
  const gateway = (plan: Plan): Json =>
    plan.planned_values.root_module.resources.find(({ address }) => address.includes("_gateway.")) ?? {};
  const moved = (plan: Plan, address: string): Json => {
    const { root_module: root } = plan.planned_values;
    return { ...root, resources: [], child_modules: [{ address, resources: root.resources }] };
  };
  test.each<[string, (plan: Plan) => object, RegExp]>([
    ["no list of resources", (plan) => ({ ...plan, planned_values: { root_module: { resources: {} } } }), /no type/],
    ["no object for a module", (plan) => ({ ...plan, planned_values: { root_module: [] } }), /is no object/],
    ["a resource without its name", (plan) => (delete gateway(plan)["name"], plan), /no type, name or address/],
    ["a type that is a number", (plan) => ((gateway(plan)["type"] = 7), plan), /no type, name or address/],
    [
      "a module of no address",
      (plan) => ({ ...plan, planned_values: { root_module: moved(plan, "m") } }),
      /no address/,
    ],
    [
      "values that are cut",
      (plan) => ({ ...plan, planned_values: {} }),
      /changes or keeps aws_\S+, and has no planned/,
    ],
    ["a state of no values", () => ({ format_version: "1.0", terraform_version: "1.11.4", values: [] }), /no object/],
  ])("%s", (_, damage, message) => {
    expect(() => read(JSON.stringify(damage(deployed())))).toThrow(message);
  });
});

test("a state that terraform shows says what the plan after the apply says", () => {
  const { prior_state: state } = deployed();
  const found = read(JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values: state.values }));
  expect(found.system.targets).toHaveLength(1);
  const hidden = /^(image-platform|self-sign-up) /;
  expect(told(found)).toEqual(told(whole).filter((line) => !hidden.test(line) || told(found).includes(line)));
});

describe("a plan that is not about everything", () => {
  const about = (addresses: readonly string[]): string => {
    const plan = deployed();
    const { root_module: root } = plan.planned_values;
    root.resources = root.resources.filter(({ address }) => addresses.includes(address));
    plan.resource_changes = plan.resource_changes.filter(({ address }) => addresses.includes(address));
    return JSON.stringify({ ...plan, complete: false });
  };

  test.each<[string, readonly string[]]>([
    ["one with -target", ["aws_bedrockagentcore_gateway_target.mcp_server"]],
    ["one with -refresh-only", []],
  ])("takes what stays from the state: %s", (_, addresses) => {
    const found = read(about(addresses));
    expect(told(found)).toEqual(told(whole));
    expect(found.unchecked).toContainEqual(expect.objectContaining({ address: "plan" }));
  });

  test("names what terraform leaves to a later one, be it all that there is", () => {
    const address = "aws_bedrockagentcore_gateway.more[*]";
    const change = { address, mode: "managed", type: "aws_bedrockagentcore_gateway", name: "more", change: {} };
    const deferred_changes = [{ reason: "instance_count_unknown", resource_change: change }];
    const empty = { planned_values: { root_module: {} }, resource_changes: [], configuration: { root_module: {} } };
    for (const plan of [
      { ...deployed(), deferred_changes },
      { format_version: "1.2", ...empty, deferred_changes },
    ]) {
      expect(read(JSON.stringify(plan)).unchecked).toContainEqual({
        address,
        what: "what is inside",
        reason: "terraform leaves it to a later plan",
      });
    }
  });

  describe("and whose blocks do not exist yet", () => {
    /** A plan of new resources with `-target`: what it is not about is in the configuration alone. */
    const planned = JSON.parse(readFileSync(join(__dirname, "article/plan.json"), "utf8")) as Plan;
    const target = (addresses: RegExp, complete: boolean | undefined): Review => {
      const { root_module: root } = planned.planned_values;
      const resources = root.resources.filter(({ address }) => addresses.test(address));
      const plan = {
        ...planned,
        complete,
        planned_values: { ...planned.planned_values, root_module: { ...root, resources } },
        resource_changes: planned.resource_changes.filter(({ address }) => addresses.test(address)),
      };
      return read(JSON.stringify(plan));
    };
    const kept = /bedrockagentcore|cognito_user_pool_client|cognito_user_pool\.|aws_iam_role\./;

    test.each([
      ["as terraform says since 1.8", false],
      ["as the blocks themselves show", undefined],
    ])("are outside of it, and not absent, %s", (_, complete) => {
      const found = target(kept, complete);
      const all = told(read(JSON.stringify(planned)));
      expect(found.findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(
        told({ ...found, findings: found.findings.filter(({ severity }) => severity === "warning") }).filter(
          (line) => !all.includes(line),
        ),
      ).toEqual([]);
      expect(found.unchecked).toContainEqual({
        address: "aws_cognito_user_pool_domain.outbound",
        what: "what is inside",
        reason: "the plan is not about everything, and has no instance of it",
      });
    });
  });

  test("one that destroys has nothing of what goes", () => {
    const plan = deployed();
    plan.planned_values = { root_module: { resources: [] } };
    for (const { change } of plan.resource_changes) change["actions"] = ["delete"];
    const found = read(JSON.stringify(plan));
    const gone = plan.resource_changes.filter(({ address }) => address.startsWith("aws_bedrockagentcore_")).length;
    const sentence = `The plan destroys ${gone} resources of AgentCore and leaves none to review.`;
    expect(found.system.gateways).toEqual([]);
    expect(print("text", found)).toBe(`${sentence}\n`);
    expect(print("markdown", found)).toContain(`\n${sentence}\n`);
  });
});

describe("what a plan marks as sensitive", () => {
  const SECRETS = ["correct-horse", "battery9staple"];
  const values = {
    name: "g",
    role_arn: "arn:aws:iam::123456789012:role/gateway",
    authorizer_type: "CUSTOM_JWT",
    authorizer_configuration: [
      {
        custom_jwt_authorizer: [
          { discovery_url: `https://idp.example.com/${SECRETS[0]}/openid`, allowed_clients: [SECRETS[1]] },
        ],
      },
    ],
  };
  const marks = {
    authorizer_configuration: [{ custom_jwt_authorizer: [{ discovery_url: true, allowed_clients: true }] }],
  };
  const runtime = {
    agent_runtime_name: "r",
    role_arn: "arn:aws:iam::123456789012:role/runtime",
    environment_variables: { API_TOKEN: SECRETS[0] },
    authorizer_configuration: values.authorizer_configuration,
  };
  const resource = (type: string, own: Json, sensitive: Json): Json => ({
    address: `${type}.x`,
    mode: "managed",
    type,
    name: "x",
    values: own,
    sensitive_values: sensitive,
  });
  const policy = JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${SECRETS[0]}/*` }],
  });
  const trust = JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
  const plan = {
    format_version: "1.2",
    variables: { token: { value: SECRETS[0] } },
    planned_values: {
      outputs: { t: { sensitive: true, value: SECRETS[0] } },
      root_module: {
        resources: [
          resource("aws_bedrockagentcore_gateway", values, marks),
          resource("aws_bedrockagentcore_agent_runtime", runtime, {
            ...marks,
            environment_variables: { API_TOKEN: true },
          }),
          resource(
            "aws_iam_role",
            { name: "x", assume_role_policy: trust, inline_policy: [{ name: "p", policy }] },
            { inline_policy: [{ policy: true }] },
          ),
        ],
      },
    },
    configuration: { root_module: { variables: { token: { sensitive: true, default: SECRETS[0] } } } },
  };
  const found = read(JSON.stringify(plan));

  test.each(Object.keys(formats))("stands nowhere in %s", (format) => {
    const printed = print(format, found);
    for (const secret of SECRETS) expect(printed).not.toContain(secret);
  });

  test("is told to be there", () => {
    expect(print("text", found)).toContain("JWT of (sensitive value 1), client (sensitive value 2)");
    expect(told(found)).toEqual(["secret-in-environment aws_bedrockagentcore_agent_runtime.x"]);
  });
});

describe("what a configuration in HCL marks as sensitive", () => {
  const SECRET = "correct-horse-battery";
  const folder = {
    "main.tf": `
variable "secret" {
  type      = string
  sensitive = true
  default   = "${SECRET}"
}
variable "passing" {
  type      = string
  ephemeral = true
  default   = "${SECRET}"
}
locals {
  marked  = sensitive("${SECRET}")
  derived = "https://idp.example.com/\${local.marked}/.well-known/openid-configuration"
  words   = split("-", var.secret)
}
module "inner" {
  source = "./inner"
  secret = var.secret
}
resource "aws_bedrockagentcore_gateway" "x" {
  name            = "x-\${local.words[0]}"
  description     = upper(var.passing)
  authorizer_type = "CUSTOM_JWT"
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url    = local.derived
      allowed_clients  = [module.inner.secret, substr(local.marked, 0, 7), sha256(var.secret)]
      allowed_audience = [nonsensitive(var.secret), module.inner.written]
    }
  }
}
resource "aws_bedrockagentcore_agent_runtime" "x" {
  agent_runtime_name    = "x"
  environment_variables = { API_TOKEN = module.inner.secret, NOTE = "note \${local.marked}" }
}
output "x" {
  value     = local.marked
  sensitive = true
}`,
    "inner/main.tf": `
variable "secret" { type = string }
output "secret" {
  value     = var.secret
  sensitive = true
}
output "written" {
  value     = "${SECRET}"
  sensitive = true
}`,
  };
  const found = review(inventoryOf(readDocument(temporaryFolder(folder))));

  test.each(Object.keys(formats))("stands nowhere in %s, nor what is made of it", (format) => {
    const printed = print(format, found);
    for (const secret of [SECRET, SECRET.toUpperCase(), "correct", createHash("sha256").update(SECRET).digest("hex")]) {
      expect(printed).not.toContain(secret);
    }
    if (format === "text") expect(printed).toContain("(sensitive expression 1)");
  });
});
