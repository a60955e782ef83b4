import { ASSUMED_VERSION, STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { DEFAULT_PORT, type Emulator, metadataOf, plainestOf, viewEndpoints } from "../../../emulator";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { awsEnvironment } from "../../emulator/aws-environment";
import { ARTICLE_OUTPUTS, outputNamed, outputsOf } from "../../gateway/outputs";
import { legible, paint } from "../../terminal";
import { callerOf } from "./gateway-caller";

/**
 * Prints what to type into another terminal: this command, and with this emulator's values the article's session, or
 * the like of it for callers who sign, for machines, and for anybody.
 */
export function printLinesToCopy(emulator: Emulator, region: string): void {
  const { port } = new URL(emulator.url);
  const portOption = Number(port) === DEFAULT_PORT ? "" : ` --port ${port}`;
  const called = findGateway(emulator);
  const { first = [], session = [] } = called ? sessionWith(emulator, called, region, portOption) : {};
  const lines = [
    ...(called && session.length > 0 ? [...first, ...ownCommands(called.gateway, portOption)] : []),
    ...awsEnvironment(emulator.url, region),
    ...session,
  ];
  const text = legible(lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join(""));
  process.stdout.write(`\n${paint.bold("From another terminal")}, in this folder:\n\n${text}`);
}

interface CalledGateway {
  readonly gateway: Gateway;
  /** As callers outside have it. */
  readonly url: string;
}

/** The one that the commands call without being told which. */
function findGateway(emulator: Emulator): CalledGateway | undefined {
  const outputs = emulator.outputs();
  const named = outputs[outputNamed(outputs, "gateway_url") ?? ""]?.value;
  const [called, ...others] = emulator.gateways().filter(({ url }) => named === undefined || url === named);
  const gateway = emulator.account.gateways.all().find(({ declaration }) => declaration.name === called?.name);
  return called && gateway && others.length === 0 ? { gateway, url: called.url } : undefined;
}

interface Session {
  /** What this command needs before it can call, too. */
  readonly first?: readonly string[];
  readonly session?: readonly string[];
}

/** Empty where nobody of this emulator can call the gateway. */
function sessionWith(emulator: Emulator, { gateway, url }: CalledGateway, region: string, portOption: string): Session {
  const { attributes, declaration, supportedVersions } = gateway;
  const { authorizerType } = declaration;
  const endpoint = viewEndpoints(emulator.account, (url) => url).find(
    ({ station }) => station === attributes.gatewayArn,
  );
  const outputs = emulator.outputs();
  const known = outputsOf({ url, authorizerType, signIn: endpoint?.signIn ?? [] });
  const value = (name: string) => {
    const output = outputNamed(outputs, name);
    return output === undefined
      ? known[name]?.value
      : `$(npx cdktf-agentcore output -raw ${shellWord(output)}${portOption})`;
  };
  const values = (names: readonly string[]) => names.map((name) => `${name.toUpperCase()}=${String(value(name))}`);
  const [target] = declaration.protocolType === undefined ? gateway.targets : [];
  const address = `$GATEWAY_URL${target ? `/${target.declaration.name}/invocations` : ""}`;
  const request = target ? ASK_AGENT : listToolsIn(supportedVersions);
  const caller = callerOf(emulator, gateway);
  if (caller === "anybody") {
    return { session: ["", ...values(["gateway_url"]), "", ...callOf(address, "", request)] };
  }
  if (caller === "signer") {
    return { session: ["", ...values(["gateway_url"]), "", ...signedSession(region, address, request)] };
  }
  if (caller !== "user") {
    const { clientId, clientSecret, tokenUrl } = caller;
    return {
      first: [`export ${CLIENT_ID}=${clientId} ${CLIENT_SECRET}=${clientSecret}`],
      session: ["", ...values(["gateway_url"]), "", ...machineSession(tokenUrl, address, request)],
    };
  }
  const signsIn = endpoint !== undefined && endpoint.signIn.length > 0;
  const canSignIn = signsIn && ARTICLE_OUTPUTS.every((name) => value(name) !== undefined);
  return canSignIn ? { session: ["", ...values(ARTICLE_OUTPUTS), "", ...articleSession(address, request)] } : {};
}

/** A text as one word of a command line. */
function shellWord(text: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const CLIENT_ID = "CDKTF_AGENTCORE_CLIENT_ID";
const CLIENT_SECRET = "CDKTF_AGENTCORE_CLIENT_SECRET";

function ownCommands({ declaration, targets }: Gateway, portOption: string): string[] {
  if (declaration.protocolType === undefined) return [];
  const canAdd = targets.some(({ tools }) => tools.some(({ serverName }) => serverName === "add_numbers"));
  return [
    `npx cdktf-agentcore tools${portOption}`,
    ...(canAdd ? [`npx cdktf-agentcore call add_numbers '{"a": 5, "b": 3}'${portOption}`] : []),
    "",
    "# The same by the AWS CLI and curl, as against AWS:",
  ];
}

/** A request that states no version counts as one of the first, which a gateway may not support. */
function listToolsIn(supported: readonly string[]): string {
  if (supported.length === 0 || supported.includes(ASSUMED_VERSION)) return listTools("", {});
  const version = plainestOf(supported);
  const header = `-H "MCP-Protocol-Version: ${version}" `;
  if (version !== STATELESS_VERSION) return listTools(header, {});
  const params = { _meta: metadataOf({ name: "curl", version: "8" }) };
  return listTools(`${header}-H "Mcp-Method: tools/list" `, { params });
}

/** What agents take differs: most examples of AWS's have a prompt. */
const ASK_AGENT = `-H "Content-Type: application/json" -d '{"prompt": "Hello"}'`;

function signedSession(region: string, url: string, request: string): string[] {
  return String.raw`curl -X POST "${url}" --aws-sigv4 aws:amz:${region}:bedrock-agentcore --user test:test \
  ${request}`.split("\n");
}

const listTools = (headers: string, params: object): string =>
  String.raw`${headers}-H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" \
  -d '${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", ...params })}' | jq`;

const articleSession = (url: string, request: string): string[] =>
  String.raw`aws cognito-idp admin-create-user --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --temporary-password 'TempPass123!' --message-action SUPPRESS
aws cognito-idp admin-set-user-password --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --password 'TestPass123!' --permanent
TOKEN=$(aws cognito-idp initiate-auth --client-id $INBOUND_CLIENT_ID \
  --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=test-user,PASSWORD='TestPass123!' \
  --query 'AuthenticationResult.AccessToken' --output text)

${callOf(url, BEARER, request).join("\n")}`.split("\n");

const BEARER = '-H "Authorization: Bearer $TOKEN" ';

const machineSession = (tokenUrl: string, url: string, request: string): string[] => [
  `TOKEN=$(curl -s -u "$${CLIENT_ID}:$${CLIENT_SECRET}" -d grant_type=client_credentials \\`,
  `  ${tokenUrl} | jq -r .access_token)`,
  "",
  ...callOf(url, BEARER, request),
];

function callOf(url: string, headers: string, request: string): string[] {
  return String.raw`curl -X POST "${url}" ${headers}\
  ${request}`.split("\n");
}
