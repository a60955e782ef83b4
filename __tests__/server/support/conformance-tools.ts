import type { ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { defineTool, ToolError, type Tool } from "../../../server/tool";

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
];
