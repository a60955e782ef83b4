import { generateKeyPairSync } from "node:crypto";

import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload, type KeyLike } from "jose";

import { ManualClock } from "../../emulator/clock";
import type { Environment } from "../../emulator/cloud/environment";
import { JwtAuthorizer } from "../../emulator/cloud/jwt-authorizer";
import { SERVICE_LIMITS } from "../../emulator/cloud/limits";
import { LoopbackHosts } from "../../emulator/cloud/network/loopback-hosts";
import { Network } from "../../emulator/cloud/network/network";
import { Random } from "../../emulator/cloud/random";
import type { Workload } from "../../emulator/cloud/network/http-message";
import type { AllowedWorkloadConfiguration } from "../../topology";
import { Tracer } from "../../emulator/trace/tracer";
import { serveLocally } from "../support/local-server";

const ISSUER = "https://issuer.example";
const NOW = Date.UTC(2026, 10, 23);

interface KeyPair {
  readonly kid: string;
  readonly privateKey: KeyLike;
  readonly jwk: JWK;
}

async function makeKey(kid: string): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
}

let old: KeyPair;
let young: KeyPair;
/** The public keys that the issuer publishes. */
let published: KeyPair["jwk"][];
/** Where it does. */
let issuer: string;
let tracer: Tracer;
let authorizer: JwtAuthorizer;
let environment: Environment;

