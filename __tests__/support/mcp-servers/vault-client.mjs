// An MCP server whose tools reach further by the workload access token that the runtime hands over with each call: with
// it they ask AgentCore Identity, at the endpoint that they are told, for an M2M token.
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { AwsClient } from "aws4fetch";
import { z } from "zod";

const aws = new AwsClient({
  accessKeyId: "test",
  secretAccessKey: "test",
  service: "bedrock-agentcore",
  region: "us-east-1",
  retries: 0,
});
const text = (value) => ({ content: [{ type: "text", text: JSON.stringify(value) }] });

async function drawToken(endpoint, provider, workloadIdentityToken) {
  const scopes = ["mcp-server/tools.read"];
  const body = JSON.stringify({
    workloadIdentityToken,
    resourceCredentialProviderName: provider,
    scopes,
    oauth2Flow: "M2M",
  });
  const response = await aws.fetch(`${endpoint}/identities/oauth2/token`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, ...(await response.json()) };
}

createServer(async (request, response) => {
  const server = new McpServer({ name: "vault-client", version: "1.0.0" });
  server.registerTool("headers", {}, () => text(request.headers));
  server.registerTool(
    "draw_token",
    { inputSchema: { endpoint: z.string(), provider: z.string() } },
    async ({ endpoint, provider }) => text(await drawToken(endpoint, provider, request.headers.workloadaccesstoken)),
  );
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
}).listen(Number(process.env.PORT), process.env.HOST);
