// The tools, prompts and resources that the MCP conformance suite asks for, on the official SDK: an MCP server without sessions at HOST and PORT.
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

/** One red pixel, and no samples at all. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

const text = (words) => ({ type: "text", text: words });
const image = { type: "image", data: PNG, mimeType: "image/png" };
const resource = (uri, mimeType, words) => ({ type: "resource", resource: { uri, mimeType, text: words } });
const answer = (...content) => ({ content });

const RESULTS = {
  test_simple_text: () => answer(text("This is a simple text response for testing.")),
  test_image_content: () => answer(image),
  test_audio_content: () => answer({ type: "audio", data: WAV, mimeType: "audio/wav" }),
  test_embedded_resource: () =>
    answer(resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")),
  test_multiple_content_types: () =>
    answer(
      text("Multiple content types test:"),
      image,
      resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ),
  test_error_handling: () => ({
    ...answer(text("This tool intentionally returns an error for testing")),
    isError: true,
  }),
  async test_tool_with_logging({ sendNotification }) {
    for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await sendNotification({ method: "notifications/message", params: { level: "info", data } });
    }
    return answer(text("done"));
  },
  async test_tool_with_progress({ sendNotification, _meta }) {
    for (const progress of [0, 50, 100]) {
      await sendNotification({
        method: "notifications/progress",
        params: { progressToken: _meta?.progressToken, progress, total: 100 },
      });
    }
    return answer(text("done"));
  },
  json_schema_2020_12_tool: () => answer(text("done")),
};

/** As the scenario json-schema-2020-12 describes it. */
const SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};

const TOOLS = Object.keys(RESULTS).map((name) => ({
  name,
  description: `Answers for the scenario of ${name}`,
  inputSchema: name === "json_schema_2020_12_tool" ? SCHEMA : { type: "object", properties: {} },
}));

const says = (...content) => ({ messages: content.map((each) => ({ role: "user", content: each })) });

const PROMPTS = {
  test_simple_prompt: [[], () => says(text("This is a simple prompt for testing."))],
  test_prompt_with_arguments: [
    ["arg1", "arg2"],
    ({ arg1, arg2 }) => says(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  ],
  test_prompt_with_embedded_resource: [
    ["resourceUri"],
    ({ resourceUri }) =>
      says(resource(resourceUri, "text/plain", "Embedded resource content for testing."), text("Use it.")),
  ],
  test_prompt_with_image: [[], () => says(image, text("Please analyze the image above."))],
};

const CONTENTS = {
  "test://static-text": { mimeType: "text/plain", text: "This is the content of the static text resource." },
  "test://static-binary": { mimeType: "image/png", blob: PNG },
};

function readResource(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const templated = id && { mimeType: "application/json", text: JSON.stringify({ id, templateTest: true }) };
  const contents = CONTENTS[uri] ?? templated;
  if (!contents) throw new McpError(-32002, `No resource ${uri}`);
  return { contents: [{ uri, ...contents }] };
}

/** The SDK wants a server and a transport of its own for every request where there are no sessions. */
async function handle(request, response) {
  const capabilities = { tools: {}, prompts: {}, resources: {}, logging: {} };
  const server = new Server({ name: "conformance", version: "1.0.0" }, { capabilities });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => RESULTS[params.name](extra));
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: Object.entries(PROMPTS).map(([name, [names]]) => ({
      name,
      description: `Speaks for the scenario of ${name}`,
      arguments: names.map((argument) => ({ name: argument, required: true })),
    })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => PROMPTS[params.name][1](params.arguments ?? {}));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: Object.entries(CONTENTS).map(([uri, { mimeType }]) => ({ uri, name: uri.slice(7), mimeType })),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: "test://template/{id}/data", name: "template", mimeType: "application/json" }],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => readResource(params.uri));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

createServer((request, response) => void handle(request, response)).listen(Number(process.env.PORT), process.env.HOST);
process.once("SIGTERM", () => process.exit(0));
