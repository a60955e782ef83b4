import { checkPrimeSync } from "node:crypto";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { initiateAuth } from "../../../emulator/cloud/cognito/sign-in/initiate-auth";
import type { AuthenticationResult } from "../../../emulator/cloud/cognito/sign-in/sign-in";
import { grantToken } from "../../../emulator/cloud/cognito/hosted/token-endpoint";
import {
  createArticlePools,
  createCognito,
  decode,
  pool,
  publicClient,
  SCOPES,
  type ArticlePools,
  UNTRACED,
} from "./fixtures";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function signIn({ cognito, inbound }: ArticlePools): Promise<AuthenticationResult> {
  const { users } = cognito.userPool(inbound.userPoolId);
  users.adminCreateUser({
    username: "test-user",
    attributes: new Map([
      ["email", "a@b.example"],
      ["email_verified", "true"],
    ]),
  });
  users.adminSetUserPassword("test-user", "TestPass123!", true);
  const authParameters = { USERNAME: "test-user", PASSWORD: "TestPass123!" };
  const response = await initiateAuth(cognito, {
    authFlow: "USER_PASSWORD_AUTH",
    clientId: inbound.clientId,
    authParameters,
  });
  if (!("result" in response)) throw new Error("The sign-in ended in a challenge.");
  return response.result;
}

async function machineToken({ cognito, outbound }: ArticlePools, scope?: string): Promise<string> {
  const { clientId, clientSecret, userPoolId } = outbound;
  const request = { grantType: "client_credentials", clientId, clientSecret, scope };
  return (await grantToken(cognito.userPool(userPoolId), request, UNTRACED)).access_token;
}

/** AWS's own verifier, with the keys of one pool and no network. */
async function verifier(
  { cognito }: ArticlePools,
  userPoolId: string,
  clientId: string,
  tokenUse: "access" | "id" = "access",
) {
  const judge = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
  judge.cacheJwks(cognito.userPool(userPoolId).keys.jwks);
  return judge;
}

describe("tokens, judged by aws-jwt-verify", () => {
  const article = createArticlePools();

  test("the access and ID tokens of a user are accepted for the user's pool", async () => {
    const { accessToken, idToken } = await signIn(article);
    const { userPoolId, clientId } = article.inbound;
    const accessJudge = await verifier(article, userPoolId, clientId);
    const idJudge = await verifier(article, userPoolId, clientId, "id");
    expect(accessJudge.verifySync(accessToken)).toMatchObject({ username: "test-user" });
    expect(idJudge.verifySync(idToken)).toMatchObject({ email: "a@b.example" });
    expect(() => accessJudge.verifySync(idToken)).toThrow("Token use not allowed");
  });

  test("a machine's token is accepted for the outbound pool with its scopes", async () => {
    const { userPoolId, clientId } = article.outbound;
    const judge = await verifier(article, userPoolId, clientId);
    const claims = judge.verifySync(await machineToken(article), { clientId, scope: "mcp-server/tools.execute" });
    expect(claims.scope).toBe(SCOPES.join(" "));
  });

  test("fails for the other pool: by issuer, and by key where the issuer is forged", async () => {
    const token = await machineToken(article);
    const { userPoolId } = article.inbound;
    const judge = await verifier(article, userPoolId, article.outbound.clientId);
    expect(() => judge.verifySync(token)).toThrow("issuer not configured");
    const [header, , signature] = token.split(".");
    const claims = { ...decode(token).payload, iss: article.cognito.userPool(userPoolId).issuer };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
    expect(() => judge.verifySync(forged)).toThrow("JWK for kid");
  });

  test("fails when a claim was changed", async () => {
    const [header, , signature] = (await machineToken(article)).split(".");
    const claims = { ...decode(await machineToken(article)).payload, scope: "everything" };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
    const judge = await verifier(article, article.outbound.userPoolId, article.outbound.clientId);
    expect(() => judge.verifySync(forged)).toThrow("Invalid signature");
  });

  // The verifier reads the machine's clock, so the token is made an hour ago.
  test("fails once the token has expired", async () => {
    const past = createArticlePools();
    past.clock.advance(-3_601_000);
    const judge = await verifier(past, past.outbound.userPoolId, past.outbound.clientId);
    const token = await machineToken(past);
    expect(() => judge.verifySync(token)).toThrow("Token expired");
  });
});

