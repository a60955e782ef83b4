import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../review";
import { temporaryFolder } from "../support/temporary-folder";
import { readInventory } from "../topology/reading";

const folder = temporaryFolder();

/** What the review says of the arguments of one resource in HCL. */
function told(type: string, body: string): string[] {
  const own = mkdtempSync(join(folder, "stack-"));
  writeFileSync(join(own, "main.tf"), `resource "${type}" "it" {\n${body}\n}\n`);
  return review(readInventory(own))
    .findings.filter(({ rule }) => rule.startsWith("argument-"))
    .map(({ severity, message, fix }) => `${severity} ${message.split(/,? (?:is|and)\b/)[0]}: ${fix}`);
}

const POLICY = "aws_bedrockagentcore_policy";
const RUNTIME = "aws_bedrockagentcore_agent_runtime";

test.each<[string, string, string, string[]]>([
  [
    "blocks at any depth that are left out",
    POLICY,
    'name = "a"\npolicy_engine_id = "b"\ndefinition {}',
    ["error definition.cedar: Add a block definition.cedar."],
  ],
  [
    "a block that a dynamic one does not make",
    POLICY,
    'name = "a"\npolicy_engine_id = "b"\ndynamic "definition" {\nfor_each = []\ncontent {\ncedar {\nstatement = "permit(principal, action, resource);"\n}\n}\n}',
    ["error definition: Add a block definition."],
  ],
  [
    "a misspelt argument in a dynamic block",
    POLICY,
    'name = "a"\npolicy_engine_id = "b"\ndefinition {\ndynamic "cedar" {\nfor_each = toset([1])\ncontent {\nstatement = "permit(principal, action, resource);"\nstatment = ""\n}\n}\n}',
    ["error definition.cedar.statment: Write statement."],
  ],
  [
    "an argument like no other, which a later provider may have",
    POLICY,
    'name = "a"\npolicy_engine_id = "b"\ndefinition {\ncedar {\nstatement = "permit(principal, action, resource);"\n}\n}\nenforcement = "ALL"',
    ["warning enforcement: Take it out, or see that your release of the provider has it."],
  ],
  [
    "an attribute that nobody sets",
    POLICY,
    'name = "a"\npolicy_engine_id = "b"\npolicy_arn = "c"\ndefinition {\ncedar {\nstatement = "permit(principal, action, resource);"\n}\n}',
    ["warning policy_arn: Take it out, or see that your release of the provider has it."],
  ],
  [
    "the arguments of Terraform itself, and names that somebody chooses",
    RUNTIME,
    `count = 1
    depends_on = []
    agent_runtime_name = "a"
    role_arn = "arn:aws:iam::123456789012:role/a"
    environment_variables = { ANY_NAME = "x" }
    tags = { nmae = "x" }
    network_configuration { network_mode = "PUBLIC" }
    agent_runtime_artifact {
      container_configuration { container_uri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:b" }
    }
    lifecycle_configuration = [{ idle_runtime_session_timeout = 60, max_lifetime = 60 }]
    timeouts { create = "5m" }
    provisioner "local-exec" { command = "true" }
    lifecycle { ignore_changes = [tags] }`,
    [],
  ],
  ["a kind that nobody here knows", "aws_instance", 'amy = "a"', []],
])("%s", (_, type, body, expected) => {
  expect(told(type, body)).toEqual(expected);
});
