import type { ServerResponse } from "node:http";
import type { Emulator, EmulatorOptions } from "../../emulator";
import { emulate } from "./article-stack";
import { postMcp, toolsCall, toolsList } from "./callers";
import { serveLocally } from "./local-server";

export interface SeenRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** An HTTP API of this machine that remembers what it is asked, and answers with the path. */
export class RecordingApi {
  readonly seen: SeenRequest[] = [];
  /** Of its answers. */
  status = 200;
  /** In the place of its usual answer. */
  answer?: (response: ServerResponse) => void;
  private address = "";

  async start(): Promise<void> {
    this.address = await serveLocally((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, url, headers } = request;
        this.seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        if (this.answer) return this.answer(response);
        response.writeHead(this.status, { "content-type": "application/json" });
        response.end(JSON.stringify({ served: url?.split("?")[0] }));
      });
    });
  }

  get origin(): string {
    return this.address;
  }
}

/** HCL of a gateway that is open to everyone, with a role of its own. */
export const OPEN_GATEWAY = `
provider "aws" {
  region = "us-east-1"
}
resource "aws_iam_role" "gateway" {
  name               = "gateway"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
    }]
  })
}
resource "aws_bedrockagentcore_gateway" "demo" {
  name            = "demo"
  role_arn        = aws_iam_role.gateway.arn
  authorizer_type = "NONE"
  protocol_type   = "MCP"
}
`;

/** HCL of what that gateway's role may do, everywhere. */
export function allowing(...actions: string[]): string {
  return `
resource "aws_iam_role_policy" "gateway" {
  name   = "gateway"
  role   = aws_iam_role.gateway.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = "*" }]
  })
}
`;
}

/** HCL of an API key for such a gateway's targets. */
export function apiKeyOf(name: string, key: string): string {
  return `
resource "aws_bedrockagentcore_api_key_credential_provider" "${name}" {
  name    = "${name}"
  api_key = "${key}"
}
`;
}

/** HCL of a target of that gateway. */
export function targetOf(name: string, mcp: string, more = ""): string {
  return `
resource "aws_bedrockagentcore_gateway_target" "${name}" {
  name               = "${name}"
  gateway_identifier = aws_bedrockagentcore_gateway.demo.gateway_id
  ${more}
  target_configuration {
    mcp {
      ${mcp}
    }
  }
}
`;
}

/** Starts what a folder declares, without a program for its runtimes. */
export function startFolder(folder: string, options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const serverCommand = { program: "false", arguments: [] };
  return emulate(folder, { serverCommand, ...options });
}

interface ListedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: object;
}

const urlOf = (emulator: Emulator): string => emulator.gateways()[0]?.url ?? "";

/** All tools of its gateway, page by page. */
export async function listTools(emulator: Emulator): Promise<ListedTool[]> {
  const tools: ListedTool[] = [];
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const { body } = await postMcp(urlOf(emulator), { ...toolsList, params }, {});
    const { result } = body as { result: { tools: ListedTool[]; nextCursor?: string } };
    tools.push(...result.tools);
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  return tools;
}

/** @returns the tool's result */
export async function callTool(
  emulator: Emulator,
  tool: string,
  toolArguments: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const { body } = await postMcp(urlOf(emulator), toolsCall(tool, toolArguments), headers);
  return (body as { result: unknown }).result;
}
