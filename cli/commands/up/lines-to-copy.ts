import { ASSUMED_VERSION, STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { DEFAULT_PORT, type Emulator } from "../../../emulator";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { plainestOf } from "../../../emulator/cloud/gateway/protocol-version";
import { metadataOf } from "../../../emulator/cloud/gateway/stateless-protocol";
import { viewMcpEndpoints } from "../../../emulator/view/mcp-endpoints";
import { awsEnvironment } from "../../emulator/aws-environment";
import { outputNamed } from "../../gateway/outputs";
import { paint } from "../../terminal";

/** The outputs that the article's session starts from. */
export const ARTICLE_OUTPUTS = ["inbound_user_pool_id", "inbound_client_id", "gateway_url"] as const;

/**
 * Prints what to type into another terminal: this command, and with this emulator's values the article's session, or
 * the like of it for callers who sign.
 */
export function printLinesToCopy(emulator: Emulator, region: string): void {
  const { port } = new URL(emulator.url);
  const portOption = Number(port) === DEFAULT_PORT ? "" : ` --port ${port}`;
  const gateway = findGateway(emulator);
  const session = gateway ? sessionWith(emulator, gateway, region, portOption) : [];
  const lines = [
    ...(gateway && session.length > 0 ? ownCommands(gateway, portOption) : []),
    ...awsEnvironment(emulator.url, region),
    ...session,
  ];
  const text = lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("");
  process.stdout.write(`\n${paint.bold("From another terminal")}, in this folder:\n\n${text}`);
}

/** The one that the commands call without being told which. */
function findGateway(emulator: Emulator): Gateway | undefined {
  const outputs = emulator.outputs();
  const url = outputs[outputNamed(outputs, "gateway_url") ?? ""]?.value;
  const [called, ...others] = emulator.gateways().filter((gateway) => url === undefined || gateway.url === url);
  const isOne = called && others.length === 0;
  return isOne
    ? emulator.account.gateways.all().find(({ declaration }) => declaration.name === called.name)
    : undefined;
}

/** Empty where nobody can sign in to the gateway with a password, nor sign. */
function sessionWith(emulator: Emulator, gateway: Gateway, region: string, portOption: string): string[] {
  const { attributes, declaration, supportedVersions } = gateway;
  const outputs = emulator.outputs();
  const endpoint = viewMcpEndpoints(emulator.account, (url) => url).find(
    ({ station }) => station === attributes.gatewayArn,
  );
  const [client] = endpoint?.signIn ?? [];
  const known = {
    inbound_user_pool_id: client?.userPoolId,
    inbound_client_id: client?.clientId,
    gateway_url: emulator.gateways().find(({ name }) => name === declaration.name)?.url,
  };
  const value = (name: keyof typeof known) => {
    const output = outputNamed(outputs, name);
    return output === undefined ? known[name] : `$(npx cdktf-agentcore output -raw ${output}${portOption})`;
  };
  const values = (names: readonly (keyof typeof known)[]) =>
    names.map((name) => `${name.toUpperCase()}=${value(name) ?? ""}`);
  const [target] = declaration.protocolType === undefined ? gateway.targets : [];
  const url = `$GATEWAY_URL${target ? `/${target.declaration.name}/invocations` : ""}`;
  const request = target ? ASK_AGENT : listToolsIn(supportedVersions);
  if (declaration.authorizerType === "AWS_IAM") {
    return ["", ...values(["gateway_url"]), "", ...signedSession(region, url, request)];
  }
  const canSignIn = ARTICLE_OUTPUTS.every((name) => value(name) !== undefined);
  return canSignIn ? ["", ...values(ARTICLE_OUTPUTS), "", ...articleSession(url, request)] : [];
}

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

curl -X POST "${url}" -H "Authorization: Bearer $TOKEN" \
  ${request}`.split("\n");
