import { ASSUMED_VERSION, STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { DEFAULT_PORT, type Emulator } from "../../../emulator";
import { plainestOf } from "../../../emulator/cloud/gateway/protocol-version";
import { metadataOf } from "../../../emulator/cloud/gateway/stateless-protocol";
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
  const session = sessionWith(emulator, region, portOption);
  const lines = [
    ...(session.length > 0 ? ownCommands(emulator, portOption) : []),
    ...awsEnvironment(emulator.url, region),
    ...session,
  ];
  const text = lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("");
  process.stdout.write(`\n${paint.bold("From another terminal")}, in this folder:\n\n${text}`);
}

/** Empty where the stack's outputs do not tell how its gateway is called. */
function sessionWith(emulator: Emulator, region: string, portOption: string): string[] {
  const outputs = emulator.outputs();
  const values = (names: readonly string[]) =>
    names.map((name) => {
      const output = outputNamed(outputs, name) ?? name;
      return `${name.toUpperCase()}=$(npx cdktf-agentcore output -raw ${output}${portOption})`;
    });
  const called = emulator
    .gateways()
    .find(({ url }) => url === outputs[outputNamed(outputs, "gateway_url") ?? ""]?.value);
  const gateway = emulator.account.gateways.all().find(({ declaration }) => declaration.name === called?.name);
  const request = listToolsIn(gateway?.supportedVersions ?? []);
  if (ARTICLE_OUTPUTS.every((name) => outputNamed(outputs, name) !== undefined)) {
    return ["", ...values(ARTICLE_OUTPUTS), "", ...articleSession(request)];
  }
  if (gateway?.declaration.authorizerType !== "AWS_IAM") return [];
  return ["", ...values(["gateway_url"]), "", ...signedSession(region, request)];
}

function ownCommands({ account }: Emulator, portOption: string): string[] {
  const targets = account.gateways.all().flatMap((gateway) => gateway.targets);
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

function signedSession(region: string, request: string): string[] {
  return String.raw`curl -X POST "$GATEWAY_URL" --aws-sigv4 aws:amz:${region}:bedrock-agentcore --user test:test \
  ${request}`.split("\n");
}

const listTools = (headers: string, params: object): string =>
  String.raw`${headers}-H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" \
  -d '${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", ...params })}' | jq`;

const articleSession = (request: string): string[] =>
  String.raw`aws cognito-idp admin-create-user --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --temporary-password 'TempPass123!' --message-action SUPPRESS
aws cognito-idp admin-set-user-password --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --password 'TestPass123!' --permanent
TOKEN=$(aws cognito-idp initiate-auth --client-id $INBOUND_CLIENT_ID \
  --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=test-user,PASSWORD='TestPass123!' \
  --query 'AuthenticationResult.AccessToken' --output text)

curl -X POST "$GATEWAY_URL" -H "Authorization: Bearer $TOKEN" \
  ${request}`.split("\n");
