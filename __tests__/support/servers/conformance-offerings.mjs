// The tools, prompts and resources that the MCP conformance suite asks for, and what they answer.

/** One red pixel, and no samples at all. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

export const text = (words) => ({ type: "text", text: words });
const image = { type: "image", data: PNG, mimeType: "image/png" };
const resource = (uri, mimeType, words) => ({ type: "resource", resource: { uri, mimeType, text: words } });
export const answer = (...content) => ({ content });

/** What tools answer, who may tell of notifications, of logs, and of progress by its token. */
export const RESULTS = {
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
  async test_tool_with_logging({ log }) {
    for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) await log(data);
    return answer(text("done"));
  },
  async test_logging_tool({ log }) {
    await log("Called");
    return answer(text("done"));
  },
  async test_tool_with_progress({ notify, progressToken }) {
    for (const progress of [0, 50, 100]) {
      await notify({ method: "notifications/progress", params: { progressToken, progress, total: 100 } });
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

export const TOOLS = Object.keys(RESULTS).map((name) => ({
  name,
  description: `Answers for the scenario of ${name}`,
  inputSchema: name === "json_schema_2020_12_tool" ? SCHEMA : { type: "object", properties: {} },
}));

export const says = (...content) => ({ messages: content.map((each) => ({ role: "user", content: each })) });

const SAID = {
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

/** @returns undefined where there is none */
export function contentsOf(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const templated = id && { mimeType: "application/json", text: JSON.stringify({ id, templateTest: true }) };
  const contents = CONTENTS[uri] ?? templated;
  return contents && [{ uri, ...contents }];
}

export const PROMPTS = Object.entries(SAID).map(([name, [names]]) => ({
  name,
  description: `Speaks for the scenario of ${name}`,
  arguments: names.map((argument) => ({ name: argument, required: true })),
}));

export const messagesOf = ({ name, arguments: given = {} }) => SAID[name][1](given);

export const RESOURCES = Object.entries(CONTENTS).map(([uri, { mimeType }]) => ({ uri, name: uri.slice(7), mimeType }));

export const TEMPLATES = [{ uriTemplate: "test://template/{id}/data", name: "template", mimeType: "application/json" }];
