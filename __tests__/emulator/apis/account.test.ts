import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate } from "../../support/article-stack";
import { aws, boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingAwsCli, missingBoto3, testUnless } from "../../support/skip";

const boto3Test = testUnless(missingBoto3());
const awsCliTest = testUnless(missingAwsCli());

let emulator: Emulator;
const message = (text: string) => expect.stringContaining(text) as string;

beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

boto3Test("boto3 sees its identity, roles, secrets and repositories", async () => {
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "account.py"));
  const noEntity = { status: 404, code: "NoSuchEntity" };
  expect(shown).toMatchObject({
    identity: ["123456789012", "arn:aws:iam::123456789012:user/administrator"],
    stsOnly: { status: 400, code: "InvalidAction", message: message("does not offer GetSessionToken of sts") },
    stranger: { status: 403, code: "InvalidClientTokenId" },
    forger: { status: 403, code: "SignatureDoesNotMatch" },
    serviceAlone: {
      status: 403,
      code: "AccessDenied",
      message: message("is not authorized to perform: sts:AssumeRole on"),
    },
    noRole: { status: 403, code: "AccessDenied" },
    lent: ["arn:aws:sts::123456789012:assumed-role/worker/ann", "ASIA"],
    otherId: { status: 403, code: "AccessDenied" },
    tooLong: { status: 400, code: "ValidationError", message: message("exceeds the MaxSessionDuration") },
    sessionPolicy: { status: 400, code: "ValidationError", message: message("does not offer this member") },
    created: {
      Arn: "arn:aws:iam::123456789012:role/team/worker",
      Path: "/team/",
      Description: "for <workers> & more",
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: "lambda.amazonaws.com" } }] },
    },
    taken: { status: 409, code: "EntityAlreadyExists" },
    malformed: { status: 400, code: "MalformedPolicyDocument" },
    badName: { status: 400, code: "ValidationError", message: message("Value 'a/b' at 'roleName' failed to satisfy") },
    declared: ["m2m-auth-demo-agent-runtime-role", "m2m-auth-demo-gateway-role", "worker"],
    pages: [2, 1],
    onPath: 1,
    policy: true,
    policies: ["logs"],
    ownPolicy: "arn:aws:iam::123456789012:policy/team/metrics",
    attached: [
      { PolicyName: "metrics", PolicyArn: "arn:aws:iam::123456789012:policy/team/metrics" },
      {
        PolicyName: "AWSLambdaBasicExecutionRole",
        PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      },
    ],
    policyTaken: { status: 409, code: "EntityAlreadyExists" },
    attachments: 1,
    version: true,
    noVersion: noEntity,
    versions: ["v1"],
    noManaged: { ...noEntity, message: message("policy/team/other does not exist or is not attachable.") },
    inUse: { status: 409, code: "DeleteConflict" },
    attachedStill: { status: 409, code: "DeleteConflict", message: message("must detach all policies first") },
    notAttached: noEntity,
    noPolicyAny: noEntity,
    untrusted: [],
    occupied: { status: 409, code: "DeleteConflict" },
    noPolicy: noEntity,
    gone: noEntity,
    users: { status: 400, code: "InvalidAction" },
    secret: ["client_id", "client_secret"],
    stages: ["AWSCURRENT"],
    secretName: "bedrock-agentcore-identity!default/oauth2/m2m-auth-demo-m2m-oauth2-provider",
    owner: "bedrock-agentcore-identity",
    sameArn: true,
    noSecret: { status: 400, code: "ResourceNotFoundException" },
    previous: { status: 400, code: "ResourceNotFoundException", message: message("staging label: AWSPREVIOUS") },
    noRotation: {
      status: 400,
      code: "UnknownOperationException",
      message: message("does not offer secretsmanager.RotateSecret"),
    },
    repositories: ["123456789012.dkr.ecr.us-east-1.amazonaws.com/m2m-auth-demo-mcp-server"],
    noRepository: { status: 400, code: "RepositoryNotFoundException" },
  });
});

awsCliTest("the AWS CLI reads the XML of the Query protocol", async () => {
  const arn = await aws(emulator.url, "sts", "get-caller-identity", "--query", "Arn", "--output", "text");
  expect(arn.trim()).toBe("arn:aws:iam::123456789012:user/administrator");
});

test("a service that is not emulated is refused", async () => {
  const response = await fetch(emulator.url, {
    method: "POST",
    headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
  });
  expect(response.status).toBe(404);
});

// Given an endpoint, SDKs sign for their own region; the CLI without --region for the one of its environment.
awsCliTest.each([[["--region", "eu-central-1"]], [[]]])(
  "IAM, which has one region, takes requests of clients in the account's own: %j",
  async (region) => {
    const other = await emulate(emptyStack("eu-central-1"));
    expect(JSON.parse(await aws(other.url, ...region, "iam", "list-roles"))).toEqual({ Roles: [] });
    const elsewhere = aws(other.url, "--region", "eu-west-1", "iam", "list-roles");
    await expect(elsewhere).rejects.toThrow("Credential should be scoped to a valid region, not 'eu-west-1'");
  },
  60_000,
);

boto3Test("whoever has assumed a role calls every kind of API, and assumes another role", async () => {
  const emulator = await emulate(emptyStack());
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "assumed_role.py"));
  await emulator.stop();
  const arnOf = (role: string, session: string) => `arn:aws:sts::123456789012:assumed-role/${role}/${session}`;
  const denied = {
    status: 403,
    code: "AccessDenied",
    message: message("is not authorized to perform: sts:AssumeRole"),
  };
  expect(shown).toMatchObject({
    identity: [arnOf("first", "ann"), true, true],
    restJson: [],
    json: [],
    query: 3,
    s3: [],
    data: { status: 404, code: "ResourceNotFoundException" },
    function: { status: 404, code: "ResourceNotFoundException" },
    withoutToken: { status: 403, code: "InvalidClientTokenId" },
    otherToken: { status: 403, code: "InvalidClientTokenId" },
    chained: arnOf("named", "bob"),
    administrator: denied,
    notAllowed: denied,
    allowed: arnOf("open", "bob"),
    chainedTooLong: { status: 400, code: "ValidationError", message: message("1 hour session limit") },
    ofAdministrator: arnOf("open", "bob"),
    roleGone: { status: 403, code: "InvalidClientTokenId" },
    rolesOfGone: { status: 403, code: "InvalidClientTokenId" },
  });
});
