import type { Emulator } from "../../emulator";
import { outputOf } from "./article-stack";
import { awsClient } from "./signing";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls a Cognito operation as an AWS SDK does. */
export async function cognito(
  { url }: Pick<Emulator, "url">,
  operation: string,
  input: unknown,
  region = "us-east-1",
): Promise<HttpAnswer> {
  const client = awsClient("cognito-idp", region);
  const response = await client.fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const PASSWORD = "TestPass123!";

export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** Makes a user of the inbound pool and signs in, at the pool's client if at no other. */
export async function signInForTokens(
  emulator: Emulator,
  username = "test-user",
  clientId = outputOf(emulator, "inbound_client_id"),
): Promise<Tokens> {
  const user = { UserPoolId: outputOf(emulator, "inbound_user_pool_id"), Username: username };
  const [region] = user.UserPoolId.split("_");
  await cognito(emulator, "AdminCreateUser", { ...user, MessageAction: "SUPPRESS" }, region);
  await cognito(emulator, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true }, region);
  const authentication = {
    ClientId: clientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: username, PASSWORD },
  };
  const { body } = await cognito(emulator, "InitiateAuth", authentication, region);
  return (body as { AuthenticationResult: Tokens }).AuthenticationResult;
}

/** The same. @returns the access token */
export async function signIn(emulator: Emulator, username?: string): Promise<string> {
  return (await signInForTokens(emulator, username)).AccessToken;
}

/** A token of the outbound pool, as the vault fetches it, with the client of the stack's credential provider or another. */
export async function outboundToken(
  { account, url }: Emulator,
  client?: { readonly clientId: string; readonly clientSecret?: string },
): Promise<string> {
  const provider = account.credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
  const { host } = account.cognito.userPool(provider.discoveryUrl?.split("/")[3] ?? "");
  const { clientId, clientSecret = "" } = client ?? provider;
  const response = await fetch(`${url}/${host}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** POSTs JSON-RPC to an MCP endpoint. */
export async function postMcp(
  url: string,
  message: unknown,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const toolsList = { jsonrpc: "2.0", id: 1, method: "tools/list" };

export const toolsCall = (name: string, toolArguments: unknown) => ({
  jsonrpc: "2.0",
  id: 2,
  method: "tools/call",
  params: { name, arguments: toolArguments },
});
