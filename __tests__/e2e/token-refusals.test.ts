import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";

import { ManualClock } from "../../emulator";
import type { Emulator } from "../../emulator";
import { articleStack, emulate, outputOf } from "../support/article-stack";
import { outboundToken as fetchOutboundToken, bearer, cognito, postMcp, signIn, toolsList } from "../support/callers";

let emulator: Emulator;
let gatewayUrl: string;
let runtimeUrl: string;
let inboundToken: string;
let outboundToken: string;
const clock = new ManualClock(Date.now());

beforeAll(async () => {
  emulator = await emulate(await articleStack(), { clock });
  gatewayUrl = outputOf(emulator, "gateway_url");
  runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
  inboundToken = await signIn(emulator);
  outboundToken = await fetchOutboundToken(emulator);
});

function outboundClient(): { clientId: string; clientSecret: string; domainHost: string } {
  const { cognito, credentialProviders } = emulator.account;
  const provider = credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
  const poolId = provider.discoveryUrl?.split("/")[3] ?? "";
  return { ...provider, domainHost: cognito.userPool(poolId).host ?? "" };
}

function tamper(token: string): string {
  const [header, , signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, username: "somebody-else" })).toString("base64url");
  return `${header}.${forged}.${signature}`;
}

describe("the gateway", () => {
  test("lets a user of the inbound pool in", async () => {
    expect(await postMcp(gatewayUrl, toolsList, bearer(inboundToken))).toMatchObject({ status: 200 });
  });

  test("fails without a token with 401, the id 0 and a challenge that names its metadata", async () => {
    const { status, headers, body } = await postMcp(gatewayUrl, toolsList);
    expect([status, body]).toEqual([
      401,
      { jsonrpc: "2.0", id: 0, error: { code: -32001, message: "Missing Bearer token" } },
    ]);
    const metadata = /resource_metadata="([^"]+)"/.exec(headers.get("www-authenticate") ?? "")?.[1];
    expect(await (await fetch(String(metadata))).json()).toMatchObject({ resource: gatewayUrl });
  });

  test("fails with a token of the outbound pool with 403", async () => {
    const { status, headers } = await postMcp(gatewayUrl, toolsList, bearer(outboundToken));
    expect(status).toBe(403);
    expect(headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  });

  test.each([
    ["tampered", () => tamper(inboundToken)],
    ["malformed", () => "no.jwt.at-all"],
    ["nobody's", () => ['{"alg":"none"}', "{}", ""].map((part) => Buffer.from(part).toString("base64url")).join(".")],
  ])("fails with a %s token with 401", async (_, token) => {
    const { status, headers } = await postMcp(gatewayUrl, toolsList, bearer(token()));
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
  });
});

test("fails with a token whose issuer is no text as with any foreign one, without a fault of the emulator's own", async () => {
  const strange = ['{"alg":"RS256"}', '{"iss":{"a":1}}', "x"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
  expect(await postMcp(gatewayUrl, toolsList, bearer(strange))).toMatchObject({ status: 403 });
  expect(await postMcp(runtimeUrl, toolsList, bearer(strange))).toMatchObject({ status: 401 });
});

test("fails on operations named like members of an object's prototype", async () => {
  for (const operation of ["constructor", "__proto__", "toString"]) {
    const { status, body } = await cognito(emulator, operation, {});
    expect([status, body]).toEqual([400, expect.objectContaining({ __type: "UnknownOperationException" })]);
  }
});

describe("the runtime", () => {
  test("lets the gateway's M2M token in", async () => {
    expect(await postMcp(runtimeUrl, toolsList, bearer(outboundToken))).toMatchObject({ status: 200 });
  });

  test("fails without a token with 401 and a challenge that names its metadata", async () => {
    const { status, headers, body } = await postMcp(runtimeUrl, toolsList);
    expect([status, body]).toEqual([
      401,
      { jsonrpc: "2.0", error: { code: -32001, message: "Missing Authentication Token" } },
    ]);
    expect(headers.get("www-authenticate")).toContain("/.well-known/oauth-protected-resource?qualifier=DEFAULT");
  });

  test("fails with a token of the inbound pool with 401, naming the claim", async () => {
    const { status, body } = await postMcp(runtimeUrl, toolsList, bearer(inboundToken));
    expect(status).toBe(401);
    expect(JSON.stringify(body)).toContain("Claim 'iss' value mismatch with configuration");
  });

  test("fails with a tampered token with 401", async () => {
    expect(await postMcp(runtimeUrl, toolsList, bearer(tamper(outboundToken)))).toMatchObject({ status: 401 });
  });

  test("fails with a request signed by SigV4 with 403: the wrong kind of authorization", async () => {
    const signed = {
      authorization: "AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/bedrock-agentcore/aws4_request",
    };
    const { status, body } = await postMcp(runtimeUrl, toolsList, signed);
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain("Authorization method mismatch");
  });
});

test("is seen alike by AWS's own verifier: each token is good for its pool alone", async () => {
  const inboundPool = outputOf(emulator, "inbound_user_pool_id");
  const { clientId, domainHost } = outboundClient();
  const outboundPool = emulator.account.cognito.userPoolOfHost(domainHost)?.id ?? "";
  const verifier = CognitoJwtVerifier.create([
    { userPoolId: inboundPool, tokenUse: "access", clientId: outputOf(emulator, "inbound_client_id") },
    { userPoolId: outboundPool, tokenUse: "access", clientId },
  ]);
  for (const pool of [inboundPool, outboundPool]) {
    const jwks = await fetch(`${emulator.url}/cognito-idp.us-east-1.amazonaws.com/${pool}/.well-known/jwks.json`);
    verifier.cacheJwks((await jwks.json()) as Jwks, pool);
  }
  await expect(verifier.verify(inboundToken)).resolves.toMatchObject({ token_use: "access", username: "test-user" });
  await expect(verifier.verify(outboundToken)).resolves.toMatchObject({
    client_id: clientId,
    scope: expect.stringContaining("mcp-server/tools.read") as string,
  });
  await expect(verifier.verify(tamper(inboundToken))).rejects.toThrow(/signature/i);

  const other = CognitoJwtVerifier.create({ userPoolId: outboundPool, tokenUse: "access", clientId });
  other.cacheJwks(
    (await (
      await fetch(`${emulator.url}/cognito-idp.us-east-1.amazonaws.com/${outboundPool}/.well-known/jwks.json`)
    ).json()) as Jwks,
  );
  await expect(other.verify(inboundToken)).rejects.toThrow();
});

test("fails on both hops once the tokens have expired", async () => {
  clock.advance(3_601_000);
  const gateway = await postMcp(gatewayUrl, toolsList, bearer(inboundToken));
  const runtime = await postMcp(runtimeUrl, toolsList, bearer(outboundToken));
  expect([gateway.status, runtime.status]).toEqual([401, 401]);
  expect(JSON.stringify(runtime.body)).toContain("Token has expired");
});
