import type { StreamableHTTPClientTransportOptions } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import { dnsSuffix } from "../aws/hosts";
import { EMULATOR_CREDENTIALS } from "../emulator/credentials";
import { CognitoClient } from "./cognito-client";
import { CommandFailure, UsageError } from "./errors";
import { gatewayUrl, isLoopback, outputNamed, readOutputs, textOutput } from "./gateway-outputs";
import { makeUser, signIn, type Credentials } from "./sign-in";
import { environmentCredentials, signedFetch } from "./signed-fetch";
import type { Outputs } from "./terraform-output";

/** The options of every command that uses a gateway, for `parseParameters`. */
export const ACCESS_OPTIONS = {
  port: { type: "string" },
  outputs: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
} as const;

export type AccessParameters = { readonly [K in keyof typeof ACCESS_OPTIONS]?: string | undefined };

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
  const { url, token } = await signInTo(outputs, credentials);
  return { url, options: { requestInit: { headers: { authorization: `Bearer ${token}` } } } };
}

/** Signs in to the same gateway. @throws UsageError, CommandFailure */
export async function signInToGateway(parameters: AccessParameters): Promise<{ url: URL; token: string }> {
  return signInTo(await readOutputs(parameters), findCredentials(parameters));
}

async function signInTo(outputs: Outputs, credentials?: Credentials): Promise<{ url: URL; token: string }> {
  const gateway = findGateway(outputs);
  const cognito = cognitoOf(gateway);
  const { AccessToken: token } = await signIn(
    cognito,
    gateway.clientId,
    credentials ?? (await makeUpUser(gateway, cognito)),
  );
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
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new CommandFailure(`The output inbound_user_pool_id is '${userPoolId}', which is no user pool's id.`);
  const suffix = dnsSuffix(region.startsWith("cn-") ? "aws-cn" : "aws");
  return new CognitoClient({ url: `https://cognito-idp.${region}.${suffix}/`, region });
}

function makeUpUser({ url, userPoolId }: Gateway, cognito: CognitoClient): Promise<Credentials> {
  if (isLoopback(url)) return makeUser(cognito, userPoolId, MADE_UP_USER);
  throw new UsageError(
    "A deployed gateway needs a user: give --username and --password, or CDKTF_AGENTCORE_USERNAME and CDKTF_AGENTCORE_PASSWORD in the environment.",
  );
}
