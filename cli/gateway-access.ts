import { readFileSync } from "node:fs";
import { z } from "zod";

import { DEFAULT_PORT } from "../emulator/address";
import { CognitoClient } from "./cognito-client";
import { CommandFailure, systemCode, UsageError } from "./errors";
import { parsePort } from "./parameters";
import { fetchOutputs } from "./running-emulator";
import { makeUser, signIn, type Credentials } from "./sign-in";
import type { Outputs } from "./terraform-output";

/** The options of every command that uses a gateway, for `parseParameters`. */
export const ACCESS_OPTIONS = {
  port: { type: "string" },
  outputs: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
} as const;

export type AccessParameters = { readonly [K in keyof typeof ACCESS_OPTIONS]?: string | undefined };

/** What a caller needs to know of a gateway: the article's three outputs. */
interface Gateway {
  readonly url: URL;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** The emulated account's only credentials. */
export const EMULATOR_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** The user that signs in to the emulator unless another is named. */
const MADE_UP_USER = "cdktf-agentcore";

const outputsFile = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }));

/**
 * Signs in to the gateway of the running emulator or, with `--outputs`, to a deployed one.
 *
 * @throws UsageError, CommandFailure
 */
export async function accessGateway(parameters: AccessParameters): Promise<{ url: URL; token: string }> {
  const credentials = findCredentials(parameters);
  const gateway = findGateway(await readOutputs(parameters));
  const cognito = cognitoOf(gateway);
  const { AccessToken: token } = await signIn(cognito, gateway.clientId, credentials ?? (await makeUpUser(gateway, cognito)));
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
    throw new UsageError("A user name and a password go together: give --username with --password, or both in the environment.");
  }
  return { username: credentials.username, password: credentials.password };
}

async function readOutputs({ port, outputs }: AccessParameters): Promise<Outputs> {
  if (outputs === undefined) return fetchOutputs(parsePort(port, DEFAULT_PORT));
  if (port !== undefined) throw new UsageError("--port names an emulator and --outputs a file: give one of them.");
  return readOutputsFile(outputs);
}

function readOutputsFile(path: string): Outputs {
  const name = path === "-" ? "Standard input" : path;
  let text: string;
  try {
    text = readFileSync(path === "-" ? process.stdin.fd : path, "utf8");
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${systemCode(error)}.`);
  }
  const parsed = outputsFile.safeParse(parseJson(text));
  if (!parsed.success) throw new UsageError(`${name} is not what 'terraform output -json' prints.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findGateway(outputs: Outputs): Gateway {
  const value = (name: string): string => {
    const found = outputs[name]?.value;
    if (typeof found === "string") return found;
    throw new CommandFailure(`The stack has no output ${name}: a sign-in needs inbound_user_pool_id, inbound_client_id and gateway_url.`);
  };
  const text = value("gateway_url");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && !isLoopback(url))) {
    throw new CommandFailure(`The output gateway_url is '${text}': a token is sent to an https URL only.`);
  }
  return { url, userPoolId: value("inbound_user_pool_id"), clientId: value("inbound_client_id") };
}

function isLoopback({ hostname }: URL): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

function cognitoOf({ url, userPoolId }: Gateway): CognitoClient {
  const [region = ""] = userPoolId.split("_");
  if (isLoopback(url)) return new CognitoClient({ url: url.origin, region, credentials: EMULATOR_CREDENTIALS });
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new CommandFailure(`The output inbound_user_pool_id is '${userPoolId}', which is no user pool's id.`);
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new CognitoClient({ url: `https://cognito-idp.${region}.${suffix}/`, region });
}

function makeUpUser({ url, userPoolId }: Gateway, cognito: CognitoClient): Promise<Credentials> {
  if (isLoopback(url)) return makeUser(cognito, userPoolId, MADE_UP_USER);
  throw new UsageError(
    "A deployed gateway needs a user: give --username and --password, or CDKTF_AGENTCORE_USERNAME and CDKTF_AGENTCORE_PASSWORD in the environment.",
  );
}
