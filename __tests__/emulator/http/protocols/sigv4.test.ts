import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { verifySigV4 } from "../../../../emulator/http/protocols/sigv4";
import { signedRequest, type SigningOptions } from "../../../support/signing";
import { missing, testUnless } from "../../../support/skip";

const run = promisify(execFile);
const expected = { service: "bedrock-agentcore", region: "us-east-1" };
const ARN = "arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A123456789012%3Aruntime%2Fserver-abcdefghij";
const URL_ON_AWS = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${ARN}/invocations?qualifier=DEFAULT`;

function signed(changes: Partial<SigningOptions> = {}): Promise<Request> {
  return signedRequest({ url: URL_ON_AWS, service: "bedrock-agentcore", body: '{"a":1}', ...changes });
}

async function verify(request: Request, body?: string): Promise<unknown> {
  const bytes = await request.clone().arrayBuffer();
  return verifySigV4(request, Buffer.from(body ?? Buffer.from(bytes)), expected, { valid: () => undefined });
}

/** The same request as it stands after a change on its way. */
function changed(
  request: Request,
  changes: { url?: string; method?: string; headers?: Record<string, string> },
): Request {
  const headers = new Headers(request.headers);
  Object.entries(changes.headers ?? {}).forEach(([name, value]) => headers.set(name, value));
  return new Request(changes.url ?? request.url, {
    method: changes.method ?? request.method,
    headers,
    body: request.body,
    duplex: "half",
  });
}

function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().replace(/[:-]|\.\d{3}/g, "");
}

test("a signed request is let through", async () => {
  expect(await verify(await signed())).toEqual({ verified: true, accessKeyId: "test" });
});

test("a request that entered an AWS host through the emulator's port was signed for the port", async () => {
  const host = "127.0.0.1:4700";
  const outside = await signed({ url: URL_ON_AWS.replace("https://", `http://${host}/`) });
  expect(await verify(changed(outside, { url: URL_ON_AWS, headers: { host } }))).toMatchObject({ verified: true });
});

test("a signature is good for five minutes either way", async () => {
  expect(await verify(await signed({ datetime: minutesFromNow(-4.9) }))).toMatchObject({ verified: true });
  expect(await verify(await signed({ datetime: minutesFromNow(4.9) }))).toMatchObject({ verified: true });
});

test.each<[name: string, request: () => Promise<Request>, reason: string, message: string]>([
  ["no signature", async () => new Request(URL_ON_AWS), "missing", "Missing Authentication Token"],
  [
    "a bearer token",
    async () => new Request(URL_ON_AWS, { headers: { authorization: "Bearer eyJ" } }),
    "incomplete",
    "requires 'Credential' parameter. Authorization header requires 'Signature' parameter.",
  ],
  [
    "a signature without a date",
    async () => {
      const request = await signed();
      request.headers.delete("x-amz-date");
      return request;
    },
    "incomplete",
    "existence of either a 'X-Amz-Date'",
  ],
  [
    "a signature that leaves the host out",
    async () => {
      const request = await signed();
      const authorization = request.headers.get("authorization")?.replace("host;", "") ?? "";
      return changed(request, { headers: { authorization } });
    },
    "incomplete",
    "must be a 'SignedHeader'",
  ],
  [
    "another access key",
    () => signed({ accessKeyId: "AKIA" }),
    "unknown-client",
    "security token included in the request is invalid",
  ],
  [
    "a signature of what is no header",
    async () => {
      const request = await signed();
      const authorization = request.headers.get("authorization")?.replace("host;", "host;é;") ?? "";
      return changed(request, { headers: { authorization } });
    },
    "mismatch",
    "does not match",
  ],
  ["another secret key", () => signed({ secretAccessKey: "guess" }), "mismatch", "does not match"],
  ["another service", () => signed({ service: "lambda" }), "scope", "correct service: 'bedrock-agentcore'"],
  ["another region", () => signed({ region: "eu-west-1" }), "scope", "not 'eu-west-1'"],
  ["an old signature", () => signed({ datetime: minutesFromNow(-6) }), "expired", "Signature expired: "],
  [
    "a signature of the future",
    () => signed({ datetime: minutesFromNow(6) }),
    "expired",
    "Signature not yet current: ",
  ],
  [
    "another path",
    async () => changed(await signed(), { url: URL_ON_AWS.replace("server", "other") }),
    "mismatch",
    "does not match",
  ],
  ["another query", async () => changed(await signed(), { url: `${URL_ON_AWS}2` }), "mismatch", "does not match"],
  ["another method", async () => changed(await signed(), { method: "PUT" }), "mismatch", "does not match"],
  [
    "a changed header that was signed",
    async () => changed(await signed({ headers: { "x-amz-target": "A" } }), { headers: { "x-amz-target": "B" } }),
    "mismatch",
    "does not match",
  ],
])("fails for %s", async (_name, request, reason, message) => {
  const refusal = { verified: false, reason, message: expect.stringContaining(message) as string };
  expect(await verify(await request())).toEqual(refusal);
});

test("fails for another body, also where its hash comes as a header", async () => {
  expect(await verify(await signed(), '{"a":2}')).toMatchObject({ reason: "mismatch" });
  const hash = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
  const hashed = await signed({ headers: { "x-amz-content-sha256": hash } });
  expect(await verify(hashed)).toMatchObject({ verified: true });
  expect(await verify(hashed, '{"a":2}')).toMatchObject({ reason: "content" });
});

const BOTOCORE_SIGNER = `
import sys, json
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
headers = {"Content-Type": "application/json", "X-Trim": "  a   b "}
request = AWSRequest("POST", sys.argv[1], data=sys.argv[2], headers=headers)
SigV4Auth(Credentials("test", "test"), "bedrock-agentcore", "us-east-1").add_auth(request)
print(json.dumps(dict(request.headers.items())))
`;
const botocoreTest = testUnless(missing("python3", ["-c", "import botocore"]));

botocoreTest("a request signed by botocore is let through", async () => {
  const { stdout } = await run("python3", ["-c", BOTOCORE_SIGNER, URL_ON_AWS, "body"]);
  const headers = JSON.parse(stdout) as Record<string, string>;
  expect(await verify(new Request(URL_ON_AWS, { method: "POST", headers, body: "body" }))).toMatchObject({
    verified: true,
  });
});
