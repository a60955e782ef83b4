import { join } from "node:path";
import { type Finding, review } from "../../review";
import { inventoryOf, readDocument } from "../../topology";
import { temporaryFolder } from "../support/temporary-folder";
import { cleanStack, type Stack } from "./clean-stack";
import { inHcl } from "./hcl";
import { mistakes } from "./mistakes";

function findingsOf(stack: Stack, bend = (hcl: string): string => hcl): readonly Finding[] {
  return review(inventoryOf(readDocument(temporaryFolder({ "main.tf": bend(inHcl(stack)) })))).findings;
}

test("the clean stack in HCL has no finding", () => {
  expect(findingsOf(cleanStack())).toEqual([]);
});

test("a runtime of elsewhere may be named by its ARN, and one of the stack's name may not", () => {
  const rulesWith = (runtime: string): string[] => {
    const arn = encodeURIComponent(`arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/${runtime}-a1b2c3d4e5`);
    const endpoint = `endpoint = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${arn}/invocations"`;
    return findingsOf(cleanStack(), (hcl) => hcl.replace(/endpoint += .*/, endpoint)).map(({ rule }) => rule);
  };
  expect(rulesWith("other")).not.toContain("endpoint-arn-hard-coded");
  expect(rulesWith("tools")).toContain("endpoint-arn-hard-coded");
});

describe("the stack in HCL with", () => {
  test.each(mistakes)("$title fails the rule $rule, with file and line", ({ rule, address, bend }) => {
    const stack = cleanStack();
    bend(stack);
    const found = findingsOf(stack).filter((finding) => finding.rule === rule && finding.address === address);
    expect(found).not.toEqual([]);
    for (const { position } of found) {
      expect(position?.file).toMatch(/main\.tf$/);
      expect(position?.line).toBeGreaterThan(0);
    }
  });
});

test("all 15 mistakes of the list are told in HCL, too, and as errors but for those that work for some", () => {
  const listed = mistakes.filter(({ number }) => number !== undefined);
  const asErrors = listed.filter(({ rule, bend }) => {
    const stack = cleanStack();
    bend(stack);
    return findingsOf(stack).some((finding) => finding.rule === rule && finding.severity === "error");
  });
  expect(listed).toHaveLength(15);
  // AWS takes the one, and a machine of ARM makes the other right.
  const others = ["scopes-empty", "image-platform"];
  expect(listed.filter((mistake) => !asErrors.includes(mistake)).map(({ rule }) => rule)).toEqual(others);
});

test("the article's own HCL is read with file and line", () => {
  const { findings } = review(inventoryOf(readDocument(join(__dirname, "article"))));
  expect(findings.filter(({ position }) => position === undefined)).toEqual([]);
});

test.each([
  ["main.tf", "protocol_configuration = {\n mcp = {} \n}", ["protocol_configuration", "protocol_configuration.mcp"]],
  ["main.tofu", "timeouts = {}", ["timeouts"]],
  ["main.tf", "protocol_configuration {\n mcp {}\n }\ntags = { a = 1 }", []],
])("%s: a block that stands as an argument is refused, as by Terraform: %s", (name, blocks, refused) => {
  const main = `resource "aws_bedrockagentcore_gateway" "demo" {
    name            = "demo"
    role_arn        = "arn:aws:iam::123456789012:role/demo"
    authorizer_type = "AWS_IAM"
    protocol_type   = "MCP"
    ${blocks}
  }`;
  const { findings } = review(inventoryOf(readDocument(temporaryFolder({ [name]: main }))));
  expect(findings.map(({ message }) => message)).toEqual(
    refused.map((path) => `${path} is a block, and stands as an argument, which Terraform refuses.`),
  );
});

test.each([
  ['variable "kind" {}', []],
  ['variable "kind" {\n default = "lambda"\n}', []],
  ['variable "kind" {\n default = "none"\n}', ["target_configuration.mcp has none where the service"]],
  ['variable "kind" {\n default = "both"\n}', ["target_configuration.mcp has lambda and mcp_server where"]],
])("one of several dynamic blocks, by %s", (variable, begins) => {
  const main = `${variable}
  resource "aws_bedrockagentcore_gateway_target" "demo" {
    name               = "demo"
    gateway_identifier = "demo-abcdefghij"
    credential_provider_configuration {
      gateway_iam_role { service = "lambda" }
    }
    target_configuration {
      mcp {
        dynamic "mcp_server" {
          for_each = contains(["mcp_server", "both"], var.kind) ? [1] : []
          content { endpoint = "https://tools.example.com/mcp" }
        }
        dynamic "lambda" {
          for_each = contains(["lambda", "both"], var.kind) ? [1] : []
          content {
            lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:clock"
            tool_schema {
              s3 { uri = "s3://tools/clock.json" }
            }
          }
        }
      }
    }
  }`;
  const { findings } = review(inventoryOf(readDocument(temporaryFolder({ "main.tf": main }))));
  const unclear = findings.filter(({ rule }) => rule === "union-unclear").map(({ message }) => message);
  expect(unclear).toEqual(begins.map((text) => expect.stringContaining(text) as string));
});

test("a fix that names an ARN says which part of it is known after apply", () => {
  const main = `
    provider "aws" { region = "us-east-1" }
    resource "random_id" "suffix" { byte_length = 4 }
    resource "aws_iam_role" "gateway" {
      name               = "gateway"
      assume_role_policy = jsonencode({ Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "bedrock-agentcore.amazonaws.com" },
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/other-*" } }
      }] })
    }
    resource "aws_iam_role_policy" "gateway" {
      role   = aws_iam_role.gateway.id
      policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "bedrock-agentcore:GetWorkloadAccessToken", Resource = "*" }] })
    }
    resource "aws_bedrockagentcore_gateway" "demo" {
      name            = "orders-\${random_id.suffix.hex}-gw"
      role_arn        = aws_iam_role.gateway.arn
      authorizer_type = "AWS_IAM"
      protocol_type   = "MCP"
    }`;
  const { findings } = review(inventoryOf(readDocument(temporaryFolder({ "main.tf": main }))));
  const fixes = findings.map(({ fix }) => fix).join("\n");
  expect(fixes).toContain("workload-identity/orders-<known after apply>-gw-<10 characters>");
  expect(fixes).not.toContain("\u25a1");
});