describe("claims", () => {
  const article = createArticlePools();
  const { clock, cognito, inbound, outbound } = article;

  test("of a user's tokens are Cognito's, with a key for each token use", async () => {
    const tokens = await signIn(article);
    const [access, id] = [decode(tokens.accessToken), decode(tokens.idToken)];
    const iat = Math.floor(clock.now() / 1_000);
    const iss = `https://cognito-idp.us-east-1.amazonaws.com/${inbound.userPoolId}`;
    const uuid = expect.stringMatching(UUID) as string;
    expect(access.payload).toEqual({
      sub: uuid,
      iss,
      client_id: inbound.clientId,
      origin_jti: uuid,
      event_id: uuid,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      auth_time: iat,
      exp: iat + 3_600,
      iat,
      jti: uuid,
      username: "test-user",
    });
    expect(id.payload).toEqual({
      sub: access.payload.sub,
      email: "a@b.example",
      email_verified: true,
      iss,
      "cognito:username": "test-user",
      origin_jti: access.payload.origin_jti,
      aud: inbound.clientId,
      event_id: access.payload.event_id,
      token_use: "id",
      auth_time: iat,
      exp: iat + 3_600,
      iat,
      jti: uuid,
    });
    expect(access.header).toEqual({ kid: expect.any(String) as string, alg: "RS256" });
    const { keys } = cognito.userPool(inbound.userPoolId).keys.jwks;
    expect(keys.map(({ kid }) => kid)).toEqual([id.header.kid, access.header.kid]);
    expect(tokens.refreshToken).toMatch(
      /^eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ(\.[\w-]+){4}$/,
    );
  });

  test("of a machine's token name the client as subject and no user", async () => {
    const iat = Math.floor(clock.now() / 1_000);
    expect(decode(await machineToken(article, "mcp-server/tools.read")).payload).toEqual({
      sub: outbound.clientId,
      token_use: "access",
      scope: "mcp-server/tools.read",
      auth_time: iat,
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${outbound.userPoolId}`,
      exp: iat + 3_600,
      iat,
      version: 2,
      jti: expect.stringMatching(UUID) as string,
      client_id: outbound.clientId,
    });
  });
});

describe("keys", () => {
  test("are 2048-bit RSA keys, published without their private part", async () => {
    const cognito = createCognito();
    const { keys } = cognito.userPool(cognito.createUserPool(pool()).userPoolId).keys.jwks;
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(Buffer.from(key.n ?? "", "base64url").length * 8).toBe(2_048);
    }
  });

  test("are made of what OpenSSL proves to be primes", () => {
    const { cognito, inbound } = createArticlePools();
    const { access, id } = cognito.userPool(inbound.userPoolId).keys;
    const primes = [access, id].flatMap(({ privateKey }) => {
      const { p = "", q = "" } = privateKey.export({ format: "jwk" });
      return [p, q].map((prime) => Buffer.from(prime, "base64url"));
    });
    expect(new Set(primes.map(String)).size).toBe(4);
    expect(primes.map((prime) => checkPrimeSync(prime))).toEqual([true, true, true, true]);
  });

  test("follow the seed together with ids, and differ between pools and without a seed", () => {
    const describePools = (seed?: string) => {
      const { cognito, inbound, outbound } = createArticlePools(seed);
      const jwks = [inbound, outbound].map(({ userPoolId }) => cognito.userPool(userPoolId).keys.jwks);
      return { inbound, outbound, moduli: jwks.flatMap(({ keys }) => keys.map(({ n }) => n)) };
    };
    const first = describePools("demo");
    expect(describePools("demo")).toEqual(first);
    const others = [...describePools("other").moduli, ...describePools().moduli];
    expect(new Set([...first.moduli, ...others]).size).toBe(12);
  });
});

test("a sign-in by SRP makes no handshake of an earlier start from the same seed again", async () => {
  const handshake = async () => {
    const { cognito, inbound } = createArticlePools("demo");
    const { clientId } = cognito.createUserPoolClient(
      publicClient(inbound.userPoolId, { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }),
    );
    cognito.userPool(inbound.userPoolId).users.adminCreateUser({ username: "ann", attributes: new Map() });
    const response = await initiateAuth(cognito, {
      authFlow: "USER_SRP_AUTH",
      clientId,
      authParameters: { USERNAME: "ann", SRP_A: "2" },
    });
    return "challenge" in response
      ? [response.challenge.parameters["SRP_B"], response.challenge.parameters["SECRET_BLOCK"]]
      : [];
  };
  expect(new Set([...(await handshake()), ...(await handshake())]).size).toBe(4);
});

test("a user is given no id that an earlier start from the same seed gave, to one who is deleted by now", () => {
  const subOfFirstUser = () => {
    const { cognito, inbound } = createArticlePools("demo");
    return cognito.userPool(inbound.userPoolId).users.adminCreateUser({ username: "ann", attributes: new Map() }).sub;
  };
  expect(subOfFirstUser()).not.toBe(subOfFirstUser());
});
