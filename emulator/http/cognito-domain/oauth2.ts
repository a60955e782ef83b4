import { readAuthorization } from "../../authorization-header";
import { verifyAccessToken } from "../../cloud/cognito/sign-in/access-token";
import { OAuthError } from "../../cloud/cognito/hosted/oauth-error";
import { opens } from "../../cloud/cognito/scopes";
import { authenticateClient, grantToken, type ClientCredentials } from "../../cloud/cognito/hosted/token-endpoint";
import { AwsError } from "../../cloud/errors";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { LOCAL_ISSUER } from "../cognito-idp/discovery";
import { formOf, type DomainEndpoint, type DomainRequest } from "./domain-request";

/** Browsers let pages of other origins read the answer. */
const OPEN_TO_PAGES = {
  "access-control-allow-origin": "*",
  "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
};

export const token: DomainEndpoint = (asked) =>
  answerProgram(async () => {
    const form = demandForm(asked);
    const field = (name: string) => form.get(name) ?? undefined;
    const isLocal = asked.request.location.searchParams.has(LOCAL_ISSUER);
    const response = await grantToken(
      asked.pool,
      {
        ...credentialsOf(asked.request, form),
        grantType: field("grant_type"),
        scope: field("scope"),
        code: field("code"),
        redirectUri: field("redirect_uri"),
        codeVerifier: field("code_verifier"),
        refreshToken: field("refresh_token"),
      },
      asked.hop,
      { issuer: isLocal ? asked.urls(asked.pool.issuer) : undefined },
    );
    return HttpResponse.json(response, { headers: OPEN_TO_PAGES });
  });

export const revoke: DomainEndpoint = (asked) =>
  answerProgram(() => {
    const form = demandForm(asked);
    const client = authenticateForRevocation(asked, credentialsOf(asked.request, form));
    const shown = form.get("token");
    const isPossible = shown !== null && client.enableTokenRevocation !== false;
    const evidence = { expected: "a token, of a client with enable_token_revocation", actual: shown ?? "none" };
    if (!asked.hop.check("token", isPossible, isPossible ? {} : evidence) || shown === null) {
      throw new OAuthError("invalid_request");
    }
    const isSigned = shown.split(".").length === 3;
    if (
      !asked.hop.check("kind of token", !isSigned, isSigned ? { expected: "a refresh token", actual: "a JWT" } : {})
    ) {
      throw new OAuthError("unsupported_token_type");
    }
    asked.pool.refreshTokens.revoke(shown, client.clientId);
    return new HttpResponse("", { headers: OPEN_TO_PAGES });
  });

/** The attributes of the user whom an access token is for (developer guide, "userinfo-endpoint"). */
export const userInfo: DomainEndpoint = async ({ pool, request, hop }) => {
  const { scheme, credentials } = readAuthorization(request.headers.get("authorization") ?? "");
  if (!hop.check("access token", scheme === "bearer" && credentials !== "", { expected: "Authorization: Bearer" })) {
    return refuseUserInfo(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
  }
  try {
    const { user, scopes } = await verifyAccessToken(pool, credentials);
    if (hop.check("scope", scopes.includes("openid"), { expected: "openid", actual: scopes.join(" ") })) {
      return HttpResponse.json(attributesFor(user, scopes), { headers: OPEN_TO_PAGES });
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    hop.check("access token", false, { expected: `an access token of ${pool.id}`, actual: error.message });
  }
  const description = "Access token is expired, disabled, or deleted, or the user has globally signed out.";
  return refuseUserInfo(401, "invalid_token", description);
};

/** Every value is a text here, `email_verified` too. */
function attributesFor(
  { sub, username, attributes }: { sub: string; username: string; attributes: ReadonlyMap<string, string> },
  scopes: readonly string[],
): object {
  return { sub, ...Object.fromEntries([...attributes].filter(([name]) => opens(scopes, name))), username };
}

function refuseUserInfo(status: number, error: string, description: string): HttpResponse {
  const challenge = `error="${error}", error_description="${description}"`;
  const headers = { "www-authenticate": challenge, "access-control-allow-origin": "*" };
  return HttpResponse.json({ error, error_description: description }, { status, headers });
}

/** For pages that ask before they send a header of their own. */
export const allowPages: DomainEndpoint = () =>
  new HttpResponse("", {
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-type",
    },
  });

async function answerProgram(answer: () => HttpResponse | Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return HttpResponse.json({ error: error.code }, { status: error.status, headers: OPEN_TO_PAGES });
  }
}

function demandForm(asked: DomainRequest): URLSearchParams {
  const form = formOf(asked);
  const actual = asked.request.headers.get("content-type") ?? "none";
  const evidence = { expected: "application/x-www-form-urlencoded", actual };
  if (!asked.hop.check("form body", form !== undefined, evidence) || !form) throw new OAuthError("invalid_request");
  return form;
}

/** Revocation alone answers 401 to an unknown client. */
function authenticateForRevocation({ pool, hop }: DomainRequest, credentials: ClientCredentials) {
  try {
    return authenticateClient(pool, credentials, hop);
  } catch (error) {
    throw error instanceof OAuthError && error.code === "invalid_client" ? new OAuthError(error.code, 401) : error;
  }
}

/** They come in the `Authorization` header or in the form; the header wins. */
function credentialsOf({ headers }: HttpRequest, form: URLSearchParams): ClientCredentials {
  const { scheme, credentials } = readAuthorization(headers.get("authorization") ?? "");
  const isBasic = scheme === "basic" && credentials !== "";
  if (!isBasic) {
    return { clientId: form.get("client_id") ?? undefined, clientSecret: form.get("client_secret") ?? undefined };
  }
  const [clientId = "", clientSecret = ""] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  return { clientId, clientSecret };
}
