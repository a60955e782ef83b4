import { valueOf } from "../../../emulator/trace/hop-record";
import { requestSummary, summarizeAnswer, summarizeRequest } from "../../../emulator/trace/summary";

const URL = "https://host.amazonaws.com/mcp";
const post = (headers: Record<string, string>) => new Request(URL, { method: "POST", headers });

test("names the method and the tool of a call", () => {
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "target___greet", arguments: {} },
  });
  expect(summarizeRequest(post({}), body)).toEqual({
    method: "POST",
    url: URL,
    operation: "tools/call",
    tool: "target___greet",
    body,
  });
});

test("names the operation of an AWS API", () => {
  expect(
    summarizeRequest(post({ "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" }), "{}").operation,
  ).toBe("InitiateAuth");
});

test.each([
  ["Bearer abcdef", "Bearer, a token of 6 characters"],
  [`Basic ${Buffer.from("client:s3cret").toString("base64")}`, "Basic, client client"],
  [
    "AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=abc",
    "SigV4, credential test/20261123/us-east-1/sts/aws4_request",
  ],
  [`Basic ${Buffer.from("s3cret").toString("base64")}`, "Basic, without a client"],
  ["s3cret", "of an unknown kind"],
])("describes %s without its secret", (authorization, described) => {
  expect(summarizeRequest(post({ authorization })).authorization).toBe(described);
});

test.each([["not JSON"], ["{"], ["[1]"], ["null"], ['{"method":7,"params":null}']])(
  "takes the body %s as it comes",
  (body) => {
    expect(summarizeRequest(post({}), body)).toEqual({ method: "POST", url: URL, body });
  },
);

test("masks the client secret of a form", () => {
  const request = post({ "content-type": "application/x-www-form-urlencoded" });
  expect(summarizeRequest(request, "client_id=a&client_secret=b").body).toBe("client_id=a&client_secret=[masked]");
});

test("keeps the beginning of a long body alone", () => {
  const body = Buffer.from("x".repeat(1_000_000));
  const summary = requestSummary(post({}), body);
  body.fill("y");
  expect(valueOf(summary).body).toMatch(/^x{2000} … \d+ characters more$/);
});

test("leaves an empty answer out", () => {
  expect(summarizeAnswer(202, "")).toEqual({ status: 202 });
});
