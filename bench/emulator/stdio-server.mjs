// The tool `add_numbers` on standard input and output, for a peer that takes servers of that kind only.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const inputSchema = { type: "object", properties: { a: { type: "integer" }, b: { type: "integer" } }, required: ["a", "b"] };
const server = new Server({ name: "bench", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: "add_numbers", inputSchema }] }));
server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
  const { a, b } = params.arguments;
  return { content: [{ type: "text", text: String(a + b) }], structuredContent: { result: a + b } };
});
await server.connect(new StdioServerTransport());
