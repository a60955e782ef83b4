// Another MCP server, with one tool: what the emulator is to start for `--server`.
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

createServer(async (request, response) => {
  const server = new McpServer({ name: "shout", version: "1.0.0" });
  server.registerTool("shout", { description: "Shout", inputSchema: { text: z.string() } }, ({ text }) => ({
    content: [{ type: "text", text: text.toUpperCase() }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
}).listen(Number(process.env.PORT), process.env.HOST);
