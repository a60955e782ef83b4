// An MCP server of 2026-07-28 with everything that a gateway may carry, on the official SDK, whose module is the argument.
import * as z from "zod";

import { listen } from "./fetch-server.mjs";

const { acceptedContent, createMcpHandler, inputRequired, inputResponse, McpServer, ResourceTemplate } = await import(
  process.argv[2]
);

const said = (text) => ({ content: [{ type: "text", text }] });
const contents = (uri, text) => ({ contents: [{ uri: String(uri), mimeType: "text/plain", text }] });
const asks = (name, request, requestState) => inputRequired({ inputRequests: { [name]: request }, requestState });

/** What was cancelled, and who waits to hear of it. */
const cancelled = [];
const waiting = [];

function asking() {
  const server = new McpServer({ name: "asking", version: "2.0.0" }, { capabilities: { logging: {} } });
  const sum = z.object({ result: z.number() });
  const numbers = z.object({ a: z.number(), b: z.number() });
  server.registerTool(
    "add",
    { title: "Add", description: "Adds", inputSchema: numbers, outputSchema: sum },
    ({ a, b }, { mcpReq }) => ({
      ...said(String(a + b)),
      structuredContent: { result: a + b },
      _meta: { heard: mcpReq._meta },
    }),
  );
  server.registerTool("work", { description: "Tells how it goes" }, async ({ mcpReq }) => {
    for (const progress of [1, 2]) {
      const params = { progressToken: mcpReq._meta?.progressToken, progress, total: 2 };
      if (params.progressToken !== undefined) await mcpReq.notify({ method: "notifications/progress", params });
    }
    await mcpReq.log("info", "half way");
    return said("done");
  });
  server.registerTool("decide", { description: "Asks a person" }, ({ mcpReq }) => {
    const sure = inputResponse(mcpReq.inputResponses, "sure");
    if (sure.kind !== "missing") return said(`${sure.action} ${String(sure.content?.yes)} ${mcpReq.requestState()}`);
    const requestedSchema = { type: "object", properties: { yes: { type: "boolean" } } };
    return asks("sure", inputRequired.elicit({ message: "Sure?", requestedSchema }), "state 1");
  });
  server.registerTool("visit", { description: "Sends a person to a page" }, ({ mcpReq }) => {
    const visited = inputResponse(mcpReq.inputResponses, "visited");
    if (visited.kind !== "missing") return said(visited.action);
    return asks("visited", inputRequired.elicitUrl({ message: "Look", url: "https://www.example.com/look" }));
  });
  server.registerTool("think", { description: "Asks a model" }, ({ mcpReq }) => {
    const thought = inputResponse(mcpReq.inputResponses, "thought");
    if (thought.kind !== "missing") return said(thought.result.model);
    return asks("thought", inputRequired.createMessage({ messages: [], maxTokens: 5 }));
  });
  server.registerTool("look", { description: "Asks for roots" }, ({ mcpReq }) => {
    const looked = inputResponse(mcpReq.inputResponses, "looked");
    return looked.kind === "missing" ? asks("looked", inputRequired.listRoots()) : said(String(looked.roots.length));
  });
  server.registerTool("wait", { description: "Waits until nobody wants to know" }, async ({ mcpReq }) => {
    await mcpReq.log("info", "waiting");
    await new Promise((resolve) => mcpReq.signal.addEventListener("abort", resolve));
    cancelled.push(mcpReq.id);
    for (const tell of waiting) tell();
    return said("never heard");
  });
  server.registerTool("cancelled", { description: "Tells how many calls were cancelled, when one was" }, async () => {
    if (cancelled.length === 0) await new Promise((resolve) => waiting.push(resolve));
    return said(String(cancelled.length));
  });
  server.registerPrompt("greet", { argsSchema: z.object({ name: z.string() }) }, ({ name }, { mcpReq }) => {
    const tone = acceptedContent(mcpReq.inputResponses, "tone");
    const requestedSchema = { type: "object", properties: { polite: { type: "boolean" } } };
    if (!tone) return asks("tone", inputRequired.elicit({ message: "Politely?", requestedSchema }));
    return { messages: [{ role: "user", content: { type: "text", text: `Hello, ${name}: ${tone.polite}` } }] };
  });
  server.registerResource("note", "note://one", { mimeType: "text/plain" }, (uri) => contents(uri, "first"));
  const template = new ResourceTemplate("note://{name}/text", { list: undefined });
  server.registerResource("notes", template, {}, (uri, { name }) => contents(uri, String(name)));
  return server;
}

const handler = createMcpHandler(asking);

listen((request) => handler.fetch(request));
