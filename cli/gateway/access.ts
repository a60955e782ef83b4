// cli/gateway/: finding a gateway by its stack's outputs, and calling it.
import type { StreamableHTTPClientTransportOptions } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import { SERVICE } from "../../aws/cognito/endpoints";
import { apiHost } from "../../aws/hosts";
import { isLoopback } from "../../emulator/address";
import { EMULATOR_CREDENTIALS } from "../../emulator/credentials";
import type { Outputs } from "../emulator/running";
import { CommandFailure, UsageError } from "../errors";
import type { ValuesOf } from "../parameters";
import { CognitoClient } from "../sign-in/cognito-client";
import { mintToken } from "../sign-in/mint-token";
import { openBrowser, signInAsClient, signInWithBrowser } from "../sign-in/oauth";
import { answerByOwnApp, answerWithCode } from "../sign-in/second-factor";
import { environmentCredentials, signedFetch } from "../sign-in/signed-fetch";
import { expectPasswords, makeUser, signIn, type Credentials } from "../sign-in/user";
import { gatewayUrl, outputNamed, readOutputs, textOutput } from "./outputs";

/** The options of every command that uses a gateway, for `parseParameters`. */
export const ACCESS_OPTIONS = {
  port: { type: "string" },
  outputs: { type: "string" },
  gateway: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
  code: { type: "string" },
  token: { type: "string" },
  browser: { type: "boolean" },
  "client-id": { type: "string" },
  "client-secret": { type: "string" },
  scope: { type: "string" },
  "redirect-uri": { type: "string" },
  issuer: { type: "string" },
  claims: { type: "string" },
} as const;

export type AccessParameters = ValuesOf<typeof ACCESS_OPTIONS>;

