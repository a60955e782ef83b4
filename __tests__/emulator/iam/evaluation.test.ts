import { evaluate, matchesWildcard } from "../../../emulator/cloud/iam/evaluation";
import { parsePolicyDocument } from "../../../emulator/cloud/iam/policy-document";
import { allow, policyOf } from "../../support/policies";

const policy = (...statements: object[]) => parsePolicyDocument(policyOf(...statements));

describe("evaluating policies", () => {
  const request = { action: "secretsmanager:GetSecretValue", resource: "arn:aws:secretsmanager:us-east-1:1:secret:a" };

  test("denies what no statement allows", () => {
    expect(evaluate([policy(allow("s3:*", "*"))], request)).toBe("implicitDeny");
  });

  test("allows an exact match, without regard to the case of the action", () => {
    expect(evaluate([policy(allow("secretsmanager:getsecretvalue", request.resource))], request)).toBe("allowed");
  });

  test("lets a deny win over an allow of another policy", () => {
    const deny = policy({ Effect: "Deny", Action: "*", Resource: "*" });
    expect(evaluate([policy(allow("*", "*")), deny], request)).toBe("explicitDeny");
  });

  test.each([
    ["NotAction excludes", { Effect: "Allow", NotAction: "secretsmanager:*", Resource: "*" }, "implicitDeny"],
    ["NotAction lets others", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, "allowed"],
    ["NotResource excludes", { Effect: "Allow", Action: "*", NotResource: "*:secret:a" }, "implicitDeny"],
    ["NotResource lets others", { Effect: "Allow", Action: "*", NotResource: "*:secret:b" }, "allowed"],
  ])("%s", (_, statement, decision) => {
    expect(evaluate([policy(statement)], request)).toBe(decision);
  });

  test.each([
    ["StringEquals", { "aws:SourceAccount": "1" }, "allowed"],
    ["StringEquals", { "AWS:sourceaccount": ["2", "1"] }, "allowed"],
    ["StringEquals", { "aws:SourceAccount": "2" }, "implicitDeny"],
    ["StringEquals", { "aws:Missing": "1" }, "implicitDeny"],
    ["StringEqualsIfExists", { "aws:Missing": "1" }, "allowed"],
    ["StringNotEquals", { "aws:SourceAccount": "2" }, "allowed"],
    ["StringNotEquals", { "aws:SourceAccount": ["2", "1"] }, "implicitDeny"],
    ["StringNotEquals", { "aws:Missing": "1" }, "allowed"],
    ["ArnLike", { "aws:SourceArn": "arn:aws:x:*:1:gateway/demo-*" }, "allowed"],
    ["ArnNotLike", { "aws:SourceArn": "arn:aws:x:*:1:gateway/demo-*" }, "implicitDeny"],
  ])("judges the condition %s %j as %s", (operator, keys, decision) => {
    const document = policy(allow("*", "*", { Condition: { [operator]: keys } }));
    const context = { "aws:SourceAccount": "1", "aws:SourceArn": "arn:aws:x:us-east-1:1:gateway/demo-abc" };
    expect(evaluate([document], { ...request, context })).toBe(decision);
  });

  test.each(["DateLessThan", "toString"])(
    "fails on the condition operator %s, which it does not know, instead of guessing",
    (operator) => {
      const document = policy(allow("*", "*", { Condition: { [operator]: { "aws:CurrentTime": "2030-01-01" } } }));
      expect(() => evaluate([document], { ...request, context: { "aws:CurrentTime": "2026-01-01" } })).toThrow(
        operator,
      );
    },
  );

  test("lets only the named service in by a trust policy", () => {
    const trust = policy({
      Effect: "Allow",
      Principal: { Service: "bedrock-agentcore.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    expect(evaluate([trust], { action: "sts:AssumeRole", service: "bedrock-agentcore.amazonaws.com" })).toBe("allowed");
    expect(evaluate([trust], { action: "sts:AssumeRole", service: "lambda.amazonaws.com" })).toBe("implicitDeny");
  });
});

test.each([
  ["arn:aws:s3:::a?c", "arn:aws:s3:::abc", true],
  ["arn:aws:s3:::a?c", "arn:aws:s3:::ac", false],
  ["a.c", "abc", false],
  ["secret:(x)*", "secret:(x)y\nz", true],
])("matches %s against %j: %s", (pattern, value, verdict) => {
  expect(matchesWildcard(pattern, value)).toBe(verdict);
});

test.each(["not json", "[]", '{"Statement":[{"Effect":"Maybe"}]}', '{"Version":"2020-01-01","Statement":[]}'])(
  "fails on the malformed policy %s",
  (json) => {
    expect(() => parsePolicyDocument(json)).toThrow(
      expect.objectContaining({ code: "MalformedPolicyDocument" }) as Error,
    );
  },
);
