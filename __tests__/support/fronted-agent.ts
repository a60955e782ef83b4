import { join } from "node:path";

import { AwsClient } from "aws4fetch";

import type { Emulator, EmulatorOptions, ServerCommand } from "../../emulator";
import { bentResources, emulate, outputOf, type TerraformJson } from "./article-stack";
import { allow, allowGateway, policyOf, trusting } from "./policies";

type Resources = TerraformJson["resource"];

const RUNTIME = "${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn}";
const SERVICE = "bedrock-agentcore.amazonaws.com";

export interface FrontedAgent {
  /** @default CUSTOM_JWT */
  readonly authorizerType?: string;
  /** Of `credential_provider_configuration`. @default - the caller's token */
  readonly credential?: object;
  /** Whom the runtime lets in. @default inbound */
  readonly runtime?: "inbound" | "outbound" | "IAM";
  /** What the gateway's role may do besides. @default - calling the runtime */
  readonly allowed?: readonly string[];
  readonly gateway?: object;
  readonly target?: object;
  readonly qualifier?: string;
}

/** Puts a gateway without a protocol before the article's runtime, whose server is an agent. */
export function frontAgent(resources: Resources, options: FrontedAgent = {}): void {
  const { authorizerType = "CUSTOM_JWT", runtime: letsIn = "inbound", qualifier } = options;
  const { credential = { jwt_passthrough: [{}] }, allowed = ["bedrock-agentcore:InvokeAgentRuntime"] } = options;
  const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
  const runtime = resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {};
  if (letsIn === "IAM") delete runtime["authorizer_configuration"];
  if (letsIn === "inbound") runtime["authorizer_configuration"] = gateway["authorizer_configuration"];
  runtime["protocol_configuration"] = [{ server_protocol: "HTTP" }];
  runtime["request_header_configuration"] = [{ request_header_allowlist: ["Authorization"] }];
  delete gateway["protocol_type"];
  delete gateway["protocol_configuration"];
  if (authorizerType !== "CUSTOM_JWT") delete gateway["authorizer_configuration"];
  Object.assign(gateway, { authorizer_type: authorizerType, ...options.gateway });
  const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {};
  Object.assign(target, {
    name: "agent",
    description: "The agent",
    target_configuration: [{ http: [{ agentcore_runtime: [{ arn: RUNTIME, qualifier }] }] }],
    credential_provider_configuration: [credential],
    ...options.target,
  });
  allowGateway(resources, "invoke", allowed, [RUNTIME, `${RUNTIME}/runtime-endpoint/DEFAULT`]);
}

export function httpAgent(): ServerCommand {
  return { program: process.execPath, arguments: [join(__dirname, "servers/http-agent.mjs")] };
}

export async function emulateAgent(
  options: FrontedAgent = {},
  emulatorOptions: Partial<EmulatorOptions> = {},
  bend: (resources: Resources) => void = () => undefined,
): Promise<Emulator> {
  const folder = await bentResources((resources) => {
    frontAgent(resources, options);
    bend(resources);
  });
  return emulate(folder, { serverCommand: httpAgent(), ...emulatorOptions });
}

export interface AgentAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly said?: unknown;
    readonly ended?: readonly string[];
    readonly headers?: Record<string, string>;
    readonly error?: string;
  };
}

export function agentUrl(emulator: Emulator, path = "/agent/invocations"): string {
  return outputOf(emulator, "gateway_url") + path;
}

export async function ask(
  url: string,
  body: object = { prompt: "Hello" },
  headers: Record<string, string> = {},
): Promise<AgentAnswer> {
  return answerOf(
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
}

/** @param credentials @default - the administrator's */
export async function askSigned(
  url: string,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = {
    accessKeyId: "test",
    secretAccessKey: "test",
  },
  bend = (authorization: string): string => authorization,
): Promise<AgentAnswer> {
  const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: "us-east-1", retries: 0 });
  const headers = { "content-type": "application/json" };
  const signed = await client.sign(url, { method: "POST", headers, body: JSON.stringify({ prompt: "Hello" }) });
  signed.headers.set("authorization", bend(signed.headers.get("authorization") ?? ""));
  return answerOf(await fetch(signed));
}

/** Credentials of a role without rights but those given. */
export function credentialsOf({ account }: Emulator, roleName: string) {
  const sourceArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/other";
  const roleArn = `arn:aws:iam::123456789012:role/${roleName}`;
  const session = account.iam.assumeRole({ roleArn, service: SERVICE, sourceArn, sessionName: () => "test" });
  if (!session) throw new Error("The role cannot be assumed.");
  return account.sessionCredentials.issue(session);
}

/** A role that services can assume, and what it may do. */
export function addCaller(resources: Resources, ...actions: readonly string[]): void {
  (resources["aws_iam_role"] ??= {})["caller"] = { name: "caller", assume_role_policy: trusting() };
  const policy = policyOf(allow(actions));
  (resources["aws_iam_role_policy"] ??= {})["caller"] = { role: "${aws_iam_role.caller.name}", policy };
}

async function answerOf(response: Response): Promise<AgentAnswer> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: (isJson(text) ? JSON.parse(text) : {}) as AgentAnswer["body"] };
}

function isJson(text: string): boolean {
  return text.startsWith("{");
}
