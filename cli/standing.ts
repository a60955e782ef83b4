import { DEFAULT_PORT, type Emulator, type GatewayView } from "../emulator";
import { paint, wrap } from "./terminal";

const LABEL_WIDTH = 10;

/** Where each hop of the system stands, caller first. */
export function printStanding(emulator: Emulator): void {
  const hops = emulator.gateways().flatMap(describeGateway);
  const lines = hops.flatMap(({ title, facts }) => [`  ${title}`, ...facts.map(describeFact)]);
  process.stdout.write(`\n${paint.bold("Running at")} ${paint.cyan(emulator.url)}\n\n${lines.join("\n")}\n`);
}

type Fact = readonly [label: string, text: string];

interface HopFacts {
  readonly title: string;
  readonly facts: readonly Fact[];
}

function describeGateway({ name, url, inbound, targets }: GatewayView): HopFacts[] {
  return [
    { title: `gateway ${paint.bold(name)}`, facts: [["url", url], ["lets in", inbound]] },
    ...targets.flatMap(describeTarget),
  ];
}

function describeTarget({ name, endpoint, tools, outbound, runtime }: GatewayView["targets"][number]): HopFacts[] {
  const target = { title: `target ${paint.bold(name)}, ${tools} ${tools === 1 ? "tool" : "tools"}` };
  if (!runtime) return [{ ...target, facts: [["calls", endpoint], ["sends", outbound]] }];
  return [
    { ...target, facts: [["sends", outbound]] },
    { title: `runtime ${paint.bold(runtime.name)}`, facts: [["url", endpoint], ["lets in", runtime.inbound]] },
  ];
}

function describeFact([label, text]: Fact): string {
  return `    ${paint.dim(label.padEnd(LABEL_WIDTH))}${wrap(text, 4 + LABEL_WIDTH)}`;
}

/** The lines to copy into another terminal: the article's session with this emulator's values. */
export function printCommands(emulator: Emulator, region: string): void {
  const { port } = new URL(emulator.url);
  const portOption = Number(port) === DEFAULT_PORT ? "" : ` --port ${port}`;
  const lines = [
    `export AWS_ENDPOINT_URL=${emulator.url}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_EC2_METADATA_DISABLED=true",
  ];
  if (ARTICLE_OUTPUTS.every((name) => Object.hasOwn(emulator.outputs(), name))) {
    const values = ARTICLE_OUTPUTS.map((name) => `${name.toUpperCase()}=$(npx cdktf-agentcore output -raw ${name}${portOption})`);
    lines.push("", ...values, "", ...ARTICLE_SESSION);
  }
  const text = lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("");
  process.stdout.write(
    `\n${paint.bold("From another terminal")}, in this folder:\n\n${text}\nServing. Ctrl-C stops the emulator; its users and tokens go with it.\n`,
  );
}

export const ARTICLE_OUTPUTS = ["inbound_user_pool_id", "inbound_client_id", "gateway_url"] as const;

const ARTICLE_SESSION = String.raw`aws cognito-idp admin-create-user --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --temporary-password 'TempPass123!' --message-action SUPPRESS
aws cognito-idp admin-set-user-password --user-pool-id $INBOUND_USER_POOL_ID \
  --username test-user --password 'TestPass123!' --permanent
TOKEN=$(aws cognito-idp initiate-auth --client-id $INBOUND_CLIENT_ID \
  --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=test-user,PASSWORD='TestPass123!' \
  --query 'AuthenticationResult.AccessToken' --output text)

curl -X POST "$GATEWAY_URL" -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" \
  -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | jq`.split("\n");