beforeAll(async () => {
  [old, young] = await Promise.all([makeKey("old"), makeKey("young")]);
  issuer = await serveLocally(({ url }, response) => {
    response.end(
      JSON.stringify(url === "/keys" ? { keys: published } : { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` }),
    );
  });
});

beforeEach(() => {
  published = [old.jwk];
  const clock = new ManualClock(NOW);
  tracer = new Tracer(clock);
  const network = new Network(new LoopbackHosts({ "issuer.example": issuer }), SERVICE_LIMITS);
  environment = {
    region: "us-east-1",
    accountId: "123456789012",
    partition: "aws",
    clock,
    random: new Random(),
    network,
    tracer,
    limits: SERVICE_LIMITS,
  };
  authorizer = new JwtAuthorizer(environment, {
    discoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
    allowedClients: ["app"],
  });
});

const sign = ({ kid, privateKey }: KeyPair, claims: JWTPayload = {}) =>
  new SignJWT({ iss: ISSUER, client_id: "app", exp: NOW / 1000 + 60, ...claims })
    .setProtectedHeader({ alg: "RS256", kid })
    .sign(privateKey);

const forge = (claims: string) => ["{}", claims, ""].map((part) => Buffer.from(part).toString("base64url")).join(".");

const refusal = async (token: string) =>
  tracer.hop({ name: "gateway authorizer" }, (hop) => authorizer.refusal(token, hop));

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

test.each([
  ["an object that is no text", '{"toString":1}'],
  ["lists in lists", nested(20_000)],
])("fails with an issuer that is %s", async (_, iss) => {
  expect(await refusal(forge(`{"iss":${iss}}`))).toEqual({ reason: "issuer" });
  expect(tracer.calls().at(-1)?.hops[0]?.checks).toContainEqual({
    name: "iss",
    passed: false,
    expected: ISSUER,
    actual: "a claim that is no text",
  });
});

test("keeps the trace readable, however deep the claims of a forged token lie", async () => {
  await refusal(forge(`{"iss":"x","sub":"ann","deep":${nested(20_000)}}`));
  const [authorization] = tracer.calls();
  expect(JSON.stringify(authorization?.hops[0]?.claims)).toBe(
    `{"iss":"x","sub":"ann","deep":${"[".repeat(16)}"…"${"]".repeat(16)}}`,
  );
});

test("takes an expiry beyond the calendar, and shows it", async () => {
  expect(await refusal(await sign(old, { exp: 9_999_999_999_999 }))).toBeUndefined();
  expect(tracer.calls()[0]?.hops[0]?.checks).toContainEqual(
    expect.objectContaining({ name: "exp", actual: "9999999999999 s after 1970" }),
  );
});

test("fails with an audience that is no text", async () => {
  expect(await refusal(await sign(old, { client_id: [{ toString: 1 }] }))).toEqual({
    reason: "claim",
    claim: "client_id",
  });
});

test.each(["RS384", "RS512", "PS256", "PS512", "ES256", "ES384", "ES512"])(
  "takes a token signed by %s",
  async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    published = [{ ...(await exportJWK(publicKey)), kid: alg }];
    const token = new SignJWT({ iss: ISSUER, client_id: "app", exp: NOW / 1000 + 60 }).setProtectedHeader({
      alg,
      kid: alg,
    });
    expect(await refusal(await token.sign(privateKey))).toBeUndefined();
  },
);

describe("a list of workloads", () => {
  const gatewayArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/front-0123456789";
  const front = { hostingEnvironment: gatewayArn, identity: "front-0123456789" };
  const side = { hostingEnvironment: gatewayArn.replace("front", "side"), identity: "side-0123456789" };
  const judge = async (allowedWorkloadConfiguration: AllowedWorkloadConfiguration, workload?: Workload) => {
    const discoveryUrl = `${ISSUER}/.well-known/openid-configuration`;
    const configuration = { discoveryUrl, allowedClients: ["app"], allowedWorkloadConfiguration };
    const restricted = new JwtAuthorizer(environment, configuration);
    const token = await sign(old);
    return tracer.hop({ name: "runtime authorizer" }, (hop) => restricted.refusal(token, hop, workload));
  };

  test.each([
    ["of the gateway", { hostingEnvironments: [{ arn: gatewayArn }] }, front, undefined],
    ["of the identity", { workloadIdentities: ["front-0123456789"] }, front, undefined],
    [
      "of one of the two",
      { hostingEnvironments: [{ arn: gatewayArn }], workloadIdentities: ["side-0123456789"] },
      side,
      undefined,
    ],
    ["of another gateway", { hostingEnvironments: [{ arn: gatewayArn }] }, side, { reason: "workload" }],
    ["of nobody", { hostingEnvironments: [{ arn: gatewayArn }] }, undefined, { reason: "workload" }],
  ])("judges calls %s", async (_, configuration, workload, expected) => {
    expect(await judge(configuration, workload)).toEqual(expected);
  });

  test.each([{}, { hostingEnvironments: [] }, { workloadIdentities: Array.from({ length: 11 }, () => "a") }])(
    "is refused where AWS would: %j",
    async (configuration) => {
      await expect(judge(configuration)).rejects.toMatchObject({ code: "ValidationException" });
    },
  );
});

const CLAIM = { name: "team", valueType: "STRING", operator: "EQUALS", value: "blue" };
test.each([
  ["an operator of lists for a text", { ...CLAIM, operator: "CONTAINS" }, "compares STRING with CONTAINS"],
  ["an operator of texts for a list", { ...CLAIM, valueType: "STRING_ARRAY" }, "compares STRING_ARRAY with EQUALS"],
  ["an unknown type", { ...CLAIM, valueType: "NUMBER" }, "compares NUMBER with EQUALS"],
  ["no value", { ...CLAIM, value: undefined }, "needs matchValueString, and nothing else, for EQUALS"],
  ["a list beside the value", { ...CLAIM, values: ["blue"] }, "needs matchValueString, and nothing else"],
  [
    "a value instead of a list",
    { ...CLAIM, valueType: "STRING_ARRAY", operator: "CONTAINS_ANY" },
    "needs matchValueStringList, and nothing else, for CONTAINS_ANY",
  ],
])("refuses a custom claim with %s", (_, claim, message) => {
  const discoveryUrl = `${ISSUER}/.well-known/openid-configuration`;
  expect(() => new JwtAuthorizer(environment, { discoveryUrl, customClaims: [claim] })).toThrow(message);
});

test("takes a token of a new key, and refuses one of a key that is gone", async () => {
  const ofOld = await sign(old);
  expect(await refusal(ofOld)).toBeUndefined();
  published = [young.jwk];
  expect(await refusal(await sign(young))).toBeUndefined();
  expect(await refusal(ofOld)).toEqual({ reason: "signature" });
});

test("remembers no token that the old keys verify while the new ones are fetched", async () => {
  await refusal(await sign(old));
  published = [young.jwk];
  const ofOld = await sign(old, { sub: "ann" });
  await Promise.all([refusal(ofOld), refusal(await sign(young))]);
  expect(await refusal(ofOld)).toEqual({ reason: "signature" });
});

test("fails with a time that is no number", async () => {
  const nbf = { valueOf: 1, toString: 1 } as unknown as number;
  expect(await refusal(await sign(old, { nbf }))).toEqual({ reason: "expired" });
});

test.each([
  ["short", () => generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" })],
  ["incomplete", () => ({ kty: "RSA", e: "AQAB" })],
])("fails where the issuer's key is %s", async (_, key) => {
  published = [{ ...key(), kid: "old" } as JWK];
  expect(await refusal(await sign(old))).toEqual({ reason: "discovery" });
  expect(tracer.calls()[0]?.hops[0]?.checks.at(-1)).toMatchObject({
    name: "discovery document",
    passed: false,
    actual: expect.stringContaining("key") as string,
  });
});
