import { AwsV4Signer } from "aws4fetch";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate } from "../../support/article-stack";
import { signedRequest, type SigningOptions } from "../../support/signing";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await emulate(await articleStack());
  emulator.account.workloadIdentities.create({ name: "mine" });
});

interface Api {
  readonly service: string;
  /** The AWS host and path of an operation that answers 200 to whoever may ask. */
  readonly at: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const awsJson = (target: string, body: object): Pick<Api, "headers" | "body"> => ({
  headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
  body: JSON.stringify(body),
});
const form = (body: string): Pick<Api, "headers" | "body"> => ({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body,
});

const SECRET = "bedrock-agentcore-identity!default/oauth2/m2m-auth-demo-m2m-oauth2-provider";

const apis: [name: string, api: Api][] = [
  [
    "AgentCore control",
    {
      service: "bedrock-agentcore",
      at: "bedrock-agentcore-control.us-east-1.amazonaws.com/identities/ListWorkloadIdentities",
      body: '{"maxResults":5}',
    },
  ],
  [
    "AgentCore data",
    {
      service: "bedrock-agentcore",
      at: "bedrock-agentcore.us-east-1.amazonaws.com/identities/GetWorkloadAccessToken",
      body: '{"workloadName":"mine"}',
    },
  ],
  [
    "Cognito",
    {
      service: "cognito-idp",
      at: "cognito-idp.us-east-1.amazonaws.com/",
      ...awsJson("AWSCognitoIdentityProviderService.ListUserPools", { MaxResults: 5 }),
    },
  ],
  [
    "Secrets Manager",
    {
      service: "secretsmanager",
      at: "secretsmanager.us-east-1.amazonaws.com/",
      ...awsJson("secretsmanager.DescribeSecret", { SecretId: SECRET }),
    },
  ],
  [
    "ECR",
    {
      service: "ecr",
      at: "api.ecr.us-east-1.amazonaws.com/",
      ...awsJson("AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", { maxResults: 5 }),
    },
  ],
  ["IAM", { service: "iam", at: "iam.amazonaws.com/", ...form("Action=ListRoles&Version=2010-05-08&MaxItems=5") }],
  [
    "STS",
    { service: "sts", at: "sts.us-east-1.amazonaws.com/", ...form("Action=GetCallerIdentity&Version=2011-06-15") },
  ],
];

const urlOf = ({ at }: Api) => `${emulator.url}/${at}`;
const sign = (api: Api, changes: Partial<SigningOptions> = {}) =>
  signedRequest({ url: urlOf(api), service: api.service, headers: { ...api.headers }, body: api.body, ...changes });
const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString().replace(/[:-]|\.\d{3}/g, "");

async function tampered(api: Api): Promise<Request> {
  const { headers } = await sign(api);
  return new Request(urlOf(api), { method: "POST", headers, body: `${api.body} ` });
}

async function presigned(api: Api, secretAccessKey: string): Promise<Request> {
  const signer = new AwsV4Signer({
    url: urlOf(api),
    service: api.service,
    region: "us-east-1",
    method: "POST",
    accessKeyId: "test",
    secretAccessKey,
    body: api.body,
    signQuery: true,
  });
  return new Request((await signer.sign()).url, { method: "POST", headers: { ...api.headers }, body: api.body });
}

async function answerTo(request: Request): Promise<[status: number, code: string]> {
  const response = await fetch(request);
  const text = await response.text();
  return [response.status, response.headers.get("x-amzn-errortype") ?? /<Code>(.*)<\/Code>/.exec(text)?.[1] ?? text];
}

describe.each(apis)("%s", (_, api) => {
  test("lets the account's own credentials in", async () => {
    expect((await fetch(await sign(api))).status).toBe(200);
  });

  const INVALID = /^(InvalidSignatureException|SignatureDoesNotMatch)$/;
  const MISSING = /^MissingAuthenticationToken(Exception)?$/;
  const refusals: [fault: string, request: () => Request | Promise<Request>, code: RegExp][] = [
    [
      "another access key",
      () => sign(api, { accessKeyId: "AKIAIOSFODNN7EXAMPLE" }),
      /^(UnrecognizedClientException|InvalidClientTokenId)$/,
    ],
    ["another secret key", () => sign(api, { secretAccessKey: "guess" }), INVALID],
    [
      "no signature",
      () => new Request(urlOf(api), { method: "POST", headers: { ...api.headers }, body: api.body }),
      MISSING,
    ],
    ["another body than the signed one", () => tampered(api), INVALID],
    ["an old signature", () => sign(api, { datetime: minutesAgo(6) }), INVALID],
    ["a signature of the future", () => sign(api, { datetime: minutesAgo(-6) }), INVALID],
    ["a signature for another service", () => sign(api, { service: "s3" }), INVALID],
    ["a signature for another region", () => sign(api, { region: "eu-west-1" }), INVALID],
    ["a presigned URL, which is not offered", () => presigned(api, "test"), MISSING],
    ["a presigned URL of another secret key", () => presigned(api, "guess"), MISSING],
  ];

  test.each(refusals)("fails with %s", async (_fault, request, code) => {
    const [status, found] = await answerTo(await request());
    expect(found).toMatch(code);
    expect([400, 403]).toContain(status);
  });
});

test("a form's name without end of depth is that of nothing", async () => {
  const deep = `a${".member.1".repeat(20_000)}`;
  const sts = { service: "sts", at: "sts.us-east-1.amazonaws.com/" };
  const api = { ...sts, ...form(`Action=GetCallerIdentity&Version=2011-06-15&${deep}=1`) };
  expect((await fetch(await sign(api))).status).toBe(200);
});
