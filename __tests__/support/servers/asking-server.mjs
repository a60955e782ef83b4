// An MCP server with everything that a gateway may carry, on the official SDK: sessions, progress, logs, questions, prompts, resources and templates.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { UrlElicitationRequiredError } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";

const said = (text) => ({ content: [{ type: "text", text }] });
const contents = (uri, text) => ({ contents: [{ uri: String(uri), mimeType: "text/plain", text }] });

function asking() {
  const server = new McpServer({ name: "asking", version: "2.0.0" }, { capabilities: { logging: {} } });
  const sum = { result: z.number() };
  server.registerTool(
    "add",
    { title: "Add", description: "Adds", inputSchema: { a: z.number(), b: z.number() }, outputSchema: sum },
    ({ a, b }, { _meta }) => ({
      ...said(String(a + b)),
      structuredContent: { result: a + b },
      _meta: { heard: _meta },
    }),
  );
  server.registerTool("work", { description: "Tells how it goes" }, async ({ sendNotification, _meta }) => {
    for (const progress of [1, 2]) {
      const params = { progressToken: _meta?.progressToken, progress, total: 2 };
      await sendNotification({ method: "notifications/progress", params });
    }
    await sendNotification({ method: "notifications/message", params: { level: "info", data: "half way" } });
    return said("done");
  });
  const question = {
    mode: "form",
    message: "Sure?",
    requestedSchema: { type: "object", properties: { yes: { type: "boolean" } } },
  };
  server.registerTool("decide", { description: "Asks a person" }, async ({ requestId }) => {
    const { action, content } = await server.server.elicitInput(question, { relatedRequestId: requestId });
    return said(`${action} ${String(content?.yes)}`);
  });
  server.registerTool("think", { description: "Asks a model" }, async ({ requestId }) => {
    const { model } = await server.server.createMessage(
      { messages: [], maxTokens: 5 },
      { relatedRequestId: requestId },
    );
    return said(model);
  });
  server.registerTool("visit", { description: "Sends a person to a page" }, () => {
    const url = "https://www.example.com/look";
    throw new UrlElicitationRequiredError([{ mode: "url", message: "Look", url, elicitationId: "e1" }]);
  });
  server.registerTool("look", { description: "Asks for roots" }, async ({ requestId }) => {
    const { roots } = await server.server.listRoots(undefined, { relatedRequestId: requestId });
    return said(String(roots.length));
  });
  server.registerPrompt("greet", { argsSchema: { name: z.string() } }, ({ name }) => ({
    messages: [{ role: "user", content: { type: "text", text: `Hello, ${name}` } }],
  }));
  server.registerResource("note", "note://one", { mimeType: "text/plain" }, (uri) => contents(uri, "first"));
  const template = new ResourceTemplate("note://{name}/text", { list: undefined });
  server.registerResource("notes", template, {}, (uri, { name }) => contents(uri, String(name)));
  return server;
}

const sessions = new Map();

async function handle(request, response) {
  const id = request.headers["mcp-session-id"];
  const kept = sessions.get(id);
  if (kept) return kept.handleRequest(request, response);
  // Lost with an earlier process.
  if (id !== undefined) return response.writeHead(404).end();
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await asking().connect(transport);
  await transport.handleRequest(request, response);
}

const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
process.once("SIGTERM", () => process.exit(0));
