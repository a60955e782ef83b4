import type { ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { defineTool, ToolError, type ClientRequest, type Tool } from "../../../server/tool";

/** One red pixel. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
/** No samples at all. */
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

function contentTool(name: string, content: ContentBlock[]): Tool {
  return defineTool({
    name,
    description: `Answers for the scenario of ${name}`,
    input: z.object({}),
    handler: () => content,
  });
}

const CAPITAL_QUESTION: ClientRequest = {
  name: "capital_question",
  method: "sampling/createMessage",
  params: {
    messages: [{ role: "user", content: { type: "text", text: "What is the capital of France?" } }],
    maxTokens: 100,
  },
};

const ROOTS: ClientRequest = { name: "client_roots", method: "roots/list", params: {} };

const DEFAULTS = z.object({
  name: z.string().default("John Doe"),
  age: z.int().default(30),
  score: z.number().default(95.5),
  status: z.enum(["active", "inactive", "pending"]).default("active"),
  verified: z.boolean().default(true),
});

const OPTIONS = ["option1", "option2", "option3"];
const TITLED = ["First", "Second", "Third"].map((title, index) => ({ const: `value${index + 1}`, title }));

/** The five ways of MCP 2025-11-25 to write a choice, the last of which no zod schema gives. */
const ENUMS: ClientRequest = {
  name: "enums",
  method: "elicitation/create",
  params: {
    message: "Please choose",
    requestedSchema: {
      type: "object",
      properties: {
        untitledSingle: { type: "string", enum: OPTIONS },
        titledSingle: { type: "string", oneOf: TITLED },
        legacyEnum: { type: "string", enum: ["opt1", "opt2"], enumNames: ["Option One", "Option Two"] },
        untitledMulti: { type: "array", items: { type: "string", enum: OPTIONS } },
        titledMulti: { type: "array", items: { anyOf: TITLED } },
      },
    },
  },
};

function said(answer: unknown): ContentBlock[] {
  return [{ type: "text", text: `state-ok: ${JSON.stringify(answer)}` }];
}

/** Asks its questions one after the other. */
function elicitingTool(name: string, ...questions: [name: string, message: string, answer: z.ZodObject][]): Tool {
  return defineTool({
    name,
    description: `Asks for the scenario of ${name}`,
    input: z.object({}),
    async handler(_args, { elicit }) {
      const answers: unknown[] = [];
      for (const [question, message, answer] of questions) {
        answers.push(await elicit({ name: question, message, answer }));
      }
      return said(answers);
    },
  });
}

function askingTool(name: string, request: ClientRequest, input = z.object({})): Tool {
  return defineTool({
    name,
    description: `Asks for the scenario of ${name}`,
    input,
    handler: async (_args, { ask }) => said(await ask(request)),
  });
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** The tools that the MCP conformance suite calls, as its scenarios describe them. */
export const CONFORMANCE_TOOLS: Tool[] = [
  contentTool("test_simple_text", [{ type: "text", text: "This is a simple text response for testing." }]),
  contentTool("test_image_content", [{ type: "image", data: PNG, mimeType: "image/png" }]),
  contentTool("test_audio_content", [{ type: "audio", data: WAV, mimeType: "audio/wav" }]),
  contentTool("test_embedded_resource", [
    {
      type: "resource",
      resource: {
        uri: "test://embedded-resource",
        mimeType: "text/plain",
        text: "This is an embedded resource content.",
      },
    },
  ]),
  contentTool("test_multiple_content_types", [
    { type: "text", text: "Multiple content types test:" },
    { type: "image", data: PNG, mimeType: "image/png" },
    {
      type: "resource",
      resource: {
        uri: "test://mixed-content-resource",
        mimeType: "application/json",
        text: '{"test":"data","value":123}',
      },
    },
  ]),
  defineTool({
    name: "test_error_handling",
    description: "Always fails",
    input: z.object({}),
    handler() {
      throw new ToolError("This tool intentionally returns an error for testing");
    },
  }),
  defineTool({
    name: "test_tool_with_progress",
    description: "Reports progress three times",
    input: z.object({}),
    output: z.string(),
    async handler(_args, { reportProgress }) {
      for (const progress of [0, 50, 100]) {
        await reportProgress({ progress, total: 100 });
        await pause();
      }
      return "done";
    },
  }),
  contentTool("test_logging_tool", [{ type: "text", text: "Nothing is logged to the client." }]),
  elicitingTool("test_streaming_elicitation", ["user_name", "What is your name?", z.object({ name: z.string() })]),
  askingTool("test_missing_capability", CAPITAL_QUESTION),
  defineTool({
    name: "test_elicitation",
    description: "Asks for a user name and an address",
    input: z.object({ message: z.string() }),
    async handler({ message }, { elicit }) {
      const answer = z.object({ username: z.string(), email: z.string() });
      return said(await elicit({ name: "user", message, answer }));
    },
  }),
  elicitingTool("test_elicitation_sep1034_defaults", ["defaults", "Please check", DEFAULTS]),
  askingTool("test_elicitation_sep1330_enums", ENUMS),
  askingTool("test_sampling", CAPITAL_QUESTION, z.object({ prompt: z.string() })),
  elicitingTool("test_input_required_result_elicitation", [
    "user_name",
    "What is your name?",
    z.object({ name: z.string() }),
  ]),
  askingTool("test_input_required_result_sampling", CAPITAL_QUESTION),
  askingTool("test_input_required_result_list_roots", ROOTS),
  elicitingTool("test_input_required_result_request_state", [
    "confirm",
    "Please confirm",
    z.object({ ok: z.boolean() }),
  ]),
  elicitingTool("test_input_required_result_tampered_state", [
    "confirm",
    "Please confirm",
    z.object({ ok: z.boolean() }),
  ]),
  elicitingTool(
    "test_input_required_result_multi_round",
    ["step1", "Step 1: What is your name?", z.object({ name: z.string() })],
    ["step2", "Step 2: What is your favorite color?", z.object({ color: z.string() })],
  ),
  defineTool({
    name: "test_input_required_result_multiple_inputs",
    description: "Asks a person, a model and the client at once",
    input: z.object({}),
    async handler(_args, { ask, elicit }) {
      const answer = z.object({ name: z.string() });
      const name = elicit({ name: "user_name", message: "What is your name?", answer });
      return said(await Promise.all([name, ask(CAPITAL_QUESTION), ask(ROOTS)]));
    },
  }),
  defineTool({
    name: "test_input_required_result_capabilities",
    description: "Asks a person or, where none can be asked, a model",
    input: z.object({}),
    async handler(_args, { ask, elicit }) {
      const answer = z.object({ name: z.string() });
      const name = await elicit({ name: "user_name", message: "What is your name?", answer }).catch(() => undefined);
      return said(name ?? (await ask(CAPITAL_QUESTION)));
    },
  }),
  defineTool({
    name: "test_custom_header",
    description: "Takes an argument that a header repeats",
    input: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
    output: z.string(),
    handler: ({ region }) => region,
  }),
];
