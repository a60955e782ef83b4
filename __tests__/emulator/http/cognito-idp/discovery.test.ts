import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import { cognitoDiscoveryHandler } from "../../../../emulator/http/cognito-idp/discovery";
import type { UserPoolClientDeclaration } from "../../../../topology";
import { askDomain } from "../../cognito/domain";
import { createArticlePools, decode, machineClient, SCOPES } from "../../cognito/fixtures";

const { cognito, inbound, outbound } = createArticlePools();
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${outbound.userPoolId}`;
const domain = "https://m2m-auth-demo-outbound-a1b2c3d4.auth.us-east-1.amazoncognito.com";
const inside = cognitoDiscoveryHandler(cognito, (awsUrl) => awsUrl);
const outside = cognitoDiscoveryHandler(cognito, (awsUrl) => awsUrl.replace("https://", "http://127.0.0.1:4700/"));

describe("discovery", () => {
  test("inside the account names AWS's own URLs", async () => {
    const response = await inside(new Request(`${issuer}/.well-known/openid-configuration`));
    expect(await response.json()).toEqual({
      authorization_endpoint: `${domain}/oauth2/authorize`,
      end_session_endpoint: `${domain}/logout`,
      id_token_signing_alg_values_supported: ["RS256"],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ["code", "token"],
      revocation_endpoint: `${domain}/oauth2/revoke`,
      scopes_supported: ["openid", "email", "phone", "profile"],
      subject_types_supported: ["public"],
      token_endpoint: `${domain}/oauth2/token`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      userinfo_endpoint: `${domain}/oauth2/userInfo`,
    });
  });

  test("outside maps every endpoint, and the issuer as the reader compares it with where he reads", async () => {
    const response = await outside(new Request(`${issuer}/.well-known/openid-configuration`));
    const path = issuer.replace("https://", "http://127.0.0.1:4700/");
    expect(await response.json()).toMatchObject({
      issuer: path,
      jwks_uri: `${path}/.well-known/jwks.json`,
      token_endpoint: `${domain.replace("https://", "http://127.0.0.1:4700/")}/oauth2/token?local-issuer`,
    });
  });

  test("of a pool without a domain names no endpoint of a domain", async () => {
    const url = issuer.replace(outbound.userPoolId, inbound.userPoolId);
    const response = await inside(new Request(`${url}/.well-known/openid-configuration`));
    expect(Object.keys((await response.json()) as object)).toEqual([
      "id_token_signing_alg_values_supported",
      "issuer",
      "jwks_uri",
      "response_types_supported",
      "scopes_supported",
      "subject_types_supported",
      "token_endpoint_auth_methods_supported",
    ]);
  });

  test.each(["openid-configuration", "jwks.json"])("fails for the %s of an unknown pool", async (document) => {
    const url = `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_unknown00/.well-known/${document}`;
    const response = await inside(new Request(url));
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: "User pool us-east-1_unknown00 does not exist." });
  });
});

const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
});
const ofOutboundClient = basic(outbound.clientId, outbound.clientSecret);

function post(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return askDomain(
    cognito.userPool(outbound.userPoolId),
    new Request(`${domain}/oauth2/token`, { method: "POST", headers, body: new URLSearchParams(form) }),
  );
}

async function scopeOf(response: Response): Promise<unknown> {
  return decode(((await response.json()) as { access_token: string }).access_token).payload.scope;
}

describe("the token endpoint", () => {
  test("gives a token that verifies against the published keys", async () => {
    const response = await post({ grant_type: "client_credentials", scope: "mcp-server/tools.read" }, ofOutboundClient);
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const answer = (await response.json()) as { access_token: string };
    expect(answer).toEqual({ access_token: answer.access_token, expires_in: 3_600, token_type: "Bearer" });
    const { userPoolId, clientId } = outbound;
    const judge = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
    judge.cacheJwks((await (await inside(new Request(`${issuer}/.well-known/jwks.json`))).json()) as Jwks);
    expect(judge.verifySync(answer.access_token)).toMatchObject({ scope: "mcp-server/tools.read" });
  });

  test("takes the client's credentials from the form as well", async () => {
    const { clientId, clientSecret } = outbound;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    expect((await post(form)).status).toBe(200);
  });

  test("gives every scope of the client when none is asked for, and each asked one once", async () => {
    const grant = (scope: Record<string, string>) =>
      post({ grant_type: "client_credentials", ...scope }, ofOutboundClient);
    expect(await scopeOf(await grant({}))).toBe(SCOPES.join(" "));
    const twice = "mcp-server/tools.write mcp-server/tools.read mcp-server/tools.write";
    expect(await scopeOf(await grant({ scope: twice }))).toBe("mcp-server/tools.write mcp-server/tools.read");
  });

  test("takes a form however its content type is written", async () => {
    const headers = { ...ofOutboundClient, "content-type": "Application/X-WWW-Form-URLEncoded; charset=UTF-8" };
    expect((await post({ grant_type: "client_credentials" }, headers)).status).toBe(200);
  });

  const clientWith = (changes: Partial<UserPoolClientDeclaration>) => {
    const created = cognito.createUserPoolClient(machineClient(outbound.userPoolId, changes));
    return basic(created.clientId, created.clientSecret ?? "");
  };
  const client_credentials = { grant_type: "client_credentials" };

  test.each<[name: string, form: Record<string, string>, headers: Record<string, string>, error: string]>([
    ["no grant type", {}, ofOutboundClient, "invalid_request"],
    ["no client", client_credentials, {}, "invalid_request"],
    [
      "another content type",
      client_credentials,
      { ...ofOutboundClient, "content-type": "application/json" },
      "invalid_request",
    ],
    ["another grant type", { grant_type: "password" }, ofOutboundClient, "unsupported_grant_type"],
    ["a wrong secret", client_credentials, basic(outbound.clientId, "wrong"), "invalid_client"],
    ["no secret", { ...client_credentials, client_id: outbound.clientId }, {}, "invalid_client"],
    ["a client of the other pool", { ...client_credentials, client_id: inbound.clientId }, {}, "invalid_client"],
    [
      "a client without OAuth",
      client_credentials,
      clientWith({ allowedOAuthFlowsUserPoolClient: false }),
      "invalid_grant",
    ],
    [
      "a client of another flow",
      client_credentials,
      clientWith({ allowedOAuthFlows: ["code"] }),
      "unauthorized_client",
    ],
    [
      "a scope that the client may not have",
      { ...client_credentials, scope: `${SCOPES[0]} mcp-server/tools.delete` },
      ofOutboundClient,
      "invalid_scope",
    ],
  ])("fails for %s", async (_name, form, headers, error) => {
    const response = await post(form, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error });
  });

  test("fails for a GET", async () => {
    expect((await askDomain(cognito.userPool(outbound.userPoolId), new Request(`${domain}/oauth2/token`))).status).toBe(
      405,
    );
  });
});