/** What a caller needs to know of a gateway that takes tokens: the article's three outputs. */
interface Gateway {
  readonly url: URL;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** How an MCP client reaches a gateway, and shows who calls. */
export interface GatewayAccess {
  readonly url: URL;
  readonly options: StreamableHTTPClientTransportOptions;
}

/** The user that signs in to the emulator unless another is named. */
const MADE_UP_USER = "cdktf-agentcore";

/**
 * Finds the gateway of the running emulator or, with `--outputs`, a deployed one. Its caller signs in, or signs where
 * the stack has no user pool to sign in to.
 *
 * @throws UsageError, CommandFailure
 */
export async function accessGateway(parameters: AccessParameters): Promise<GatewayAccess> {
  const outputs = await readOutputs(parameters);
  const credentials = findCredentials(parameters);
  const presented = await findToken(outputs, parameters);
  if (presented !== undefined) return withToken(gatewayUrl(outputs), presented);
  const hasUserPool = ["inbound_user_pool_id", "inbound_client_id"].some(
    (name) => outputNamed(outputs, name) !== undefined,
  );
  if (!hasUserPool && credentials === undefined) {
    const url = gatewayUrl(outputs);
    return {
      url,
      options: { fetch: signedFetch(url, isLoopback(url) ? EMULATOR_CREDENTIALS : environmentCredentials()) },
    };
  }
  const { url, token } = await signInTo(outputs, credentials, parameters.code);
  return withToken(url, token);
}

function withToken(url: URL, token: string): GatewayAccess {
  return { url, options: { requestInit: { headers: { authorization: `Bearer ${token}` } } } };
}

/** Signs in to the same gateway. @throws UsageError, CommandFailure */
export async function signInToGateway(parameters: AccessParameters): Promise<{ url: URL; token: string }> {
  const outputs = await readOutputs(parameters);
  const token = await findToken(outputs, parameters);
  return token === undefined
    ? signInTo(outputs, findCredentials(parameters), parameters.code)
    : { url: gatewayUrl(outputs), token };
}

/**
 * The token of a caller who brings one, signs in with a browser, or is a client that speaks for itself.
 *
 * @returns undefined for a caller who shows a name and a password, or nothing
 */
async function findToken(outputs: Outputs, parameters: AccessParameters): Promise<string | undefined> {
  const { token = process.env["CDKTF_AGENTCORE_TOKEN"], browser = false, scope } = parameters;
  const clientSecret = parameters["client-secret"] ?? process.env["CDKTF_AGENTCORE_CLIENT_SECRET"];
  const clientId = parameters["client-id"] ?? process.env["CDKTF_AGENTCORE_CLIENT_ID"];
  const { issuer } = parameters;
  const ways = [parameters.token, parameters.username, parameters.browser, issuer].filter(Boolean);
  if (ways.length > 1) throw new UsageError("Give one of --token, --browser, --issuer and --username.");
  if (issuer !== undefined) return mintToken({ ...parameters, issuer });
  if (parameters.username !== undefined) return undefined;
  if (parameters.token !== undefined || (token !== undefined && !browser)) return token;
  if (browser) {
    const client = { clientId: clientId ?? textOutput(outputs, "inbound_client_id"), clientSecret, scope };
    const redirectUri = await findRedirectUri(outputs, client.clientId, parameters["redirect-uri"]);
    return signInWithBrowser(gatewayUrl(outputs), client, redirectUri, visit);
  }
  if (clientSecret === undefined) return undefined;
  if (clientId === undefined) throw new UsageError("A client's secret goes with its id: give --client-id.");
  return signInAsClient(gatewayUrl(outputs), { clientId, clientSecret, scope });
}

function visit(url: URL): void {
  process.stderr.write(`Sign in with a browser at\n${url.href}\n`);
  if (process.stderr.isTTY) openBrowser(url);
}

/** Of the emulator's client the first callback URL on this machine. */
async function findRedirectUri(outputs: Outputs, clientId: string, named: string | undefined): Promise<URL> {
  if (named !== undefined && URL.canParse(named)) return new URL(named);
  const gateway = gatewayUrl(outputs);
  const registered = isLoopback(gateway) && named === undefined ? await callbackUrls(gateway, outputs, clientId) : [];
  const local = registered.find((url) => url.startsWith("http://localhost"));
  if (local !== undefined) return new URL(local);
  throw new UsageError(
    "The browser has to come back to a callback URL of the client on this machine: give it by --redirect-uri, for example http://localhost:8976/callback.",
  );
}

async function callbackUrls(url: URL, outputs: Outputs, clientId: string): Promise<string[]> {
  if (outputNamed(outputs, "inbound_user_pool_id") === undefined) return [];
  const userPoolId = textOutput(outputs, "inbound_user_pool_id");
  const answer = await cognitoOf({ url, userPoolId, clientId }).call("DescribeUserPoolClient", {
    UserPoolId: userPoolId,
    ClientId: clientId,
  });
  const { CallbackURLs: found } = answer["UserPoolClient"] as { CallbackURLs?: string[] };
  return found ?? [];
}

async function signInTo(
  outputs: Outputs,
  named: Credentials | undefined,
  code: string | undefined,
): Promise<{ url: URL; token: string }> {
  const gateway = findGateway(outputs);
  const cognito = cognitoOf(gateway);
  const credentials = named ?? (await makeUpUser(gateway, cognito));
  const { username } = credentials;
  const answer = named ? answerWithCode(username, code) : answerByOwnApp(cognito, username);
  const { AccessToken: token } = await signIn(cognito, gateway.clientId, credentials, answer);
  return { url: gateway.url, token };
}

/** A password on the command line is seen by every user of the machine, so the environment will do too. */
function findCredentials({ username, password }: AccessParameters): Credentials | undefined {
  const credentials = {
    username: username ?? process.env["CDKTF_AGENTCORE_USERNAME"],
    password: password ?? process.env["CDKTF_AGENTCORE_PASSWORD"],
  };
  if (credentials.username === undefined && credentials.password === undefined) return undefined;
  if (!credentials.username || !credentials.password) {
    throw new UsageError(
      "A user name and a password go together: give --username with --password, or both in the environment.",
    );
  }
  return { username: credentials.username, password: credentials.password };
}

function findGateway(outputs: Outputs): Gateway {
  const url = gatewayUrl(outputs);
  return {
    url,
    userPoolId: textOutput(outputs, "inbound_user_pool_id"),
    clientId: textOutput(outputs, "inbound_client_id"),
  };
}

function cognitoOf({ url, userPoolId }: Gateway): CognitoClient {
  const [region = ""] = userPoolId.split("_");
  if (isLoopback(url)) return new CognitoClient({ url: url.origin, region, credentials: EMULATOR_CREDENTIALS });
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new CommandFailure(`The output inbound_user_pool_id is '${userPoolId}', which is no user pool's id.`);
  }
  const host = apiHost(SERVICE, region, region.startsWith("cn-") ? "aws-cn" : "aws");
  return new CognitoClient({ url: `https://${host}/`, region });
}

async function makeUpUser({ url, userPoolId, clientId }: Gateway, cognito: CognitoClient): Promise<Credentials> {
  if (!isLoopback(url)) {
    throw new UsageError(
      "A deployed gateway needs a user: give --username and --password, or CDKTF_AGENTCORE_USERNAME and CDKTF_AGENTCORE_PASSWORD in the environment.",
    );
  }
  await expectPasswords(cognito, userPoolId, clientId);
  return makeUser(cognito, userPoolId, MADE_UP_USER);
}
