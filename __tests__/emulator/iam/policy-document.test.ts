import { evaluate } from "../../../emulator/cloud/iam/evaluation";
import { readPolicy, readTrustPolicy } from "../../../emulator/cloud/iam/policy-document";
import { policyOf } from "../../support/policies";

const malformed = (message: string) => expect.objectContaining({ code: "MalformedPolicyDocument", message }) as Error;

const MALFORMED_SID =
  "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";

describe("a role's policy", () => {
  const sound = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" };
  const syntax = "Syntax errors in policy at Statement.0.";

  test.each<[string, object[], string]>([
    ["names no resource", [{ ...sound, Resource: undefined }], "Policy statement must contain resources."],
    ["names no action", [{ ...sound, Action: undefined }], "Policy statement must contain actions."],
    ["names an empty list of resources", [{ ...sound, Resource: [] }], "Policy statement must contain resources."],
    ["names an empty list of actions", [{ ...sound, Action: [] }], "Policy statement must contain actions."],
    ["names actions in both ways", [{ ...sound, NotAction: "s3:*" }], "Syntax errors in policy."],
    ["names resources in both ways", [{ ...sound, NotResource: "*" }], "Syntax errors in policy."],
    ["has an id of other characters", [{ ...sound, Sid: "read-bucket" }], MALFORMED_SID],
    ["names a principal", [{ ...sound, Principal: "*" }], "Policy document should not specify a principal."],
    [
      "names an action of no service",
      [{ ...sound, Action: ["s3:*", "Invoke"] }],
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "names a resource that is no ARN",
      [{ ...sound, Resource: ["*", "bucket"] }],
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      "gives two statements one id",
      [
        { Sid: "a", ...sound },
        { Sid: "a", ...sound },
      ],
      "Statement IDs (SID) in a single policy must be unique.",
    ],
    ["has an element that policies do not have", [{ ...sound, Actions: "s3:*" }], syntax],
    [
      "has a condition that a record loses",
      [{ ...sound, Condition: { StringEquals: JSON.parse('{"__proto__":"a"}') as object } }],
      "Syntax errors in policy at __proto__.",
    ],
  ])("fails when it %s", (_, statements, message) => {
    expect(() => readPolicy(policyOf(...statements))).toThrow(malformed(message));
  });

  test("fails when it nests without end", () => {
    const nested = "[".repeat(20_000) + "]".repeat(20_000);
    expect(() => readPolicy(`{"Statement":${nested}}`)).toThrow(malformed("Syntax errors in policy at Statement."));
  });

  test("may leave actions and resources out by naming the others", () => {
    expect(() =>
      readPolicy(policyOf({ Effect: "Deny", NotAction: "s3:*", NotResource: "arn:aws:s3:::bucket" })),
    ).not.toThrow();
  });

  test("may compare condition keys with JSON's own booleans and numbers", () => {
    const secured = readPolicy(policyOf({ ...sound, Condition: { Bool: { "aws:SecureTransport": true } } }));
    const request = {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::bucket/a",
      context: { "aws:SecureTransport": "true" },
    };
    expect(evaluate([secured.document], request)).toBe("allowed");
  });
});

describe("a trust policy", () => {
  const sound = {
    Effect: "Allow",
    Principal: { Service: "bedrock-agentcore.amazonaws.com" },
    Action: "sts:AssumeRole",
  };

  test.each<[string, object, string]>([
    ["names no principal", { ...sound, Principal: undefined }, "Missing required field Principal"],
    ["names no action", { ...sound, Action: undefined }, "Missing required field Action"],
    ["names an empty list of actions", { ...sound, Action: [] }, "Missing required field Action"],
    ["names actions in both ways", { ...sound, NotAction: "sts:TagSession" }, "Syntax errors in policy."],
    ["has an id of other characters", { ...sound, Sid: "assume role" }, MALFORMED_SID],
    ["names a resource", { ...sound, Resource: "*" }, "Has prohibited field Resource"],
    [
      "allows more than assuming the role",
      { ...sound, Action: ["sts:AssumeRole", "s3:*"] },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
  ])("fails when it %s", (_, statement, message) => {
    expect(() => readTrustPolicy(policyOf(statement))).toThrow(malformed(message));
  });

  test("may allow tags and web identities beside the assuming", () => {
    expect(() => readTrustPolicy(policyOf({ ...sound, Action: ["sts:AssumeRole", "sts:TagSession"] }))).not.toThrow();
  });
});
