import type { Emulator, GatewayView } from "../emulator";
import { paint } from "./terminal";

/** Where each hop of the system stands, caller first. */
export function printStanding(emulator: Emulator): void {
  const lines = emulator.gateways().flatMap(describeGateway);
  process.stdout.write(`\n${paint.bold(`Running at ${emulator.url}`)}\n\n${lines.map((line) => `  ${line}\n`).join("")}`);
}

function describeGateway({ name, url, inbound, targets }: GatewayView): string[] {
  return [
    `gateway ${paint.bold(name)}`,
    `  at           ${url}`,
    `  callers need ${inbound}`,
    ...targets.flatMap((target) => [
      `  target ${paint.bold(target.name)}, ${target.tools} tools`,
      `    at         ${target.endpoint}`,
      `    gateway shows ${target.outbound}`,
      ...(target.runtime === undefined
        ? []
        : [`    runtime ${paint.bold(target.runtime.name)} demands ${target.runtime.inbound}`]),
    ]),
  ];
}

/** The lines to copy into another terminal: the article's session with this emulator's values. */
export function printCommands(emulator: Emulator, region: string): void {
  const { port } = new URL(emulator.url);
  const output = `npx cdktf-agentcore output -raw`;
  const portOption = port === "4700" ? "" : ` --port ${port}`;
  const lines = [
    `export AWS_ENDPOINT_URL=${emulator.url}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_EC2_METADATA_DISABLED=true",
  ];
  const articleOutputs = ["inbound_user_pool_id", "inbound_client_id", "gateway_url"];
  if (articleOutputs.every((name) => Object.hasOwn(emulator.outputs(), name))) {
    lines.push(
      "",
      ...articleOutputs.map((name) => `${name.toUpperCase()}=$(${output} ${name}${portOption})`),
      "",
      ...ARTICLE_SESSION,
    );
  }
  const text = lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("");
  process.stdout.write(`\n${paint.bold("From another terminal")}\n\n${text}\nCtrl-C stops the emulator.\n`);
}

const ARTICLE_SESSION = String.raw`aws cognito-idp admin-create-user --user-pool-id $INBOUND_USER_POOL_ID --username test-user \
  --temporary-password 'TempPass123!' --message-action SUPPRESS
aws cognito-idp admin-set-user-password --user-pool-id $INBOUND_USER_POOL_ID --username test-user \
  --password 'TestPass123!' --permanent
TOKEN=$(aws cognito-idp initiate-auth --client-id $INBOUND_CLIENT_ID --auth-flow USER_PASSWORD_AUTH \
  --auth-parameters USERNAME=test-user,PASSWORD='TestPass123!' \
  --query 'AuthenticationResult.AccessToken' --output text)

curl -X POST "$GATEWAY_URL" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
  -H "Accept: application/json, text/event-stream" \
  -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | jq`.split("\n");
