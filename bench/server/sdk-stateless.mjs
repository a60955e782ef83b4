// The SDK's stateless example (examples/server/simpleStatelessStreamableHttp.js of @modelcontextprotocol/sdk): a server
// and a transport for each request. Its own tools are replaced by the article's.
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import * as z from "zod";

function makeServer() {
  const server = new McpServer({ name: "stateless-streamable-http-server", version: "1.0.0" });
  const numbers = { inputSchema: { a: z.int(), b: z.int() }, outputSchema: { result: z.int() } };
  const answer = (result) => ({ content: [{ type: "text", text: String(result) }], structuredContent: { result } });
  server.registerTool("add_numbers", { description: "Add two numbers together", ...numbers }, ({ a, b }) =>
    answer(a + b),
  );
  server.registerTool("multiply_numbers", { description: "Multiply two numbers together", ...numbers }, ({ a, b }) =>
    answer(a * b),
  );
  server.registerTool(
    "greet_user",
    {
      description: "Greet a user by name",
      inputSchema: { name: z.string() },
      outputSchema: { result: z.string() },
    },
    ({ name }) => answer(`Hello, ${name}! Nice to meet you.`),
  );
  return server;
}

const app = createMcpExpressApp();
app.post("/mcp", async (request, response) => {
  const server = makeServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
  response.on("close", () => {
    void transport.close();
    void server.close();
  });
});
app.listen(Number(process.env.PORT), process.env.HOST);
