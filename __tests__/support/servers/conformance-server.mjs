// What the MCP conformance suite asks for on the official SDK of 2025's versions: an MCP server without sessions at HOST and PORT.
import { createServer } from "node:http";

import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

import { contentsOf, messagesOf, PROMPTS, RESOURCES, RESULTS, TEMPLATES, TOOLS } from "./conformance-offerings.mjs";

/** The SDK wants a server and a transport of its own for every request where there are no sessions. */
async function handle(request, response) {
  const capabilities = { tools: {}, prompts: {}, resources: {}, logging: {} };
  const server = new Server({ name: "conformance", version: "1.0.0" }, { capabilities });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { sendNotification: notify, _meta }) =>
    RESULTS[params.name]({
      notify,
      progressToken: _meta?.progressToken,
      log: (data) => notify({ method: "notifications/message", params: { level: "info", data } }),
    }),
  );
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: PROMPTS }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => messagesOf(params));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: RESOURCES }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: TEMPLATES }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const contents = contentsOf(uri);
    if (!contents) throw new McpError(-32002, `No resource ${uri}`);
    return { contents };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

createServer((request, response) => void handle(request, response)).listen(Number(process.env.PORT), process.env.HOST);
process.once("SIGTERM", () => process.exit(0));
