// An MCP server with 100 tools.
import { createServer } from "node:http";

const inputSchema = {
  type: "object",
  properties: { query: { type: "string", description: "What to look for" }, limit: { type: "integer", minimum: 1 } },
  required: ["query"],
};
const tools = Array.from({ length: 100 }, (_, i) => ({
  name: `tool_${i}`,
  description: `Looks things up in collection ${i}`,
  inputSchema,
}));

const RESULTS = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "many", version: "1" },
  }),
  "tools/list": () => ({ tools }),
};

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const { id, method, params } = JSON.parse(text);
  if (id === undefined) return response.writeHead(202).end();
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ jsonrpc: "2.0", id, result: RESULTS[method]?.(params) ?? {} }));
});
server.listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
